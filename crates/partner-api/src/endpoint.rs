//! The definition of an endpoint: method, route, parameters, body, reply and rules in one type that the app and the
//! server share.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, de::DeserializeOwned};

pub use crate::path::{ClientPath, InvitationPath, NoPath, PartnerPath, PathParams, ProjectPath};

/// HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads data.
    Get,
    /// Creates data, or runs an operation.
    Post,
    /// Replaces data.
    Put,
    /// Removes data.
    Delete,
}

impl Method {
    /// Name of the method in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the method only reads.
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// Shape of the error bodies of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// `{"error": "…"}`, the shape of the published calls: [`crate::problem::PublishedError`].
    Published,
    /// RFC 9457 `application/problem+json`: [`crate::Problem`].
    Problem,
}

/// Callers that an endpoint accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone. The server ignores a session.
    Anyone,
    /// Everyone. If the caller is signed in, calls that change data need the CSRF token.
    Visitor,
    /// Signed-in users. The CSRF token is not needed, because callers use this access to get the token.
    SignedIn,
    /// Signed-in users of every role. Calls that change data need the CSRF token.
    AnyRole,
    /// Signed-in users who act for their own partner. Calls that change data need the CSRF token and a role other than
    /// [`crate::auth::Role::Viewer`].
    Actor,
}

/// Reply of an endpoint to an accepted request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// 200 with [`Endpoint::Reply`] as JSON.
    Ok,
    /// 201 with [`Endpoint::Reply`] as JSON.
    Created,
    /// 204 without a body.
    NoContent,
    /// 200 with a file to save, in one of these media types.
    File(&'static [&'static str]),
}

impl Success {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Ok | Self::File(_) => 200,
            Self::Created => 201,
            Self::NoContent => 204,
        }
    }
}

/// The requests that a [`RateLimit`] counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateKey {
    /// Failed sign-ins with one login from one IP address.
    Account,
    /// Requests from one IP address; an IPv6 network of 64 bits counts as one address.
    Address,
    /// Requests that name one email address.
    Email,
    /// Requests from one network: 24 bits of IPv4, 64 bits of IPv6.
    Network,
}

/// A limit on how often callers can use an endpoint. Above the limit, the server returns 429 with `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The requests that this limit counts together.
    pub per: RateKey,
    /// Largest number of requests that the server accepts in a window. For sign-ins and invitation links, only failures
    /// count.
    pub max: u32,
    /// Length of the sliding window in seconds.
    pub window_secs: u32,
}

impl RateLimit {
    /// Returns the rate limit that an endpoint declares for a key.
    ///
    /// # Panics
    /// Panics if the endpoint declares no limit for the key. In a constant, the panic is a compile-time error.
    pub const fn of<E: Endpoint>(per: RateKey) -> Self {
        let mut index = 0;
        while index < E::RATE_LIMITS.len() {
            if E::RATE_LIMITS[index].per as u8 == per as u8 {
                return E::RATE_LIMITS[index];
            }
            index += 1;
        }
        panic!("the endpoint has no such rate limit")
    }
}

/// Default for the largest request body of an endpoint, in bytes.
pub const MAX_BODY: usize = 256 * 1024;

/// One call of the partner API.
///
/// The server mounts the type and the app calls the same type, so a changed path, field or constant applies to both.
pub trait Endpoint {
    /// Description of the call, taken from the docstring of the type.
    const DOCS: &'static str;
    /// HTTP method of the call.
    const METHOD: Method;
    /// Path template. Names in braces are filled from [`Endpoint::Path`].
    const ROUTE: &'static str;
    /// Format of error bodies.
    const ERRORS: ErrorStyle;
    /// Callers that the server accepts.
    const ACCESS: Access;
    /// Whether the request must have the header [`crate::auth::IDEMPOTENCY_HEADER`].
    const NEEDS_IDEMPOTENCY_KEY: bool = false;
    /// HTTP status and kind of the reply to an accepted request.
    const SUCCESS: Success = Success::Ok;
    /// Whether a successful reply has the header `Set-Cookie`.
    const SETS_COOKIE: bool = false;
    /// Largest request body in bytes. The server returns 413 for a larger body.
    const MAX_BODY: usize = MAX_BODY;
    /// Largest number of elements in a request or on one page of a reply.
    const MAX_ITEMS: u32 = u32::MAX;
    /// Limits on how often callers can use the endpoint.
    const RATE_LIMITS: &'static [RateLimit] = &[];
    /// HTTP statuses of errors that do not follow from the access, the types and the other constants of the endpoint.
    /// The OpenAPI document lists them, too.
    const OTHER_REFUSALS: &'static [u16] = &[];
    /// Values for the names in the route.
    type Path: PathParams;
    /// Query string; [`Empty`] for none.
    type Query: Serialize + DeserializeOwned;
    /// JSON body; [`Empty`] for none.
    type Body: Serialize + DeserializeOwned;
    /// JSON reply to an accepted request; [`Empty`] for `{}`, for a file and for no body.
    type Reply: Serialize + DeserializeOwned;

    /// Parses a reply. [`crate::ListClients`] and [`crate::ListInvitations`] override this method, so that one
    /// unreadable element does not make the whole list fail.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON of the expected shape.
    fn decode(text: &str) -> serde_json::Result<Self::Reply> {
        serde_json::from_str(text)
    }

