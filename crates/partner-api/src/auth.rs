//! Signing in and out, and who is signed in.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Empty, NoPath, RateKey, RateLimit, endpoint};

endpoint! {
    /// *Published.* Checks email and password and sets the session cookie.
    ///
    /// 401 wrong email or password, 429 too many tries (with `Retry-After` in seconds).
    SignIn: Post "/api/v1/auth/signin", Published, Anyone,
    path: NoPath, query: Empty, body: Credentials, reply: Empty,
    sets_cookie: true,
    rate_limits: &[
        RateLimit { per: RateKey::Account, max: 5, window_secs: 60 },
        RateLimit { per: RateKey::Address, max: 20, window_secs: 60 },
    ],
    other_refusals: &[401],
}

endpoint! {
    /// *Published.* Gives the token that every later call sends as [`CSRF_HEADER`].
    IssueCsrfToken: Post "/api/v1/tokens/csrf", Published, SignedIn,
    path: NoPath, query: Empty, body: CsrfTokenRequest, reply: CsrfToken,
}

endpoint! {
    /// Tells who is signed in; `null` where nobody is. It is a question like any other: not knowing is no error.
    GetSession: Get "/api/v1/auth/session", Problem, Visitor,
    path: NoPath, query: Empty, body: Empty, reply: Option<Session>,
}

endpoint! {
    /// Ends the session on the server.
    SignOut: Post "/api/v1/auth/signout", Problem, AnyRole,
    path: NoPath, query: Empty, body: Empty, reply: Empty,
    sets_cookie: true,
}

/// Request header with the token of [`IssueCsrfToken`] (published).
pub const CSRF_HEADER: &str = "x-csrf-token";
/// Optional request header that names the request; echoed in the reply (published).
pub const REQUEST_ID_HEADER: &str = "x-req-id";
/// Header that names what a request is a part of, from the browser on: W3C Trace Context, `00-{trace}-{parent}-{flags}`
/// in hexadecimal digits. A server that is not told one makes one.
pub const TRACE_HEADER: &str = "traceparent";
/// Request header that makes a repeated request have one effect.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// What a partner signs in with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Credentials {
    /// Login: the partner's email.
    pub email: String,
    /// Password, as typed.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    // The password stays out of every log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

/// For whom the token is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CsrfTokenRequest {
    /// Email of the signed-in user.
    pub email: String,
}

/// Token to send as [`CSRF_HEADER`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CsrfToken {
    /// Opaque.
    pub token: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Session {
    /// The person.
    pub user: SessionUser,
    /// The partner for whom the person acts.
    pub partner: SessionPartner,
    /// Token to send as [`CSRF_HEADER`]; spares a call of [`IssueCsrfToken`]. Missing: call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf_token: Option<String>,
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SessionUser {
    /// Login.
    pub email: String,
    /// Full name, where known.
    #[serde(default)]
    pub name: Option<String>,
    /// Telephone in E.164, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What the person may do; an API without roles says nothing, and means [`Role::Owner`].
    #[serde(default)]
    pub role: Role,
}

/// What a person may do for the partner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    #[default]
    Owner,
    /// Look at everything and export it, change nothing. A role that is not known here is taken for this one.
    #[serde(other)]
    Viewer,
}

impl Role {
    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Viewer => "viewer",
        }
    }

    /// The role of a name, which is this one's where it is not known.
    pub fn parse(name: &str) -> Self {
        if name == Self::Owner.as_str() { Self::Owner } else { Self::Viewer }
    }
}

/// The partner for whom the person acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SessionPartner {
    /// PID of the partner's project.
    pub pid: String,
    /// Name of the partner's company, where known.
    #[serde(default)]
    pub title: Option<String>,
}
