//! Requests to the API. No other module sends them: it takes a call of an endpoint and gives its reply or an [`ApiError`].

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
