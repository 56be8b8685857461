//! Replies have exactly the expected headers, and do not reveal internals of the server.

use partner_api::{
    BlockClients, Endpoint, Method,
    bulk::ClientPids,
    endpoint::{Empty, EndpointInfo},
};
use partner_server::clock::Entropy;
use reqwest::StatusCode;
use tempfile::TempDir;

use crate::support::{Caller, Reply, logged, new_key, spawn_app, spawn_app_with, spawn_with_entropy};

/// The headers that every reply of the API has.
const API: [&str; 6] = [
    "cache-control: no-store",
    "content-security-policy: default-src 'none'; frame-ancestors 'none'; sandbox",
    "cross-origin-opener-policy: same-origin",
    "cross-origin-resource-policy: same-origin",
    "referrer-policy: same-origin",
    "x-content-type-options: nosniff",
];
const PROBLEM: &str = "content-type: application/problem+json";
const JSON: &str = "content-type: application/json";
const TEXT: &str = "content-type: text/plain; charset=utf-8";

/// Returns the sorted headers of a reply, except headers with different values in each reply, such as the date.
fn headers(reply: &Reply) -> Vec<String> {
    let differing = ["date", "content-length", "etag", "last-modified", "x-req-id", "transfer-encoding"];
    let compared = reply.headers.iter().filter(|(name, _)| !differing.contains(&name.as_str()));
    let mut lines: Vec<_> = compared.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    lines.sort();
    lines
}

fn api_and(more: &[&str]) -> Vec<String> {
    let mut lines: Vec<_> = API.iter().chain(more).map(|line| (*line).to_owned()).collect();
    lines.sort();
    lines
}

async fn send(caller: &Caller, method: Method, path: &str, body: &str) -> Reply {
    let mut request = caller.request(method, path).header("idempotency-key", new_key());
    if !body.is_empty() {
        request = request.header("content-type", "application/json").body(body.to_owned());
    }
    Reply::of(request.send().await.unwrap()).await
}

fn path_of(route: &str) -> String {
    route.replace("{pid}", "mcs4400000001").replace("{client_pid}", "mcs4410000001").replace("{id}", "1")
}

#[tokio::test]
async fn every_refusal_has_the_same_headers() {
    let server = spawn_app().await;
    let (anonymous, demo) = (server.anonymous(), server.demo().await);
    for EndpointInfo { method, route, .. } in partner_server::mounted() {
        let path = path_of(route);
        // Refusals of published calls are plain JSON. Refusals of other calls are problem details.
        for reply in [
            send(&anonymous, method, &path, "").await,
            send(&anonymous, method, &path, "no JSON").await,
            send(&demo, method, &path.replace("mcs44", "mcs99"), "{}").await,
        ] {
            if reply.status.is_success() {
                continue;
            }
            let kind = if reply.header("content-type") == "application/json" { JSON } else { PROBLEM };
            let retry = format!("retry-after: {}", reply.header("retry-after"));
            let more: &[&str] = if reply.status == StatusCode::TOO_MANY_REQUESTS { &[kind, &retry] } else { &[kind] };
            assert_eq!(headers(&reply), api_and(more), "{method:?} {route} {}", reply.status);
            assert_eq!(reply.header("x-req-id").len(), 32);
        }
        let wrong = if method == Method::Delete { Method::Get } else { Method::Delete };
        let reply = send(&demo, wrong, &path, "").await;
        if reply.status == StatusCode::METHOD_NOT_ALLOWED {
            let allowed = format!("allow: {}", reply.header("allow"));
            assert!(allowed.contains(method.as_str()), "{method:?} {route} {allowed}");
            assert_eq!(headers(&reply), api_and(&[PROBLEM, &allowed]), "{wrong:?} {route}");
        }
    }
}

#[tokio::test]
async fn every_reply_to_get_has_the_same_headers() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let mut seen = 0;
    for EndpointInfo { method, route, .. } in partner_server::mounted().into_iter().filter(|it| it.method.is_safe()) {
        // In the route of the published balance, `{pid}` is the PID of a client. In other routes, it is the PID of a
        // partner.
        let path = path_of(route).replace("projects/mcs4400000001", "projects/mcs4410000001");
        let query = if route.ends_with("/export") { "?format=csv&language=en" } else { "" };
        let reply = send(&demo, method, &format!("{path}{query}"), "").await;
        assert_eq!(reply.status, StatusCode::OK, "{route} {}", reply.text);
        let kind = format!("content-type: {}", reply.header("content-type"));
        let file = format!("content-disposition: {}", reply.header("content-disposition"));
        let large = format!("vary: {}", reply.header("vary"));
        let mut more = vec![kind.as_str()];
        more.extend((file.len() > 21).then_some(file.as_str()));
        more.extend((large.len() > 6).then_some(large.as_str()));
        assert_eq!(headers(&reply), api_and(&more), "{route}");
        assert!([JSON, "content-type: text/csv; charset=utf-8"].contains(&kind.as_str()), "{route} {kind}");
        seen += 1;
    }
    assert!(seen > 10);
}

