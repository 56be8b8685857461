//! What every request gets, whoever serves it: an id, one line in the log, and strict headers.

use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    time::Instant,
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt;
use partner_api::{auth::REQUEST_ID_HEADER, endpoint::ErrorStyle};
use tracing::{Instrument, field::Empty};

use crate::{app::App, clock::random_id, error::Error};

/// Names the request: in the log, in the reply's header, in problems.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId(pub(crate) String);

/// Where the request comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallerIp(pub(crate) IpAddr);

/// Layer around everything.
pub(crate) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_secure = app.settings.secure;
    // Calls catch their own panics and know what they are; this is for everything around them.
    AssertUnwindSafe(observed(app, request, next)).catch_unwind().await.unwrap_or_else(|_| {
        let error = Error::Internal(anyhow::anyhow!("a request panicked outside of its call"));
        let mut response = error.into_response(ErrorStyle::Problem, "");
        add_headers(response.headers_mut(), is_secure);
        response
    })
}

async fn observed(app: App, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers()).unwrap_or_else(|| random_id(&*app.entropy));
    let ip = caller_ip(&request, app.settings.behind_proxy);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(CallerIp(ip));
    // The template, never the path: it may name clients.
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id, method = %request.method(), route, partner = Empty);
    async {
        let mut response = next.run(request).await;
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID_HEADER, id);
        }
        add_headers(response.headers_mut(), app.settings.secure);
        let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = response.status().as_u16(), ms = millis, "request");
        response
    }
    .instrument(span)
    .await
}

/// The id that the caller chose, if it is harmless.
fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID_HEADER)?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    ((1..=64).contains(&id.len()) && id.chars().all(is_plain)).then(|| id.to_owned())
}

/// The peer's address; behind our proxy, the last address that the proxy wrote down.
fn caller_ip(request: &Request, behind_proxy: bool) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = || {
        let last = request.headers().get_all("x-forwarded-for").iter().next_back()?;
        last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    let forwarded = if behind_proxy { forwarded() } else { None };
    forwarded.or(peer).unwrap_or(IpAddr::from([0; 4]))
}

/// Headers of replies that are no part of the account's bundle: data, never a page.
const STRICT: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

fn add_headers(headers: &mut HeaderMap, is_secure: bool) {
    for (name, value) in STRICT {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_secure {
        let a_year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
}
