//! Faults on purpose, for tests: what networks, proxies and servers in trouble do to a request.
//!
//! Compiled with the feature `faults` alone, which nothing that is deployed has. A test puts rules at [`CONTROL`], or
//! names one fault in the header [`HEADER`]. The fault is chosen for each request: browsers keep connections.

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

/// Where rules are put (`PUT`, a JSON array of [`Rule`]) and looked at (`GET`, with how often each was applied).
const CONTROL: &str = "/partner-faults";
/// Names the fault of this one request, as JSON of [`Fault`].
const HEADER: &str = "x-partner-fault";
/// Most bytes of what a test sends, and of a reply that is tampered with.
const MOST: usize = 64 * 1024 * 1024;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Fault {
    /// The handler waits so long.
    Latency { millis: u64 },
    /// The connection closes, and the handler never runs.
    DropBefore,
    /// The handler runs, and the connection closes without a reply.
    DropAfter,
    /// 429 with `Retry-After`; the handler does not run.
    TooMany { secs: u32 },
    /// 500 with a problem; the handler does not run.
    Internal,
    /// The handler runs, and a proxy's 502 with its page of HTML comes back.
    Html,
    /// The handler runs; half of the reply comes, then the connection closes.
    Truncate,
    /// The handler runs; half of the reply comes, and looks whole.
    Cut,
    /// The handler runs; the reply comes in twenty pieces with so long before each.
    Drip { millis: u64 },
    /// The handler runs; its reply says that it is HTML.
    WrongType,
    /// The handler runs; its reply is empty.
    Empty,
    /// The handler runs; its reply is no JSON.
    Garbage,
    /// The handler runs; its reply is so long, and no JSON.
    Huge { bytes: usize },
}

/// Which requests a fault is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Rule {
    /// Any method, where none is named.
    #[serde(default)]
    method: Option<String>,
    /// What the path contains.
    path: String,
    #[serde(flatten)]
    fault: Fault,
    /// For so many requests; for all, where no number is named. A browser that finds a connection closed sends the
    /// request again by itself: one request of the account may be two here.
    #[serde(default)]
    times: Option<u32>,
    /// How often it was applied.
    #[serde(default)]
    applied: u32,
}

/// The rules of one server.
type Rules = Arc<Mutex<Vec<Rule>>>;

/// Puts the faults around everything that the router serves.
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
    // What is tampered with is not compressed.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let mut reply = next.run(request).await;
    match fault {
        Fault::DropAfter => drop_connection(),
        Fault::Html => page(),
        Fault::WrongType => {
            reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            reply
        }
        Fault::Empty => with_body(reply, |_| Bytes::new()).await,
        Fault::Garbage => with_body(reply, |_| Bytes::from_static(b"{\"clients\": [<!--")).await,
        Fault::Huge { bytes } => with_body(reply, |_| vec![b'x'; bytes.min(MOST)].into()).await,
        Fault::Cut => with_body(reply, |whole| whole.slice(..whole.len() / 2)).await,
        Fault::Truncate => {
            let (mut parts, whole) = taken(reply).await;
            // Promised in full: what is missing is missed.
            parts.headers.insert(header::CONTENT_LENGTH, whole.len().into());
            let half = stream::iter([Ok::<_, Infallible>(whole.slice(..whole.len() / 2))]);
            Response::from_parts(parts, Body::from_stream(half))
        }
        Fault::Drip { millis } => {
            let (parts, whole) = taken(reply).await;
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

/// The fault of a request: the one that its header names, else that of the first rule that fits and is not used up.
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
    let body = to_bytes(request.into_body(), MOST).await.unwrap_or_default();
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

/// Ends the task that serves the connection, and the connection with it. Not a panic: nobody is told.
fn drop_connection() -> ! {
    panic::resume_unwind(Box::new("a fault on purpose"))
}

fn problem(status: StatusCode, code: &str) -> Response {
    let text = serde_json::json!({"type": "about:blank", "title": "A fault", "status": status.as_u16(), "code": code});
    let mut reply = Response::new(Body::from(text.to_string()));
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    reply
}

/// What a proxy says when it cannot reach whom it stands before.
fn page() -> Response {
    let text = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
    let mut reply = Response::new(Body::from(text));
    *reply.status_mut() = StatusCode::BAD_GATEWAY;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    reply
}

async fn with_body(reply: Response, change: impl FnOnce(Bytes) -> Bytes) -> Response {
    let (parts, whole) = taken(reply).await;
    Response::from_parts(parts, Body::from(change(whole)))
}

/// Head and body of a reply. What the head says of the body's length holds no longer.
async fn taken(reply: Response) -> (axum::http::response::Parts, Bytes) {
    let (mut parts, body) = reply.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, to_bytes(body, MOST).await.unwrap_or_default())
}
