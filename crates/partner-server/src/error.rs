//! The errors that API calls can return, and their conversion to HTTP replies.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use partner_api::{
    FieldProblem, Problem, endpoint::ErrorStyle, problem::PROBLEM_JSON, problem::PublishedError, problem::code,
};

use crate::{request::RequestId, store::Failure};

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The route or the object does not exist, or the object belongs to another partner. All cases have the same error,
    /// so that callers cannot find out which ids exist.
    #[error("Not found")]
    NotFound,
    #[error("Method not allowed")]
    MethodNotAllowed,
    #[error("You are not signed in, or your session has expired")]
    Unauthenticated,
    #[error("Wrong email or password")]
    WrongCredentials,
    #[error("Too many attempts; try again later")]
    TooManyRequests { retry_after_secs: i64 },
    #[error("{0}")]
    Forbidden(&'static str),
    #[error("Your role is read-only")]
    ReadOnly,
    #[error("{0}")]
    Malformed(&'static str),
    #[error("The body does not match the schema of this call")]
    Shape,
    #[error("Some fields are not valid")]
    Invalid(Vec<FieldProblem>),
    #[error("The body must be application/json")]
    UnsupportedMediaType,
    #[error("The body is too large")]
    TooLarge,
    #[error("The header Idempotency-Key is missing")]
    IdempotencyKeyMissing,
    #[error("The Idempotency-Key was used for a different request")]
    IdempotencyConflict,
    #[error("{0}")]
    Conflict(&'static str),
    #[error("The server is overloaded; try again later")]
    Unavailable,
    /// The database cannot be written. The error of the database has already been logged.
    #[error("The server cannot store data at the moment; nothing was changed")]
    NotWritable,
    /// The cause is logged and never returned to the caller.
    #[error("Internal server error")]
    Internal(#[source] anyhow::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match Failure::of(&error) {
            Failure::Busy => Self::Unavailable,
            Failure::ReadOnly => {
                tracing::error!(event = "database_not_writable", %error, "cannot write to the database; check for a full disk");
                Self::NotWritable
            }
            Failure::Text => Self::Malformed("A text contains a character that cannot be stored"),
            Failure::Other => Self::Internal(error.into()),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<serde_json::Error> for Error {
    /// Converts an error with the server's own JSON. Do not use this conversion for reading a caller's JSON: such
    /// errors are `Malformed` or `Shape`.
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    pub(crate) fn field(pointer: &str, code: &str) -> Self {
        Self::Invalid(vec![FieldProblem { pointer: pointer.into(), code: code.into() }])
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthenticated | Self::WrongCredentials => StatusCode::UNAUTHORIZED,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Forbidden(_) | Self::ReadOnly => StatusCode::FORBIDDEN,
            Self::Malformed(_) | Self::IdempotencyKeyMissing => StatusCode::BAD_REQUEST,
            Self::Shape | Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::IdempotencyConflict | Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotWritable => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => code::NOT_FOUND,
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Unauthenticated => code::UNAUTHENTICATED,
            Self::WrongCredentials => code::WRONG_CREDENTIALS,
            Self::TooManyRequests { .. } => code::TOO_MANY_REQUESTS,
            Self::Forbidden(_) => code::FORBIDDEN,
            Self::ReadOnly => code::READ_ONLY,
            Self::Malformed(_) => "malformed",
            Self::Shape | Self::Invalid(_) => code::INVALID,
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooLarge => "too_large",
            Self::IdempotencyKeyMissing => code::IDEMPOTENCY_KEY_MISSING,
            Self::IdempotencyConflict => code::IDEMPOTENCY_CONFLICT,
            Self::Conflict(_) => "conflict",
            Self::Unavailable => "unavailable",
            Self::NotWritable => code::NOT_WRITABLE,
            Self::Internal(_) => code::INTERNAL,
        }
    }

    pub(crate) fn into_response(self, style: ErrorStyle, id: &RequestId) -> Response<Body> {
        if let Self::Internal(error) = &self {
            tracing::error!(error = format!("{error:#}"), "internal error");
        }
        let (status, media_type, body) = match style {
            ErrorStyle::Published => self.published(),
            ErrorStyle::Problem => (self.status(), PROBLEM_JSON, self.problem(id)),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        let retry_after = match self {
            Self::TooManyRequests { retry_after_secs } => Some(retry_after_secs),
            Self::Unavailable => Some(1),
            _ => None,
        };
        if let Some(secs) = retry_after {
            headers.insert(header::RETRY_AFTER, secs.into());
        }
        response
    }

    /// Returns status, media type and body in the published style. Invalid input has status 400 instead of 422, and the
    /// body has a single text, because the published description says so.
    fn published(&self) -> (StatusCode, &'static str, Vec<u8>) {
        let (status, error) = match self {
            Self::Invalid(problems) => {
                let texts = problems.iter().map(|it| format!("{}: {}", it.pointer.trim_start_matches('/'), it.code));
                (StatusCode::BAD_REQUEST, texts.collect::<Vec<_>>().join(", "))
            }
            Self::Shape => (StatusCode::BAD_REQUEST, self.to_string()),
            error => (error.status(), error.to_string()),
        };
        (status, "application/json", serde_json::to_vec(&PublishedError { error }).unwrap_or_default())
    }

    fn problem(&self, id: &RequestId) -> Vec<u8> {
        let status = self.status();
        let problem = Problem {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or_default().into(),
            status: status.as_u16(),
            detail: Some(self.to_string()),
            code: self.code().into(),
            request_id: id.id.clone(),
            trace_id: id.trace.clone(),
            errors: if let Self::Invalid(problems) = self { problems.clone() } else { Vec::new() },
        };
        serde_json::to_vec(&problem).unwrap_or_default()
    }
}
