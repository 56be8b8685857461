//! Emails in the reader's language. `jobs::emails` takes them from the outbox and delivers them.
//!
//! To add an email: add a `Kind` to `store::outbox`, a module here that composes it, and an arm in `jobs::emails`.

pub(crate) mod contact;
pub(crate) mod invitation;
pub(crate) mod mailer;
mod message;
pub(crate) mod smtp;
