//! The reasons why calls fail. `i18n/errors.rs` has their texts.

use partner_api::FieldProblem;

/// A failed call, with the data that support needs to find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    pub kind: ErrorKind,
    /// Id of the request in the server's log. If the reply has no id, this is the trace id that the app sent, if any.
    pub request_id: Option<String>,
}

/// The reason why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request did not reach the server, or the connection broke.
    Network,
    /// The server did not reply within the time limit, or the app aborted the call.
    Timeout,
    /// HTTP 401: the user is not signed in. For a sign-in call: the email or the password is wrong.
    SignedOut,
    /// HTTP 403: the server refuses the call, for example because the CSRF token is not valid.
    Forbidden,
    /// HTTP 404: the object does not exist, or the API does not have this call.
    NotFound,
    /// HTTP 409: the change conflicts with another change.
    Conflict,
    /// HTTP 400 or 422. Contains the problems of single fields if the server reported them.
    Invalid(Vec<FieldProblem>),
    /// HTTP 429. Contains the seconds to wait if the server sent them.
    TooMany(Option<u32>),
    /// HTTP 5xx or any status that no other kind covers. Contains the status.
    Server(u16),
    /// The reply does not have the endpoint's format, for example because a proxy sent an HTML page.
    Unreadable,
    /// A lazy chunk could not be downloaded: the connection failed, or the server has a newer version of the app.
    LazyChunk,
}

impl ErrorKind {
    /// Whether it is unknown if the failed call has changed data on the server.
    pub const fn is_unknown_outcome(&self) -> bool {
        matches!(self, Self::Network | Self::Timeout | Self::Server(502..=504) | Self::Unreadable)
    }
}

impl From<ErrorKind> for ApiError {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, request_id: None }
    }
}
