//! Signing in, signing out and the current session.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Empty, NoPath, RateKey, RateLimit, endpoint};

endpoint! {
    /// *Published.* Checks email and password and sets the session cookie `sid`.
    ///
    /// 401 if email or password are wrong; 429 after too many failures, with `Retry-After` in seconds.
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
    /// *Published.* Returns the token that later calls send in the header [`CSRF_HEADER`].
    ///
    /// 403 if the email is not the one of the signed-in user.
    IssueCsrfToken: Post "/api/v1/tokens/csrf", Published, SignedIn,
    path: NoPath, query: Empty, body: CsrfTokenRequest, reply: CsrfToken,
}

endpoint! {
    /// Returns the signed-in user and partner, or `null` without a session: that is a normal reply, not an error.
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
/// Optional request header with an id of the request; the reply has the same header (published).
pub const REQUEST_ID_HEADER: &str = "x-req-id";
/// Optional request header with the trace that the request belongs to: W3C Trace Context, `00-{trace}-{parent}-{flags}` in
/// hexadecimal digits. The server starts a new trace if the header is missing.
pub const TRACE_HEADER: &str = "traceparent";
/// Request header with the idempotency key, 1 to 255 ASCII characters. A repeated request with the same key and body has
/// one effect and gets the same reply.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// Body of [`SignIn`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Credentials {
    /// Login: the partner's email.
    pub email: String,
    /// Password, as typed.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    // The password must not get into logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Body of [`IssueCsrfToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CsrfTokenRequest {
    /// Email of the signed-in user.
    pub email: String,
}

/// Reply of [`IssueCsrfToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CsrfToken {
    /// Opaque token for the header [`CSRF_HEADER`]; valid as long as the session.
    pub token: String,
}

/// Reply of [`GetSession`]: the signed-in user and the partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Session {
    /// The user.
    pub user: SessionUser,
    /// The user's partner.
    pub partner: SessionPartner,
    /// Token for the header [`CSRF_HEADER`]; saves a call of [`IssueCsrfToken`]. An API may leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf_token: Option<String>,
}

/// A signed-in user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SessionUser {
    /// Email, which is the login.
    pub email: String,
    /// Full name, if known.
    #[serde(default)]
    pub name: Option<String>,
    /// Phone number in E.164, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Role; a missing role means [`Role::Owner`], because the published API has no roles.
    #[serde(default)]
    pub role: Role,
}

/// Role of a user within the partner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Can do everything.
    #[default]
    Owner,
    /// Can see and export everything, and change nothing. An unknown role is read as this one.
    #[serde(other)]
    Viewer,
}

impl Role {
    /// Name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Viewer => "viewer",
        }
    }

    /// The role with this name; [`Role::Viewer`] for an unknown name.
    pub fn parse(name: &str) -> Self {
        if name == Self::Owner.as_str() { Self::Owner } else { Self::Viewer }
    }
}

/// The partner of a signed-in user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SessionPartner {
    /// PID of the partner's project.
    pub pid: String,
    /// Name of the partner's company, if known.
    #[serde(default)]
    pub title: Option<String>,
}
