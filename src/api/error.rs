//! Why a call failed. The texts for it are in `i18n/errors.rs`.

use partner_api::FieldProblem;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The reason.
    pub kind: ErrorKind,
    /// Id of the request in the server's log: from the reply, else the trace id that was sent.
    pub request_id: Option<String>,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request did not reach the server, or the connection broke.
    Network,
    /// No reply within the time limit.
    Timeout,
    /// 401: the user is not signed in. For a sign-in call: the email or the password is wrong.
    SignedOut,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 409.
    Conflict,
    /// 400 or 422, with the problems of single fields if the server named them.
    Invalid(Vec<FieldProblem>),
    /// 429, with the seconds to wait if the server named them.
    TooMany(Option<u32>),
    /// 5xx or any other status.
    Server(u16),
    /// The reply is not what the endpoint replies, for example an HTML page of a proxy.
    Unreadable,
    /// A lazy chunk could not be downloaded: no connection, or the server has a newer version.
    LazyChunk,
}

impl ErrorKind {
    /// Whether a call that changes something may have had its effect although it failed.
    pub const fn is_unknown_outcome(&self) -> bool {
        matches!(self, Self::Network | Self::Timeout | Self::Server(502..=504) | Self::Unreadable)
    }
}

impl From<ErrorKind> for ApiError {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, request_id: None }
    }
}
