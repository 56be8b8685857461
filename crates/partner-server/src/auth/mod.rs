//! Who calls, and whether it is really they: passwords, sessions, CSRF and the limit on guessing.

pub(crate) mod csrf;
mod guard;
pub(crate) mod limit;
pub mod password;
pub(crate) mod session;

pub(crate) use guard::{Actor, Anyone, Guard, Leaving, Seen, SignedIn};
