//! The outermost layer of the router. It gives requests an id and a log line, and replies strict headers.

use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt;
use partner_api::{
    auth::{REQUEST_ID_HEADER, TRACE_HEADER},
    endpoint::ErrorStyle,
};
use tracing::{Instrument, field::Empty};

use crate::{
    clock::random_id,
    error::Error,
    request::{CallTime, CallerIp, RequestId},
    state::App,
};

pub(crate) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_secure = app.settings.secure;
    // Catch panics in the layers around endpoints. Endpoints catch their own panics, because they can log the
    // endpoint's name.
    AssertUnwindSafe(observed(app, request, next)).catch_unwind().await.unwrap_or_else(|_| {
        let error = Error::Internal(anyhow::anyhow!("a request panicked outside of its handler"));
        let mut response = error.into_response(ErrorStyle::Problem, &RequestId::default());
        add_headers(response.headers_mut(), is_secure);
        response
    })
}

async fn observed(app: App, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers()).unwrap_or_else(|| random_id(&*app.entropy));
    let trace = trace_id(request.headers()).unwrap_or_else(|| random_id(&*app.entropy));
    let ip = caller_ip(&request, app.settings.behind_proxy);
    request.extensions_mut().insert(RequestId { id: id.clone(), trace: trace.clone() });
    request.extensions_mut().insert(CallerIp(ip));
    // Log the template, never the path, because a path may contain ids of clients.
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let is_own = request.headers().get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    let span = tracing::info_span!("request", id, trace, %method, route, partner = Empty);
    async {
        let mut response = next.run(request).await;
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID_HEADER, id);
        }
        add_headers(response.headers_mut(), app.settings.secure);
        let took = started.elapsed();
        if let Some(CallTime(call)) = response.extensions().get().copied().filter(|_| is_own)
            && let Ok(timing) = HeaderValue::from_str(&format!("app;dur={}, total;dur={}", millis(call), millis(took)))
        {
            response.headers_mut().insert("server-timing", timing);
        }
        app.metrics.count_request(&method, &route, response.status(), took);
        tracing::info!(
            status = response.status().as_u16(),
            ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "request"
        );
        response
    }
    .instrument(span)
    .await
}

fn millis(duration: Duration) -> String {
    let micros = duration.as_micros();
    format!("{}.{:03}", micros / 1000, micros % 1000)
}

/// Returns the trace id of the request, if the header `traceparent` is valid (W3C Trace Context, section 3.2).
fn trace_id(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(TRACE_HEADER).iter();
    let (value, None) = (values.next()?.to_str().ok()?, values.next()) else { return None };
    let is_hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let parts: Vec<&str> = value.split('-').collect();
    let (&[version, trace, parent, flags], more) = parts.split_first_chunk()?;
    let is_version = is_hex(version, 2) && version != "ff" && (version != "00" || more.is_empty());
    let is_something = |part: &str| part.bytes().any(|byte| byte != b'0');
    let is_whole = is_hex(trace, 32) && is_hex(parent, 16) && is_hex(flags, 2);
    (is_version && is_whole && is_something(trace) && is_something(parent)).then(|| trace.to_owned())
}

/// Returns the request id that the caller chose, if the id is safe to log and to return in a header.
fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID_HEADER)?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    ((1..=64).contains(&id.len()) && id.chars().all(is_plain)).then(|| id.to_owned())
}

/// Returns the IP address of the caller. Behind a trusted proxy, this is the last address in `X-Forwarded-For`, which
/// the proxy added. Without such an address, this is the address of the connection.
fn caller_ip(request: &Request, behind_proxy: bool) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = || {
        let last = request.headers().get_all("x-forwarded-for").iter().next_back()?;
        last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    let forwarded = if behind_proxy { forwarded() } else { None };
    forwarded.or(peer).unwrap_or(IpAddr::from([0; 4]))
}

/// Headers that are added to every reply unless the reply already has them. They suit data; the bundle sets its own
/// headers.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_id_is_accepted_only_from_a_valid_header() {
        const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
        let read = |values: &[&str]| {
            let values =
                values.iter().map(|value| (TRACE_HEADER.parse().unwrap(), HeaderValue::from_str(value).unwrap()));
            trace_id(&values.collect::<HeaderMap>())
        };
        let whole = format!("00-{TRACE}-00f067aa0ba902b7-01");
        assert_eq!(read(&[&whole]).as_deref(), Some(TRACE));
        assert_eq!(read(&[&format!("cc-{TRACE}-00f067aa0ba902b7-01-of-the-future")]).as_deref(), Some(TRACE));
        for wrong in [
            "",
            TRACE,
            &format!("ff-{TRACE}-00f067aa0ba902b7-01"),
            &format!("00-{TRACE}-00f067aa0ba902b7-01-more"),
            &format!("00-{TRACE}-0000000000000000-01"),
            &format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            &whole.to_uppercase(),
            &whole.replace('b', "g"),
            &format!("{whole}1"),
            &format!(" {whole}"),
        ] {
            assert_eq!(read(&[wrong]), None, "{wrong}");
        }
        assert_eq!(read(&[&whole, &whole]), None, "two headers are not valid");
    }

    #[test]
    fn durations_are_milliseconds_with_three_decimals() {
        assert_eq!(millis(Duration::from_micros(12_034)), "12.034");
    }
}