    /// Path and query string of a request, for example `/api/v1/partners/mcs1/clients/?limit=500`.
    fn url(path: &Self::Path, query: &Self::Query) -> String {
        let mut url = fill(Self::ROUTE, &path.pairs());
        if let Ok(query) = serde_urlencoded::to_string(query)
            && !query.is_empty()
        {
            url.push('?');
            url.push_str(&query);
        }
        url
    }
}

/// Stands for a missing query string, a missing body or an empty reply. `{}` in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Empty {}

/// Characters that are escaped in a path: all except the unreserved characters of RFC 3986.
const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn fill(route: &str, pairs: &[(&'static str, &str)]) -> String {
    pairs.iter().fold(route.to_owned(), |route, (name, value)| {
        let value = utf8_percent_encode(value, PATH_SEGMENT).to_string();
        route.replace(&format!("{{{name}}}"), &value)
    })
}

/// The constants of an [`Endpoint`] as a value, for code that iterates over all endpoints.
#[derive(Clone, Copy, Debug)]
pub struct EndpointInfo {
    /// Full Rust path of the type that implements [`Endpoint`].
    pub type_name: &'static str,
    /// [`Endpoint::DOCS`].
    pub docs: &'static str,
    /// [`Endpoint::METHOD`].
    pub method: Method,
    /// [`Endpoint::ROUTE`].
    pub route: &'static str,
    /// [`Endpoint::ERRORS`].
    pub errors: ErrorStyle,
    /// [`Endpoint::ACCESS`].
    pub access: Access,
    /// [`Endpoint::NEEDS_IDEMPOTENCY_KEY`].
    pub needs_idempotency_key: bool,
    /// [`Endpoint::SUCCESS`].
    pub success: Success,
    /// [`Endpoint::SETS_COOKIE`].
    pub sets_cookie: bool,
    /// [`Endpoint::RATE_LIMITS`].
    pub rate_limits: &'static [RateLimit],
    /// [`Endpoint::OTHER_REFUSALS`].
    pub other_refusals: &'static [u16],
    /// Whether the route names a partner, see [`PathParams::PARTNER`].
    pub names_partner: bool,
}

impl EndpointInfo {
    /// Collects the constants of an endpoint.
    pub fn of<E: Endpoint>() -> Self {
        Self {
            type_name: std::any::type_name::<E>(),
            docs: E::DOCS,
            method: E::METHOD,
            route: E::ROUTE,
            errors: E::ERRORS,
            access: E::ACCESS,
            needs_idempotency_key: E::NEEDS_IDEMPOTENCY_KEY,
            success: E::SUCCESS,
            sets_cookie: E::SETS_COOKIE,
            rate_limits: E::RATE_LIMITS,
            other_refusals: E::OTHER_REFUSALS,
            names_partner: E::Path::PARTNER.is_some(),
        }
    }
}

/// Causes a compile-time error if the constants of an endpoint contradict each other.
pub(crate) const fn check<E: Endpoint>() {
    let is_below_partner = starts_with(E::ROUTE, "/api/v1/partners/");
    assert!(is_below_partner == E::Path::PARTNER.is_some(), "the route and its path type disagree about the partner");
    assert!(!is_below_partner || matches!(E::ACCESS, Access::Actor), "a route of a partner is for its own users only");
    assert!(!E::NEEDS_IDEMPOTENCY_KEY || !E::METHOD.is_safe(), "a call that changes nothing needs no idempotency key");
}

const fn starts_with(text: &str, prefix: &str) -> bool {
    let (text, prefix) = (text.as_bytes(), prefix.as_bytes());
    let mut index = 0;
    while index < prefix.len() {
        if index == text.len() || text[index] != prefix[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Declares an [`Endpoint`]: its type, method, route, error style, access, the four associated types and the constants
/// that differ from their defaults.
macro_rules! endpoint {
    ($(#[doc = $doc:literal])* $name:ident: $method:ident $route:literal, $errors:ident, $access:ident,
     path: $path:ty, query: $query:ty, body: $body:ty, reply: $reply:ty
     $(, decode: $decode:path)?
     $(, idempotency_key: $key:literal)?
     $(, success: $success:expr)?
     $(, sets_cookie: $cookie:literal)?
     $(, max_items: $items:expr)?
     $(, rate_limits: $limits:expr)?
     $(, other_refusals: $refusals:expr)?
     $(,)?) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::endpoint::Endpoint for $name {
            const DOCS: &'static str = concat!($($doc, "\n"),*);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const ROUTE: &'static str = $route;
            const ERRORS: $crate::endpoint::ErrorStyle = $crate::endpoint::ErrorStyle::$errors;
            const ACCESS: $crate::endpoint::Access = $crate::endpoint::Access::$access;
            $(const NEEDS_IDEMPOTENCY_KEY: bool = $key;)?
            $(const SUCCESS: $crate::endpoint::Success = $success;)?
            $(const SETS_COOKIE: bool = $cookie;)?
            $(const MAX_ITEMS: u32 = $items;)?
            $(const RATE_LIMITS: &'static [$crate::endpoint::RateLimit] = $limits;)?
            $(const OTHER_REFUSALS: &'static [u16] = $refusals;)?
            type Path = $path;
            type Query = $query;
            type Body = $body;
            type Reply = $reply;
            $(fn decode(text: &str) -> serde_json::Result<Self::Reply> {
                $decode(text)
            })?
        }

        const _: () = $crate::endpoint::check::<$name>();
    };
}
pub(crate) use endpoint;
