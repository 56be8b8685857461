//! What each endpoint does. A handler is named like its endpoint, and reads: parse → rules → store → answer.

pub(crate) mod acceptance;
pub(crate) mod auth;
pub(crate) mod billing;
pub(crate) mod bulk;
pub(crate) mod clients;
pub(crate) mod contact;
pub(crate) mod invitations;
pub(crate) mod ledger;
pub(crate) mod vitals;
