//! Signing in, signing out and the current session.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Empty, NoPath, RateKey, RateLimit, endpoint};

endpoint! {
    /// *Published.* Checks email and password and sets the session cookie `sid`.
    ///
    /// 401 if the email or the password is wrong; 429 with `Retry-After` in seconds after too many failed sign-ins.
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
    /// *Published.* Returns the CSRF token of the session. Calls that change data must send the token in the header
    /// [`CSRF_HEADER`].
    ///
    /// 403 if the email does not belong to the signed-in user.
    IssueCsrfToken: Post "/api/v1/tokens/csrf", Published, SignedIn,
    path: NoPath, query: Empty, body: CsrfTokenRequest, reply: CsrfToken,
}

endpoint! {
    /// Returns the signed-in user and the user's partner. Returns `null` with status 200 if nobody is signed in.
    GetSession: Get "/api/v1/auth/session", Problem, Visitor,
    path: NoPath, query: Empty, body: Empty, reply: Option<Session>,
}

endpoint! {
    /// Ends the session on the server and deletes the session cookie.
    SignOut: Post "/api/v1/auth/signout", Problem, AnyRole,
    path: NoPath, query: Empty, body: Empty, reply: Empty,
    sets_cookie: true,
}

/// Request header with the token of [`IssueCsrfToken`] (published).
pub const CSRF_HEADER: &str = "x-csrf-token";
/// Optional request header with an id that the caller chooses; the reply repeats the header (published).
pub const REQUEST_ID_HEADER: &str = "x-req-id";
/// Optional request header with the trace that the request belongs to: W3C Trace Context, `00-{trace}-{parent}-{flags}`
/// in hexadecimal digits. The server starts a new trace if the header is missing or not valid.
pub const TRACE_HEADER: &str = "traceparent";
/// Request header with the idempotency key, 1 to 255 ASCII characters. If the caller repeats a request with the same
/// key and body, the server performs it only once and returns the same reply again.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// Body of [`SignIn`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Credentials {
    /// Email address of the user, which is the login.
    pub email: String,
    /// Password of the user, exactly as typed.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    // Omit the password, because it must not get into logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Body of [`IssueCsrfToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CsrfTokenRequest {
    /// Email address of the signed-in user; the server rejects any other address.
    pub email: String,
}

/// Reply of [`IssueCsrfToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CsrfToken {
    /// Opaque token for the header [`CSRF_HEADER`]. The token is valid until the session ends.
    pub token: String,
}

/// Reply of [`GetSession`]: the signed-in user and the partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Session {
    /// The signed-in user.
    pub user: SessionUser,
    /// The partner company to which the signed-in user belongs.
    pub partner: SessionPartner,
    /// Token for the header [`CSRF_HEADER`], so that the app need not call [`IssueCsrfToken`]. A server may omit the
    /// token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf_token: Option<String>,
}

/// A signed-in user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SessionUser {
    /// Email address, which is the login.
    pub email: String,
    /// Full name, if known.
    #[serde(default)]
    pub name: Option<String>,
    /// Phone number in E.164 format, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Role of the user. A missing role means [`Role::Owner`], because the published API has no roles.
    #[serde(default)]
    pub role: Role,
}

/// Role of a user within the partner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Can view and change everything.
    #[default]
    Owner,
    /// Can view and export everything, but change nothing. The app also treats an unknown role as `viewer`.
    #[serde(other)]
    Viewer,
}

impl Role {
    /// Name of the role in JSON.
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
    /// Id (PID) of the partner's project in the cloud: `mcs` and digits.
    pub pid: String,
    /// Name of the partner's company, if known.
    #[serde(default)]
    pub title: Option<String>,
}
