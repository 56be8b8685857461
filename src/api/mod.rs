//! Requests to the API. No other module sends them: it takes a call of an endpoint and gives its reply or an [`ApiError`].

mod client;
mod early;
mod error;
pub mod retry;

pub use self::{
    client::{Call, File, Reply, RequestContext},
    error::{ApiError, ErrorKind},
};
