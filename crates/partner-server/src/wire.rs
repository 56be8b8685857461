//! Mounts endpoint types of `partner-api`: method and route come from the type, so do parameters, body and reply.

use std::{
    any::type_name,
    marker::PhantomData,
    net::IpAddr,
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{FromRequestParts, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::Response,
    routing::{MethodFilter, on},
};
use futures_util::FutureExt;
use partner_api::{Endpoint, Method, endpoint::PathParams};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    auth::{Guard, Seen, csrf},
    error::{Error, Result},
    request::{CallTime, CallerIp, RequestId},
    state::App,
};

/// Most bytes of a body.
pub(crate) const MAX_BODY: usize = 256 * 1024;
/// A call that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(15);

/// A decoded request.
pub(crate) struct Call<E: Endpoint> {
    pub(crate) path: E::Path,
    pub(crate) query: E::Query,
    pub(crate) body: E::Body,
    pub(crate) headers: HeaderMap,
}

/// An encoded reply of success.
pub(crate) struct Answer<E> {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    headers: HeaderMap,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Answer<E> {
    /// 200 with the reply.
    pub(crate) fn ok(reply: &E::Reply) -> Result<Self> {
        Ok(Self::raw(StatusCode::OK, serde_json::to_string(reply)?))
    }

    /// 201 with the reply.
    pub(crate) fn created(reply: &E::Reply) -> Result<Self> {
        Ok(Self::raw(StatusCode::CREATED, serde_json::to_string(reply)?))
    }

    /// 200 with the elements of a list as a bare array, the published form.
    pub(crate) fn bare(elements: &[impl Serialize]) -> Result<Self> {
        Ok(Self::raw(StatusCode::OK, serde_json::to_string(elements)?))
    }

    /// What was answered before.
    pub(crate) fn replayed(status: StatusCode, body: String) -> Self {
        let mut answer = Self::raw(status, body);
        answer.headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
        answer
    }

    /// With a `Set-Cookie`.
    pub(crate) fn with_cookie(mut self, cookie: Option<HeaderValue>) -> Self {
        self.headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        self
    }

    fn raw(status: StatusCode, body: String) -> Self {
        Self { status, body, headers: HeaderMap::new(), endpoint: PhantomData }
    }
}

/// What a handler gives where it succeeds.
pub(crate) trait Reply {
    fn into_response(self) -> Response;
}

impl<E> Reply for Answer<E> {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// A file to save, in place of an encoded reply.
pub(crate) struct File {
    pub(crate) content_type: &'static str,
    /// Value of `Content-Disposition`: with the name.
    pub(crate) disposition: HeaderValue,
    pub(crate) bytes: Vec<u8>,
}

impl Reply for File {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.bytes));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        response.headers_mut().insert(header::CONTENT_DISPOSITION, self.disposition);
        response
    }
}

/// 204, in place of an encoded reply.
pub(crate) struct Nothing;

impl Reply for Nothing {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        response
    }
}

/// A router that knows what it serves.
#[derive(Default)]
pub(crate) struct Routes {
    pub(crate) router: Router<App>,
    pub(crate) mounted: Vec<(Method, &'static str)>,
}

impl Routes {
    /// Mounts an endpoint: which one, and whom it serves, stand in the handler's signature.
    pub(crate) fn serve<E, G, H, F, R>(mut self, handler: H) -> Self
    where
        E: Endpoint<Path: Send, Query: Send, Body: Send> + 'static,
        G: Guard,
        H: Fn(App, G, Call<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R>> + Send,
        R: Reply,
    {
        let method = match E::METHOD {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Put => MethodFilter::PUT,
            Method::Delete => MethodFilter::DELETE,
        };
        let respond = move |State(app): State<App>, request: Request| async move {
            let request_id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
            let ip = request.extensions().get::<CallerIp>().map_or(IpAddr::from([0; 4]), |ip| ip.0);
            let call = AssertUnwindSafe(answer(app, handler, request, &request_id, ip)).catch_unwind();
            let started = Instant::now();
            let answer = match tokio::time::timeout(PATIENCE, call).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(_)) => Err(Error::Internal(anyhow::anyhow!("{} panicked", type_name::<E>()))),
                Err(_) => Err(Error::Unavailable),
            };
            let mut response =
                answer.map_or_else(|error| error.into_response(E::ERRORS, &request_id), R::into_response);
            response.extensions_mut().insert(CallTime(started.elapsed()));
            response
        };
        self.router = self.router.route(E::ROUTE, on(method, respond));
        self.mounted.push((E::METHOD, E::ROUTE));
        self
    }
}

async fn answer<E, G, H, F, R>(app: App, handler: H, request: Request, id: &RequestId, ip: IpAddr) -> Result<R>
where
    E: Endpoint<Path: Send, Query: Send, Body: Send> + 'static,
    G: Guard,
    H: Fn(App, G, Call<E>) -> F + Send + Sync,
    F: Future<Output = Result<R>> + Send,
{
    let (mut parts, body) = request.into_parts();
    if !E::METHOD.is_safe() && !csrf::is_same_origin(&parts.headers, &app.settings.public_url) {
        tracing::warn!(event = "malicious_csrf", "cross-site request");
        return Err(Error::Forbidden("Only the account's own pages may do this"));
    }
    let path = Path::<E::Path>::from_request_parts(&mut parts, &()).await;
    let Path(path) = path.map_err(|_| Error::NotFound)?;
    let partner_pid = E::ROUTE.starts_with("/api/v1/partners/{pid}").then(|| pid_of(&path)).flatten();
    let seen = Seen { method: E::METHOD, headers: &parts.headers, ip, request_id: &id.id, partner_pid };
    let caller = G::admit(&app, &seen).await?;
    let query = parts.uri.query().unwrap_or_default();
    let query = serde_urlencoded::from_str(query).map_err(|_| Error::Malformed("The query string is not valid"))?;
    let body = read_body(&parts, body).await?;
    handler(app, caller, Call { path, query, body, headers: parts.headers }).await
}

fn pid_of(path: &impl PathParams) -> Option<&str> {
    path.pairs().into_iter().find(|(name, _)| *name == "pid").map(|(_, value)| value)
}

async fn read_body<B: DeserializeOwned>(parts: &Parts, body: Body) -> Result<B> {
    let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| Error::TooLarge)?;
    if bytes.is_empty() {
        return serde_json::from_str("{}").map_err(|_| Error::Shape);
    }
    let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Error::UnsupportedMediaType);
    }
    let body = serde_json::from_slice(&bytes).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Error::Shape,
        _ => Error::Malformed("The body is not JSON"),
    })?;
    // Every body is an object; Serde would take a list as well, for the fields in their order.
    if bytes.trim_ascii_start().starts_with(b"{") { Ok(body) } else { Err(Error::Shape) }
}