#[tokio::test]
async fn every_status_has_the_expected_headers() {
    let server = spawn_app().await;
    let (anonymous, demo) = (server.anonymous(), server.demo().await);
    let block = BlockClients::url(&demo.partner(), &Empty {});
    let mut tokenless = demo.clone();
    tokenless.csrf_token = None;
    let typed = |caller: &Caller, path: &str, kind: &str, body: String| {
        caller.request(Method::Post, path).header("content-type", kind).header("idempotency-key", new_key()).body(body)
    };
    let json = "application/json";
    let foreign = demo.request(Method::Post, &block).header("origin", "https://evil.example");
    for (status, code, request) in [
        (400, "malformed", typed(&demo, &block, json, "{".into())),
        (
            422,
            "invalid",
            demo.request(Method::Get, "/api/v1/partners/mcs4400000001/clients/mcs4410000001/movements?limit=x"),
        ),
        (400, "idempotency_key_missing", demo.request(Method::Post, &block).json(&ClientPids { pids: vec![] })),
        (401, "unauthenticated", anonymous.request(Method::Post, &block)),
        (403, "forbidden", typed(&tokenless, &block, json, "{}".into())),
        (403, "forbidden", foreign),
        (404, "not_found", anonymous.request(Method::Get, "/nowhere")),
        (404, "not_found", anonymous.request(Method::Get, "/assets/none.js")),
        (405, "method_not_allowed", anonymous.request(Method::Put, "/healthz")),
        (413, "too_large", typed(&demo, &block, json, "x".repeat(300_000))),
        (415, "unsupported_media_type", typed(&demo, &block, "text/plain", "{}".into())),
        (422, "invalid", typed(&demo, &block, json, r#"{"pids":7}"#.into())),
    ] {
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (status, code), "{}", reply.text);
        let allowed = format!("allow: {}", reply.header("allow"));
        let more: &[&str] = if status == 405 { &[PROBLEM, &allowed] } else { &[PROBLEM] };
        assert_eq!(headers(&reply), api_and(more), "{status} {code}");
    }
    for _ in 0..5 {
        anonymous.sign_in("x@partner.example", "wrong").await;
    }
    let reply = anonymous.sign_in("x@partner.example", "wrong").await;
    assert_eq!(
        (reply.status.as_u16(), reply.text.as_str()),
        (429, r#"{"error":"Too many attempts; try again later"}"#)
    );
    assert_eq!(headers(&reply), api_and(&[JSON, "retry-after: 60"]));
    for (path, text) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let reply = send(&anonymous, Method::Get, path, "").await;
        assert_eq!((reply.text.as_str(), headers(&reply)), (text, api_and(&[TEXT])));
    }
}

#[tokio::test]
async fn with_an_https_address_replies_have_hsts_and_cookies_are_secure() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("assets")).unwrap();
    for file in ["index.html", "assets/a-1.js"] {
        std::fs::write(folder.path().join(file), "x").unwrap();
    }
    let bundle = folder.path().to_owned();
    let server = spawn_app_with(|settings| (settings.secure, settings.bundle) = (true, Some(bundle))).await;
    let anonymous = server.anonymous();
    for path in
        ["/", "/partner/app/", "/partner/app/assets/a-1.js", "/partner/app/assets/no.js", "/healthz", "/nowhere"]
    {
        let reply = send(&anonymous, Method::Get, path, "").await;
        assert_eq!(reply.header("strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!reply.header("content-security-policy").is_empty(), "{path}");
        assert!(reply.headers.get("set-cookie").is_none() && reply.headers.get("server").is_none(), "{path}");
    }
    let reply = anonymous.sign_in(partner_demo::seed::DEMO_EMAIL, partner_demo::seed::DEMO_PASSWORD).await;
    assert!(reply.header("set-cookie").ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
}

/// A source of random bytes that panics, to test replies after a panic.
struct Broken;

impl Entropy for Broken {
    fn fill(&self, _: &mut [u8]) {
        panic!("a secret of the inside");
    }
}

#[tokio::test]
async fn a_panic_gives_a_500_without_details_and_the_server_keeps_running() {
    let server = spawn_with_entropy(Broken).await;
    let anonymous = server.anonymous();
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    // The first request panics in a handler, which needs random bytes for a session id. The second request has no
    // request id, so it panics in the layer around handlers, which needs random bytes for the id.
    let credentials =
        serde_json::json!({"email": partner_demo::seed::DEMO_EMAIL, "password": partner_demo::seed::DEMO_PASSWORD});
    let sign_in = anonymous
        .request(Method::Post, "/api/v1/auth/signin")
        .json(&credentials)
        .header("x-req-id", "panic-1")
        .header("traceparent", trace);
    let around = anonymous.request(Method::Get, "/healthz");
    let reply = Reply::of(sign_in.send().await.unwrap()).await;
    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(reply.text, r#"{"error":"Internal server error"}"#);
    assert_eq!((headers(&reply), reply.header("x-req-id")), (api_and(&[JSON]), "panic-1"));

    let reply = Reply::of(around.send().await.unwrap()).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "internal"));
    assert_eq!(headers(&reply), api_and(&[PROBLEM]));
    assert_eq!(reply.json()["detail"], "Internal server error");
    assert!(!reply.text.contains("secret"));
    assert!(logged().lines().any(|line| line.contains("panic-1") && line.contains("SignIn panicked")));
    let alive = anonymous
        .request(Method::Get, "/healthz")
        .header("x-req-id", "alive")
        .header("traceparent", trace)
        .send()
        .await
        .unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
}
