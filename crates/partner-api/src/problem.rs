//! Error bodies: RFC 9457 problem details for the calls of this project, and the simpler body of the published calls.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// Media type of [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Error body of the calls that this project added to the published API: RFC 9457 problem details. Programs must decide
/// by `code`, because the texts can change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Problem {
    /// URI that identifies the kind of problem; `about:blank` if the HTTP status says enough.
    #[serde(default = "about_blank", rename = "type", deserialize_with = "kind")]
    pub kind: String,
    /// Short name of the HTTP status, for example `Not Found`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub title: String,
    /// HTTP status of the reply.
    #[serde(default, deserialize_with = "status")]
    pub status: u16,
    /// Explanation of the error for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable code in snake case; see [`code`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub code: String,
    /// Id of the failed request. The server's log has the same id.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub request_id: String,
    /// Id of the trace that the request belongs to, see [`crate::auth::TRACE_HEADER`].
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "String::is_empty")]
    pub trace_id: String,
    /// Fields that are invalid. Only problems with the code `invalid` list fields.
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

/// An invalid field of the request body, or an invalid query parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct FieldProblem {
    /// JSON pointer to the invalid field, for example `/email`.
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
    /// Explanation of the error for people, in English.
    pub error: String,
}

/// Values of [`Problem::code`] that the app distinguishes, and values of [`FieldProblem::code`].
pub mod code {
    /// 422: the body has an unexpected shape, or a field or query parameter is invalid. In the second case,
    /// [`super::Problem::errors`] lists the invalid fields.
    pub const INVALID: &str = "invalid";
    /// 401: the caller is not signed in, or the session has expired.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// 401 of [`crate::SignIn`]: the email or the password is wrong.
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// 429: too many requests; `Retry-After` has the seconds to wait.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// 403: a cross-site request, or a missing or wrong CSRF token.
    pub const FORBIDDEN: &str = "forbidden";
    /// 403: the user's role is [`crate::auth::Role::Viewer`], which can change nothing.
    pub const READ_ONLY: &str = "read_only";
    /// 404: the object does not exist or belongs to another partner. Callers cannot tell the two cases apart.
    pub const NOT_FOUND: &str = "not_found";
    /// 409: the caller used the same idempotency key for a different request before.
    pub const IDEMPOTENCY_CONFLICT: &str = "idempotency_conflict";
    /// 400: the call needs an idempotency key.
    pub const IDEMPOTENCY_KEY_MISSING: &str = "idempotency_key_missing";
    /// 507: the server cannot store anything at the moment, for example because its disk is full; nothing was changed.
    pub const NOT_WRITABLE: &str = "not_writable";
    /// 500: an unexpected error in the server. The server's log has the reason.
    pub const INTERNAL: &str = "internal";
    /// At `/email`: the address belongs to a client of this partner.
    pub const ALREADY_CLIENT: &str = "already_client";
    /// At `/email`: this partner has already invited the address.
    pub const ALREADY_INVITED: &str = "already_invited";
}
