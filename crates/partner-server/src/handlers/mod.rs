//! The handlers: one function per endpoint, named after the endpoint. A handler gets the decoded request, usually
//! checks `rules` and calls `store`, and returns the reply.

pub(crate) mod acceptance;
pub(crate) mod auth;
pub(crate) mod billing;
pub(crate) mod bulk;
pub(crate) mod clients;
pub(crate) mod contact;
pub(crate) mod export;
pub(crate) mod invitations;
pub(crate) mod ledger;
pub(crate) mod metrics;
pub(crate) mod vitals;
