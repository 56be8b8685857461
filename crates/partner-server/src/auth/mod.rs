//! Authentication: passwords, sessions, guards, protection against CSRF and rate limits.

pub(crate) mod csrf;
mod guard;
pub(crate) mod limit;
pub mod password;
pub(crate) mod session;

pub(crate) use guard::{Actor, AnyRole, Anyone, Guard, RequestFacts, SignedIn, Visitor};
