//! Every endpoint behaves as its declaration in `partner_api` says, such as its status and its cookies.

use partner_api::{
    Method,
    auth::IDEMPOTENCY_HEADER,
    endpoint::{Access, EndpointInfo, ErrorStyle},
    problem::code,
};
use partner_demo::seed::DEMO_PID;
use reqwest::StatusCode;

use crate::support::{Caller, Reply, new_key, spawn_app};

fn name_of(info: &EndpointInfo) -> &'static str {
    info.type_name.rsplit("::").next().unwrap()
}

fn path_of(info: &EndpointInfo) -> String {
    // In the route of the published balance, `{pid}` is the PID of a client. In other routes, it is the PID of a
    // partner.
    let pid = if info.names_partner { DEMO_PID } else { "mcs4410000001" };
    // Revoke a different invitation, because the other calls would not find the revoked invitation any more.
    let invitation = if name_of(info) == "RevokeInvitation" { "2" } else { "1" };
    let path = info.route.replace("{pid}", pid).replace("{client_pid}", "mcs4410000001");
    let path = path.replace("{id}", &format!("{invitation:0>32}"));
    if path.ends_with("/export") { path + "?format=csv" } else { path }
}

fn body_of(info: &EndpointInfo) -> &'static str {
    match name_of(info) {
        "SignIn" => r#"{"email":"demo@partner.example","password":"demo-partner-2026"}"#,
        "IssueCsrfToken" => r#"{"email":"demo@partner.example"}"#,
        "CreateContactRequest" => {
            r#"{"name":"Anna","email":"a@b.example","phone":"+79261234567","company":"C","filled_in_ms":20000}"#
        }
        "SetClientIdentifier" => r#"{"client_id":"mine"}"#,
        "BlockClients" | "UnblockClients" | "DetachClients" => r#"{"pids":["mcs4410000002"]}"#,
        "CreateInvitation" => r#"{"email":"new@client.example"}"#,
        "RenewInvitation" => r#"{"name":"mine"}"#,
        "LookUpInvitation" | "AcceptInvitation" => r#"{"token":"unknown"}"#,
        "CountVitals" => r#"{"page":"clients"}"#,
        _ => "{}",
    }
}

async fn send(caller: &Caller, info: &EndpointInfo, key: Option<&str>) -> Reply {
    let mut request = caller.request(info.method, &path_of(info));
    if let Some(key) = key {
        request = request.header(IDEMPOTENCY_HEADER, key);
    }
    if info.method != Method::Get {
        request = request.header("content-type", "application/json").body(body_of(info));
    }
    Reply::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn an_accepted_request_gets_the_declared_reply() {
    let server = spawn_app().await;
    for info in partner_server::mounted() {
        // Use a new session for each call, because signing in and signing out end the session of the request.
        let reply = send(&server.demo().await, &info, Some(&new_key())).await;
        if name_of(&info).ends_with("UpInvitation") || name_of(&info) == "AcceptInvitation" {
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{info:?}: the token is unknown");
            assert!(info.other_refusals.contains(&404), "{info:?}");
            continue;
        }
        assert_eq!(reply.status.as_u16(), info.success.status(), "{info:?}: {}", reply.text);
        assert_eq!(reply.headers.contains_key("set-cookie"), info.sets_cookie, "{info:?}");
    }
}

#[tokio::test]
async fn exactly_the_declared_endpoints_need_an_idempotency_key() {
    let server = spawn_app().await;
    for info in partner_server::mounted() {
        let reply = send(&server.demo().await, &info, None).await;
        let is_missed = reply.status == StatusCode::BAD_REQUEST && reply.code() == code::IDEMPOTENCY_KEY_MISSING;
        assert_eq!(is_missed, info.needs_idempotency_key, "{info:?}: {}", reply.text);
    }
}

#[tokio::test]
async fn every_endpoint_admits_exactly_the_declared_callers() {
    let server = spawn_app().await;
    for info in partner_server::mounted() {
        let needs_session = matches!(info.access, Access::SignedIn | Access::AnyRole | Access::Actor);
        let reply = send(&server.anonymous(), &info, Some(&new_key())).await;
        assert_eq!(reply.status == StatusCode::UNAUTHORIZED, needs_session, "{info:?}: {}", reply.text);

        let without_token = Caller { csrf_token: None, ..server.demo().await };
        let reply = send(&without_token, &info, Some(&new_key())).await;
        let takes_token = matches!(info.access, Access::Visitor | Access::AnyRole | Access::Actor);
        let is_refused = reply.status == StatusCode::FORBIDDEN;
        assert_eq!(is_refused, takes_token && !info.method.is_safe(), "{info:?}: {}", reply.text);

        let reply = send(&server.viewer().await, &info, Some(&new_key())).await;
        let needs_role = matches!(info.access, Access::Visitor | Access::Actor) && !info.method.is_safe();
        let is_read_only = reply.status == StatusCode::FORBIDDEN && reply.text.contains("Your role is read-only");
        assert_eq!(is_read_only, needs_role, "{info:?}: {}", reply.text);
        if is_read_only && info.errors == ErrorStyle::Problem {
            assert_eq!(reply.code(), code::READ_ONLY);
        }
    }
}
