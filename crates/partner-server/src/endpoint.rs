//! Mounts the endpoint types of `partner-api`. Method, route, parameters, body, reply, access and the size limit of the
//! body come from the type.

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
use partner_api::{
    Endpoint, Method,
    endpoint::{EndpointInfo, PathParams, Success},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    auth::{Guard, RequestFacts, csrf},
    error::{Error, Result},
    request::{CallTime, CallerIp, RequestId},
    state::App,
};

/// Time limit of a call. The server returns 503 for a call that takes longer.
const TIME_LIMIT: Duration = Duration::from_secs(15);

pub(crate) struct Call<E: Endpoint> {
    pub(crate) path: E::Path,
    pub(crate) query: E::Query,
    pub(crate) body: E::Body,
    pub(crate) headers: HeaderMap,
}

/// JSON reply to an accepted request.
pub(crate) struct Answer<E> {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    headers: HeaderMap,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Answer<E> {
    pub(crate) fn new(reply: &E::Reply) -> Result<Self> {
        Ok(Self::raw(success_status::<E>(), serde_json::to_string(reply)?))
    }

    /// Returns the elements of a list as a bare array, because the lists of the published calls have no surrounding
    /// object.
    pub(crate) fn bare(elements: &[impl Serialize]) -> Result<Self> {
        Ok(Self::raw(success_status::<E>(), serde_json::to_string(elements)?))
    }

    /// Returns the stored reply to an earlier request with the same idempotency key.
    pub(crate) fn replayed(status: StatusCode, body: String) -> Self {
        let mut answer = Self::raw(status, body);
        answer.headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
        answer
    }

    /// Adds the header `Set-Cookie`, if there is a cookie to set.
    pub(crate) fn with_cookie(mut self, cookie: Option<HeaderValue>) -> Self {
        const { assert!(E::SETS_COOKIE, "the endpoint does not declare a cookie") };
        self.headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        self
    }

    fn raw(status: StatusCode, body: String) -> Self {
        Self { status, body, headers: HeaderMap::new(), endpoint: PhantomData }
    }
}

fn success_status<E: Endpoint>() -> StatusCode {
    StatusCode::from_u16(E::SUCCESS.status()).unwrap_or_default()
}

/// A type that a handler can return for an accepted request.
pub(crate) trait Reply<E: Endpoint> {
    /// Whether the constants of the endpoint declare this kind of reply. If not, the route does not compile.
    const IS_DECLARED: bool;

    fn into_response(self) -> Response;
}

impl<E: Endpoint> Reply<E> for Answer<E> {
    const IS_DECLARED: bool = matches!(E::SUCCESS, Success::Ok | Success::Created);

    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// Reply with a file that the browser saves instead of showing it.
pub(crate) struct File {
    pub(crate) content_type: &'static str,
    /// Value of the header `Content-Disposition`, which contains the file name.
    pub(crate) disposition: HeaderValue,
    pub(crate) bytes: Vec<u8>,
}

impl<E: Endpoint> Reply<E> for File {
    const IS_DECLARED: bool = matches!(E::SUCCESS, Success::File(_));

    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.bytes));
        *response.status_mut() = success_status::<E>();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        response.headers_mut().insert(header::CONTENT_DISPOSITION, self.disposition);
        response
    }
}

pub(crate) struct NoContent;

impl<E: Endpoint> Reply<E> for NoContent {
    const IS_DECLARED: bool = matches!(E::SUCCESS, Success::NoContent);

    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = success_status::<E>();
        response
    }
}

/// A router, and the list of the endpoints that are mounted in the router.
#[derive(Default)]
pub(crate) struct Routes {
    pub(crate) router: Router<App>,
    pub(crate) mounted: Vec<EndpointInfo>,
}

impl Routes {
    /// Mounts a handler at the endpoint that the handler's signature names.
    ///
    /// The call does not compile if the guard or the reply in the signature contradicts the constants of the endpoint.
    pub(crate) fn serve<E, G, H, F, R>(mut self, handler: H) -> Self
    where
        E: Endpoint<Path: Send, Query: Send, Body: Send> + 'static,
        G: Guard,
        H: Fn(App, G, Call<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R>> + Send,
        R: Reply<E>,
    {
        const {
            assert!(G::ACCESS as u8 == E::ACCESS as u8, "the handler's guard differs from the endpoint's access");
            assert!(R::IS_DECLARED, "the handler's reply differs from the endpoint's success");
        }
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
            let answer = match tokio::time::timeout(TIME_LIMIT, call).await {
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
        self.mounted.push(EndpointInfo::of::<E>());
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
        return Err(Error::Forbidden("Cross-site requests are not allowed"));
    }
    let path = Path::<E::Path>::from_request_parts(&mut parts, &()).await;
    let Path(path) = path.map_err(|_| Error::NotFound)?;
    let partner_pid = E::Path::PARTNER.map(|partner| partner(&path));
    let facts = RequestFacts { method: E::METHOD, headers: &parts.headers, ip, request_id: &id.id, partner_pid };
    let caller = G::admit(&app, &facts).await?;
    let query = parts.uri.query().unwrap_or_default();
    let query = serde_urlencoded::from_str(query).map_err(|_| Error::Malformed("The query string is not valid"))?;
    let body = read_body(&parts, body, E::MAX_BODY).await?;
    handler(app, caller, Call { path, query, body, headers: parts.headers }).await
}

async fn read_body<B: DeserializeOwned>(parts: &Parts, body: Body, max: usize) -> Result<B> {
    let bytes = to_bytes(body, max).await.map_err(|_| Error::TooLarge)?;
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
    // Reject a JSON array, because serde would accept an array with the values of the fields in order.
    if bytes.trim_ascii_start().starts_with(b"{") { Ok(body) } else { Err(Error::Shape) }
}
