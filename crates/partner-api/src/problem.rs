//! Error bodies: RFC 9457 problem details of our calls, and the body of the published calls.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// Media type of [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Error body of our calls: RFC 9457 problem details with a stable code, problems of fields and the request id. Clients
/// decide by `code`, because texts can change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Problem {
    /// URI of the kind of problem; `about:blank` if the status is enough.
    #[serde(default = "about_blank", rename = "type", deserialize_with = "kind")]
    pub kind: String,
    /// Text of the HTTP status.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub title: String,
    /// HTTP status.
    #[serde(default, deserialize_with = "status")]
    pub status: u16,
    /// Text about this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable code in snake case; see [`code`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub code: String,
    /// Id of the request in the server's log.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub request_id: String,
    /// Id of the trace that the request belongs to, see [`crate::auth::TRACE_HEADER`].
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "String::is_empty")]
    pub trace_id: String,
    /// Problems of single fields, with the code `invalid`.
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

fn kind<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Option::deserialize(deserializer).map(|kind| kind.unwrap_or_else(about_blank))
}

fn status<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    Ok(lenient::whole(deserializer)?.unwrap_or_default())
}

fn about_blank() -> String {
    "about:blank".to_owned()
}

/// Problem of one field of a body, or of one query parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct FieldProblem {
    /// JSON pointer to the field, for example `/email`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pointer: String,
    /// Stable code in snake case: [`crate::form::FieldError::code`], or a code of the server such as `already_client`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub code: String,
}

/// Error body of the published calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PublishedError {
    /// Text of the error.
    pub error: String,
}

/// Values of [`Problem::code`] that the app distinguishes, and codes of fields.
pub mod code {
    /// 422: the body has another shape, or `errors` names fields.
    pub const INVALID: &str = "invalid";
    /// 401: the caller is not signed in, or the session has expired.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// 401 of [`crate::SignIn`].
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// 429: too many requests; `Retry-After` has the seconds to wait.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// 403: a cross-site request, or a missing or wrong CSRF token.
    pub const FORBIDDEN: &str = "forbidden";
    /// 403: the user's role is [`crate::auth::Role::Viewer`], which can change nothing.
    pub const READ_ONLY: &str = "read_only";
    /// 404: unknown, or the data of another partner.
    pub const NOT_FOUND: &str = "not_found";
    /// 409: the idempotency key was used for another request.
    pub const IDEMPOTENCY_CONFLICT: &str = "idempotency_conflict";
    /// 400: the call needs an idempotency key.
    pub const IDEMPOTENCY_KEY_MISSING: &str = "idempotency_key_missing";
    /// 507: the server cannot store anything at the moment, for example because its disk is full; nothing was changed.
    pub const NOT_WRITABLE: &str = "not_writable";
    /// 500: the server's log has the reason.
    pub const INTERNAL: &str = "internal";
    /// At `/email`: a client of this partner has the address.
    pub const ALREADY_CLIENT: &str = "already_client";
    /// At `/email`: a pending invitation of this partner has the address.
    pub const ALREADY_INVITED: &str = "already_invited";
}
