//! Requests to the API. Only this module sends requests: other modules pass it a [`Call`] and get a [`Reply`] or an
//! [`ApiError`].

mod client;
mod early;
mod error;
mod reply;
pub mod retry;

pub use self::{
    client::{Call, RequestContext},
    error::{ApiError, ErrorKind},
    reply::{File, Reply},
};
