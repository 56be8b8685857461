//! Fault injection for tests. The layer imitates failures of networks, proxies and servers.
//!
//! A test sends rules to `/partner-faults`, or names the fault for a single request in the header `x-partner-fault`.
//! Faults apply to requests instead of connections, because browsers reuse connections.

use std::{
    convert::Infallible,
    panic,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::Response,
};
use futures_util::stream;
use partner_api::problem::PROBLEM_JSON;
use serde::{Deserialize, Serialize};

/// Path for controlling the faults. `PUT` replaces all rules with a JSON array of [`Rule`]; both `PUT` and `GET` return
/// the rules and how often each was applied.
const CONTROL: &str = "/partner-faults";
/// Request header that names the fault for this request, as the JSON of a [`Fault`].
const HEADER: &str = "x-partner-fault";
/// Maximum size in bytes of a body that this layer reads or generates.
const MAX_BODY: usize = 64 * 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Fault {
    /// Delays the request before the handler runs.
    Latency { millis: u64 },
    /// Closes the connection before the handler runs.
    DropBefore,
    /// Closes the connection after the handler has run, without a reply.
    DropAfter,
    /// Replies 429 with `Retry-After`; the handler does not run.
    TooMany { secs: u32 },
    /// Replies 500 with a problem document; the handler does not run.
    Internal,
    /// Replaces the reply with 502 and an HTML page, like a proxy.
    Html,
    /// Sends half of the reply and closes the connection.
    Truncate,
    /// Sends half of the reply as if it were complete: the content length is that of the half.
    Cut,
    /// Sends the reply in at most twenty pieces, with a delay before each.
    Drip { millis: u64 },
    /// Sends the unchanged reply with the content type of HTML.
    WrongType,
    /// Sends an empty body.
    Empty,
    /// Sends a body that is not JSON.
    Garbage,
    /// Sends a body of this size that is not JSON. The size is limited to [`MAX_BODY`].
    Huge { bytes: usize },
}

/// A fault and the requests to which it applies.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Rule {
    /// HTTP method of the requests to which the rule applies; `None` for all methods.
    #[serde(default)]
    method: Option<String>,
    /// The rule applies to all paths that contain this text.
    path: String,
    #[serde(flatten)]
    fault: Fault,
    /// Number of requests to which the rule applies; `None` for all requests. A browser may repeat a request by itself
    /// if the connection closes, so one request of the app can count twice.
    #[serde(default)]
    times: Option<u32>,
    /// How often the fault has been applied.
    #[serde(default)]
    applied: u32,
}

type Rules = Arc<Mutex<Vec<Rule>>>;

/// Adds fault injection as the outermost layer of the router.
pub fn around(router: Router) -> Router {
    router.layer(middleware::from_fn_with_state(Rules::default(), apply))
}

