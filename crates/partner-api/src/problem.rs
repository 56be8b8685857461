//! Errors of the new calls: RFC 9457 problem details with a stable code, per-field problems and the request id.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// Media type of [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a call was refused. The account decides by `code`, never by text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Identifies the kind; `about:blank` where the status says it all.
    #[serde(default = "about_blank", rename = "type", deserialize_with = "kind")]
    pub kind: String,
    /// Short text of the kind.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub title: String,
    /// HTTP status.
    #[serde(default, deserialize_with = "status")]
    pub status: u16,
    /// What is wrong with this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable code in snake case; see [`code`].
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub code: String,
    /// Names the request in the server's log.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub request_id: String,
    /// Names in every log what the request is a part of; see [`crate::auth::TRACE_HEADER`].
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "String::is_empty")]
    pub trace_id: String,
    /// Problems of single fields.
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

/// What is wrong with one field of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct FieldProblem {
    /// JSON pointer to the field, for example `/email`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pointer: String,
    /// Stable code in snake case: [`crate::form::FieldError::code`], or the server's own, as `already_client`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub code: String,
}

/// Error body of the published calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PublishedError {
    /// Text.
    pub error: String,
}

/// Codes of [`Problem::code`] that the account tells apart.
pub mod code {
    /// 422: see the field problems.
    pub const INVALID: &str = "invalid";
    /// 401: nobody is signed in, or no longer.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// 401 at sign-in.
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// 429: see `Retry-After`.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// 403: a cross-site request, or a missing or wrong CSRF token.
    pub const FORBIDDEN: &str = "forbidden";
    /// 403: the user's role lets it look and not change.
    pub const READ_ONLY: &str = "read_only";
    /// 404.
    pub const NOT_FOUND: &str = "not_found";
    /// 409: the key was used for another request, or its request is under way.
    pub const IDEMPOTENCY_CONFLICT: &str = "idempotency_conflict";
    /// 400: a call that needs an idempotency key came without.
    pub const IDEMPOTENCY_KEY_MISSING: &str = "idempotency_key_missing";
    /// 507: nothing can be stored at the moment, and nothing was changed; reading works.
    pub const NOT_WRITABLE: &str = "not_writable";
    /// 500.
    pub const INTERNAL: &str = "internal";
    /// At `/email`: the address belongs to a client of this partner.
    pub const ALREADY_CLIENT: &str = "already_client";
    /// At `/email`: a pending invitation of this partner went to the address.
    pub const ALREADY_INVITED: &str = "already_invited";
}
