//! The server's replies, decoded into values or errors.

use partner_api::{Endpoint, Problem};
use web_sys::Blob;

use super::error::{ApiError, ErrorKind};

/// A reply with its body.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) text: String,
    pub(super) file: Option<File>,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<u32>,
}

/// A downloaded file.
#[derive(Clone, Debug)]
pub struct File {
    /// Value of `Content-Disposition`, if the server sent it.
    pub disposition: Option<String>,
    pub content: Blob,
}

impl Reply {
    /// Returns the downloaded file, if the call was made with `Call::for_file`.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Unreadable`] if the reply has no file.
    pub fn into_file(self) -> Result<File, ApiError> {
        self.file.ok_or(ApiError { kind: ErrorKind::Unreadable, request_id: self.request_id })
    }

    /// Decodes the reply of an endpoint.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Unreadable`] if the body does not have the endpoint's format.
    pub fn decode<E: Endpoint>(self) -> Result<E::Reply, ApiError> {
        // Accept an empty body only if the type of the reply has no fields, and read that body as `{}`.
        let is_empty = size_of::<E::Reply>() == 0 && self.text.trim().is_empty();
        let text = if is_empty { "{}" } else { &self.text };
        E::decode(text).map_err(|_| ApiError { kind: ErrorKind::Unreadable, request_id: self.request_id })
    }

    /// Accepts the reply only if its body is JSON. A 2xx with any other body came from a proxy.
    ///
    /// # Errors
    /// Returns [`ErrorKind::Unreadable`] if the body is not JSON.
    pub fn require_json(self) -> Result<Self, ApiError> {
        if is_json(&self.text) {
            Ok(self)
        } else {
            Err(ApiError { kind: ErrorKind::Unreadable, request_id: self.request_id })
        }
    }

    pub(super) fn into_error(self) -> ApiError {
        let problem = serde_json::from_str::<Problem>(&self.text).ok().filter(|problem| !problem.code.is_empty());
        let errors = problem.map(|problem| problem.errors).unwrap_or_default();
        let kind = match self.status {
            401 => ErrorKind::SignedOut,
            403 => ErrorKind::Forbidden,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            400 | 422 => ErrorKind::Invalid(errors),
            429 => ErrorKind::TooMany(self.retry_after),
            // Our server sends its errors as JSON, so any other body came from a proxy.
            status if status < 500 && errors.is_empty() && !is_json(&self.text) => ErrorKind::Unreadable,
            status => ErrorKind::Server(status),
        };
        ApiError { kind, request_id: self.request_id }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
