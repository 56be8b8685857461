//! The server refuses cross-site request forgery: changes by signed-in users need a CSRF token, and the request must
//! not come from another origin.

use partner_api::{
    Endpoint, Method, SignIn, UnblockClients,
    auth::{CSRF_HEADER, IDEMPOTENCY_HEADER},
    bulk::ClientPids,
    endpoint::{Empty, NoPath},
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD};
use reqwest::StatusCode;

use crate::support::{Caller, Server, new_key, spawn_app};

const SITES: [Option<&str>; 5] = [Some("same-origin"), Some("same-site"), Some("cross-site"), Some("none"), None];

fn origins(server: &Server) -> [(Option<String>, bool); 4] {
    [
        (Some(server.url("")), true),
        (Some("https://evil.example".into()), false),
        (Some("null".into()), false),
        (None, true),
    ]
}

fn unblock(caller: &Caller) -> reqwest::RequestBuilder {
    let request = caller.request(Method::Post, &UnblockClients::url(&caller.partner(), &Empty {}));
    request.header(IDEMPOTENCY_HEADER, new_key())
}

fn with(request: reqwest::RequestBuilder, name: &str, value: Option<&str>) -> reqwest::RequestBuilder {
    value.into_iter().fold(request, |request, value| request.header(name, value))
}

#[tokio::test]
async fn a_change_needs_our_own_origin_and_the_csrf_token() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    let right = caller.csrf_token.clone();
    let without = Caller { csrf_token: None, ..caller.clone() };
    let mut passed = 0;
    for site in SITES {
        for (origin, is_ours) in origins(&server) {
            for token in [right.as_deref(), Some("wrong"), None] {
                let body = ClientPids { pids: vec!["mcs4410000001".into()] };
                let request = with(unblock(&without).json(&body), "sec-fetch-site", site);
                let request = with(with(request, "origin", origin.as_deref()), CSRF_HEADER, token);
                let status = request.send().await.unwrap().status();
                let is_same_origin = site == Some("same-origin") || (site.is_none() && is_ours);
                let may = is_same_origin && token == right.as_deref();
                let expected = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
                assert_eq!(status, expected, "{site:?} {origin:?} {token:?}");
                passed += usize::from(may);
            }
        }
    }
    assert_eq!(passed, 6);
}

#[tokio::test]
async fn another_site_cannot_sign_a_visitor_in() {
    let server = spawn_app().await;
    let caller = server.anonymous();
    let body = serde_json::json!({"email": DEMO_EMAIL, "password": DEMO_PASSWORD});
    let sign_in = || caller.request(Method::Post, &SignIn::url(&NoPath {}, &Empty {})).json(&body);
    let forged = sign_in().header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let forged = sign_in().header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let own = sign_in().header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_token_does_not_work_in_another_session() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let mixed = Caller { csrf_token: other.csrf_token.clone(), ..demo };
    let body = ClientPids { pids: vec!["mcs4410000001".into()] };
    assert_eq!(unblock(&mixed).json(&body).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn bodies_that_html_forms_can_send_are_refused() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    let json = r#"{"pids":["mcs4410000001"]}"#;
    for (media_type, expected) in [
        (Some("application/x-www-form-urlencoded"), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Some("text/plain"), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (None, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Some("application/json; charset=utf-8"), StatusCode::OK),
        (Some("Application/JSON"), StatusCode::OK),
    ] {
        let request = with(unblock(&caller).body(json), "content-type", media_type);
        assert_eq!(request.send().await.unwrap().status(), expected, "{media_type:?}");
    }
}

#[tokio::test]
async fn malformed_and_too_large_bodies_are_refused() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    let send = async |body: String| {
        let request = unblock(&caller).header("content-type", "application/json").body(body);
        request.send().await.unwrap().status()
    };
    assert_eq!(send(String::new()).await, StatusCode::UNPROCESSABLE_ENTITY, "a missing body counts as an empty object");
    assert_eq!(send("{".into()).await, StatusCode::BAD_REQUEST);
    assert_eq!(send(r#"{"pids":[1]}"#.into()).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(format!(r#"{{"pids":["{}"]}}"#, "x".repeat(256 * 1024))).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        send(format!(r#"{{"x":{}"#, "[".repeat(1000))).await,
        StatusCode::BAD_REQUEST,
        "the nesting is too deep"
    );
}