async fn apply(State(rules): State<Rules>, mut request: Request, next: Next) -> Response {
    if request.uri().path() == CONTROL {
        return control(&rules, request).await;
    }
    let Some(fault) = choose(&rules, &request) else { return next.run(request).await };
    match fault {
        Fault::Latency { millis } => tokio::time::sleep(Duration::from_millis(millis)).await,
        Fault::DropBefore => drop_connection(),
        Fault::TooMany { secs } => {
            let mut reply = problem(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
            reply.headers_mut().insert(header::RETRY_AFTER, secs.into());
            return reply;
        }
        Fault::Internal => return problem(StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        _ => {}
    }
    // Prevent compression, because a compressed body cannot be changed.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let mut reply = next.run(request).await;
    match fault {
        Fault::DropAfter => drop_connection(),
        Fault::Html => bad_gateway(),
        Fault::WrongType => {
            reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            reply
        }
        Fault::Empty => with_body(reply, |_| Bytes::new()).await,
        Fault::Garbage => with_body(reply, |_| Bytes::from_static(b"{\"clients\": [<!--")).await,
        Fault::Huge { bytes } => with_body(reply, |_| vec![b'x'; bytes.min(MAX_BODY)].into()).await,
        Fault::Cut => with_body(reply, |whole| whole.slice(..whole.len() / 2)).await,
        Fault::Truncate => {
            let (mut parts, whole) = split(reply).await;
            // Announce the full length, so that the client notices the missing half.
            parts.headers.insert(header::CONTENT_LENGTH, whole.len().into());
            let half = stream::iter([Ok::<_, Infallible>(whole.slice(..whole.len() / 2))]);
            Response::from_parts(parts, Body::from_stream(half))
        }
        Fault::Drip { millis } => {
            let (parts, whole) = split(reply).await;
            let size = whole.len().div_ceil(20).max(1);
            let drops = stream::unfold(whole, move |mut rest| async move {
                tokio::time::sleep(Duration::from_millis(millis)).await;
                let drop = rest.split_to(size.min(rest.len()));
                (!drop.is_empty()).then(|| (Ok::<_, Infallible>(drop), rest))
            });
            Response::from_parts(parts, Body::from_stream(drops))
        }
        Fault::Latency { .. } | Fault::DropBefore | Fault::TooMany { .. } | Fault::Internal => reply,
    }
}

/// Returns the fault that the request header names. Without the header, returns the fault of the first matching rule
/// that has not been used up.
fn choose(rules: &Rules, request: &Request) -> Option<Fault> {
    if let Some(named) = request.headers().get(HEADER) {
        return serde_json::from_slice(named.as_bytes()).ok();
    }
    let mut rules = locked(rules);
    let rule = rules.iter_mut().find(|rule| {
        let fits = rule.method.as_ref().is_none_or(|method| method == request.method().as_str());
        fits && request.uri().path().contains(&rule.path) && rule.times.is_none_or(|times| rule.applied < times)
    })?;
    rule.applied += 1;
    Some(rule.fault)
}

async fn control(rules: &Rules, request: Request) -> Response {
    let is_put = request.method() == Method::PUT;
    let body = to_bytes(request.into_body(), MAX_BODY).await.unwrap_or_default();
    if is_put {
        match serde_json::from_slice(&body) {
            Ok(new) => *locked(rules) = new,
            Err(error) => {
                let mut refusal = Response::new(Body::from(error.to_string()));
                *refusal.status_mut() = StatusCode::BAD_REQUEST;
                return refusal;
            }
        }
    }
    Response::new(Body::from(serde_json::to_vec(&*locked(rules)).unwrap_or_default()))
}

fn locked(rules: &Rules) -> MutexGuard<'_, Vec<Rule>> {
    rules.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Closes the connection by ending the task that serves the connection. Unlike `panic!`, `resume_unwind` prints
/// nothing.
fn drop_connection() -> ! {
    panic::resume_unwind(Box::new("injected fault"))
}

fn problem(status: StatusCode, code: &str) -> Response {
    let text =
        serde_json::json!({"type": "about:blank", "title": "Injected fault", "status": status.as_u16(), "code": code});
    let mut reply = Response::new(Body::from(text.to_string()));
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    reply
}

/// Imitates the page that a proxy shows if the proxy cannot reach the server.
fn bad_gateway() -> Response {
    let text = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
    let mut reply = Response::new(Body::from(text));
    *reply.status_mut() = StatusCode::BAD_GATEWAY;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    reply
}

async fn with_body(reply: Response, change: impl FnOnce(Bytes) -> Bytes) -> Response {
    let (parts, whole) = split(reply).await;
    Response::from_parts(parts, Body::from(change(whole)))
}

/// Splits a reply into head and body. Removes the content length, because the caller may send a different body.
async fn split(reply: Response) -> (axum::http::response::Parts, Bytes) {
    let (mut parts, body) = reply.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, to_bytes(body, MAX_BODY).await.unwrap_or_default())
}
