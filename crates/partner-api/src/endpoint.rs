//! What an endpoint is: method, route, parameters, body and reply in one type that both sides use.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, de::DeserializeOwned};

/// HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or does something that is not a plain replacement.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The method's name in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the method changes nothing on the server.
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// Which error bodies an endpoint answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// `{"error": "…"}`, as the published calls do.
    Published,
    /// RFC 9457 `application/problem+json`, see [`crate::Problem`].
    Problem,
}

/// One call of the partner API.
///
/// The server mounts the type, the account calls it: moving a path or a field moves both sides or does not compile.
pub trait Endpoint {
    /// What the call does, in the words of the type's own documentation.
    const DOCS: &'static str;
    /// Method of the request.
    const METHOD: Method;
    /// Path template; names in braces are filled from [`Endpoint::Path`].
    const ROUTE: &'static str;
    /// Body of errors.
    const ERRORS: ErrorStyle;
    /// Values for the names in the route.
    type Path: PathParams;
    /// Query string; `()` for none.
    type Query: Serialize + DeserializeOwned;
    /// JSON body; `()` for none.
    type Body: Serialize + DeserializeOwned;
    /// JSON reply of a success.
    type Reply: Serialize + DeserializeOwned;

    /// Reads a reply. Lists override it, so that one undecodable element never empties the list.
    ///
    /// # Errors
    /// The text is not JSON of the reply's shape.
    fn decode(text: &str) -> serde_json::Result<Self::Reply> {
        serde_json::from_str(text)
    }

    /// Path and query of a request, for example `/api/v1/partners/mcs1/clients/?limit=500`.
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

/// Values for the names in a route.
pub trait PathParams: DeserializeOwned {
    /// Name in the route and value, unescaped.
    fn pairs(&self) -> Vec<(&'static str, &str)>;
}

/// The route has no parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct NoPath {}

impl PathParams for NoPath {
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }
}

/// `{pid}`: the partner, or any project that is named alone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ProjectPath {
    /// PID of the partner's project.
    pub pid: String,
}

impl PathParams for ProjectPath {
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid)]
    }
}

/// `{pid}` and `{client_pid}`: a client of a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientPath {
    /// PID of the partner's project.
    pub pid: String,
    /// PID of the client's project.
    pub client_pid: String,
}

impl PathParams for ClientPath {
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid), ("client_pid", &self.client_pid)]
    }
}

/// `{pid}` and `{id}`: an invitation of a partner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationPath {
    /// PID of the partner's project.
    pub pid: String,
    /// Id of the invitation, 32 hexadecimal digits.
    pub id: String,
}

impl PathParams for InvitationPath {
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        vec![("pid", &self.pid), ("id", &self.id)]
    }
}

/// No query string, no body, or a reply whose body means nothing (`{}`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Empty {}

/// Everything but RFC 3986's unreserved characters.
const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn fill(route: &str, pairs: &[(&'static str, &str)]) -> String {
    pairs.iter().fold(route.to_owned(), |route, (name, value)| {
        let value = utf8_percent_encode(value, PATH_SEGMENT).to_string();
        route.replace(&format!("{{{name}}}"), &value)
    })
}

/// Declares an [`Endpoint`]: its type, method, route, error style and the four associated types.
macro_rules! endpoint {
    ($(#[doc = $doc:literal])* $name:ident: $method:ident $route:literal, $errors:ident,
     path: $path:ty, query: $query:ty, body: $body:ty, reply: $reply:ty $(, decode: $decode:path)? $(,)?) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::endpoint::Endpoint for $name {
            const DOCS: &'static str = concat!($($doc, "\n"),*);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const ROUTE: &'static str = $route;
            const ERRORS: $crate::endpoint::ErrorStyle = $crate::endpoint::ErrorStyle::$errors;
            type Path = $path;
            type Query = $query;
            type Body = $body;
            type Reply = $reply;
            $(fn decode(text: &str) -> serde_json::Result<Self::Reply> {
                $decode(text)
            })?
        }
    };
}
pub(crate) use endpoint;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{ClientsQuery, ListClients};

    #[test]
    fn a_url_is_filled_and_escaped() {
        let path = ProjectPath { pid: "a/б c".into() };
        let query = ClientsQuery { limit: Some(5), marker: Some("x&y".into()), include: None };
        assert_eq!(ListClients::url(&path, &query), "/api/v1/partners/a%2F%D0%B1%20c/clients/?limit=5&marker=x%26y");
        assert_eq!(
            ListClients::url(&ProjectPath { pid: "mcs1".into() }, &ClientsQuery::default()),
            "/api/v1/partners/mcs1/clients/"
        );
    }
}
