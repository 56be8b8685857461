//! Tenancy: a request for the data of another partner gets the same reply as a request for data that does not exist.
//! The tests fail if a route is missing from the tables below.

use partner_api::{
    DetachClients, GetBalanceAmount, GetSession, Method, Session, SignOut,
    auth::Role,
    bulk::{ClientPids, Outcomes},
    endpoint::{Empty, NoPath, ProjectPath},
};
use partner_demo::seed::{DEMO_PID, OTHER_PID};
use reqwest::StatusCode;

use crate::support::{Caller, Reply, new_key, spawn_app};

/// Every call that names a partner, a client or an invitation, with a valid body.
const TABLE: [(Method, &str, &str); 21] = [
    (Method::Get, "/api/v1/partners/{pid}/clients/", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}", ""),
    (Method::Put, "/api/v1/partners/{pid}/clients/{client_pid}", r#"{"client_id":"mine"}"#),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/billing", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/balance", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/services", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/movements", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/movements/summary", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/expenses", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/movements/export", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/expenses/export", ""),
    (Method::Get, "/public/v1/projects/{pid}/balances/amount", ""),
    (Method::Post, "/api/v1/partners/{pid}/clients/block", r#"{"pids":["mcs4410000001"]}"#),
    (Method::Post, "/api/v1/partners/{pid}/clients/unblock", r#"{"pids":["mcs4410000002"]}"#),
    (Method::Post, "/api/v1/partners/{pid}/clients/detach", r#"{"pids":["mcs4410000001"]}"#),
    (Method::Get, "/api/v1/partners/{pid}/invites", ""),
    (Method::Post, "/api/v1/partners/{pid}/invites", r#"{"email":"new@client.example"}"#),
    (Method::Put, "/api/v1/partners/{pid}/invites/{id}", r#"{"name":"mine"}"#),
    (Method::Post, "/api/v1/partners/{pid}/invites/{id}", ""),
    (Method::Post, "/api/v1/partners/{pid}/invites/{id}/link", ""),
    (Method::Delete, "/api/v1/partners/{pid}/invites/{id}", ""),
];

const OWN_INVITATION: &str = "00000000000000000000000000000001";

/// Calls that name no partner, client or invitation.
const WITHOUT_PARTNER: [(Method, &str); 8] = [
    (Method::Post, "/api/v1/auth/signin"),
    (Method::Post, "/api/v1/tokens/csrf"),
    (Method::Get, "/api/v1/auth/session"),
    (Method::Post, "/api/v1/auth/signout"),
    (Method::Post, "/api/v1/contact-requests"),
    (Method::Post, "/api/v1/invitations/lookup"),
    (Method::Post, "/api/v1/invitations/accept"),
    (Method::Post, "/api/v1/vitals"),
];

#[test]
fn the_tables_have_every_route() {
    let line = |method: Method, route: &str| format!("{} {route}", method.as_str());
    let mut mounted: Vec<_> = partner_server::mounted().iter().map(|it| line(it.method, it.route)).collect();
    let mut table: Vec<_> = TABLE.iter().map(|(method, route, _)| line(*method, route)).collect();
    table.extend(WITHOUT_PARTNER.iter().map(|(method, route)| line(*method, route)));
    mounted.sort();
    table.sort();
    assert_eq!(table, mounted);
}

async fn send(caller: &Caller, method: Method, path: &str, body: &str) -> Reply {
    let mut request = caller.request(method, path).header("idempotency-key", new_key());
    if !body.is_empty() {
        request = request.header("content-type", "application/json").body(body.to_owned());
    }
    Reply::of(request.send().await.unwrap()).await
}

/// Returns the body without request id and trace id, because these differ in every reply.
fn body_without_ids(reply: &Reply) -> serde_json::Value {
    let mut body = reply.json();
    for name in ["request_id", "trace_id"] {
        body.as_object_mut().unwrap().remove(name);
    }
    body
}

#[tokio::test]
async fn a_foreign_id_gets_the_same_reply_as_an_unknown_id() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let (clients, invitations) = (other.clients().await, other.invitations().await);
    let (foreign_client, foreign_invitation) = (clients[0].pid.as_str(), invitations[0].iid.as_str());
    let own_client = "mcs4410000001";
    let unknown = ["mcs9999999999", "mcs9999999998", "ffffffffffffffffffffffffffffffff"];

    for (method, route, body) in TABLE {
        let path = |pid: &str, client: &str, invitation: &str| {
            route.replace("{pid}", pid).replace("{client_pid}", client).replace("{id}", invitation)
        };
        // Compare paths that contain PIDs or ids of the other partner to paths that contain unknown ones. The first
        // pair differs in `{pid}`, the second in the client or the invitation, and the third in both.
        let is_balance = route.starts_with("/public/");
        let mut pairs = vec![(
            path(if is_balance { foreign_client } else { OTHER_PID }, own_client, OWN_INVITATION),
            path(unknown[0], own_client, OWN_INVITATION),
        )];
        if route.contains("{client_pid}") || route.contains("{id}") {
            pairs.push((path(DEMO_PID, foreign_client, foreign_invitation), path(DEMO_PID, unknown[1], unknown[2])));
            pairs.push((path(OTHER_PID, foreign_client, foreign_invitation), path(DEMO_PID, unknown[1], unknown[2])));
        }
        for (foreign, unknown) in pairs {
            let (foreign_reply, unknown_reply) =
                (send(&demo, method, &foreign, body).await, send(&demo, method, &unknown, body).await);
            assert_eq!(foreign_reply.status, StatusCode::NOT_FOUND, "{method:?} {foreign}");
            assert_eq!(unknown_reply.status, StatusCode::NOT_FOUND, "{method:?} {unknown}");
            assert_eq!(body_without_ids(&foreign_reply), body_without_ids(&unknown_reply), "{method:?} {foreign}");
        }
    }
    assert_eq!(other.clients().await, clients, "the other partner's clients are unchanged");
    assert_eq!(other.invitations().await, invitations, "its invitations are unchanged");
}

/// Checks what owners, viewers and callers without a session can do with data of their own partner, and that viewers
/// cannot reach data of another partner.
#[tokio::test]
async fn owners_can_change_data_viewers_can_read_it_and_others_can_do_neither() {
    let server = spawn_app().await;
    let (owner, viewer, anonymous) = (server.demo().await, server.viewer().await, server.anonymous());
    let other = server.other().await;
    let foreign = (other.clients().await[0].pid.clone(), other.invitations().await[0].iid.clone());
    let before = (owner.clients().await, owner.invitations().await, other.clients().await, other.invitations().await);
    let path = |route: &str, pid: &str, client: &str, invitation: &str| {
        // In the route of the published balance, `{pid}` is the PID of a client. In other routes, it is the PID of a
        // partner.
        let pid = if route.starts_with("/public/") { client } else { pid };
        let path = route.replace("{pid}", pid).replace("{client_pid}", client).replace("{id}", invitation);
        if route.ends_with("/export") { path + "?format=csv" } else { path }
    };
    let own = |route: &str| path(route, DEMO_PID, "mcs4410000001", OWN_INVITATION);

    for (method, route, body) in TABLE {
        let status = send(&anonymous, method, &own(route), body).await.status;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "anonymous, {method:?} {route}");
        let reply = send(&viewer, method, &own(route), body).await;
        if method.is_safe() {
            assert_eq!(reply.status, StatusCode::OK, "viewer, {method:?} {route}: {}", reply.text);
        } else {
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "viewer, {method:?} {route}");
            assert!(reply.text.contains("Your role is read-only"), "{}", reply.text);
        }
        for (pid, client, invitation) in [
            (OTHER_PID, foreign.0.as_str(), foreign.1.as_str()),
            ("mcs9999999999", "mcs9999999998", "f".repeat(32).as_str()),
        ] {
            let reply = send(&viewer, method, &path(route, pid, client, invitation), body).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "viewer, {method:?} {route} of {pid}");
        }
    }
    let after = (owner.clients().await, owner.invitations().await, other.clients().await, other.invitations().await);
    assert_eq!(after, before, "no call has changed anything so far");

    for (method, route, body) in TABLE {
        let status = send(&owner, method, &own(route), body).await.status;
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        assert!(!refused.contains(&status) && !status.is_server_error(), "owner, {method:?} {route}: {status}");
    }
    assert_ne!(owner.clients().await, before.0, "the same calls of an owner change data");
}

#[tokio::test]
async fn a_viewer_sees_the_role_and_can_sign_out() {
    let server = spawn_app().await;
    let viewer = server.viewer().await;
    let session =
        viewer.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await.decode::<Option<Session>>().unwrap();
    assert_eq!(session.user.role, Role::Viewer);
    assert_eq!(viewer.call::<SignOut>(&NoPath {}, &Empty {}, &Empty {}).await.status, StatusCode::OK);
    assert_eq!(viewer.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await.text, "null");
}

#[tokio::test]
async fn a_bulk_call_does_not_find_foreign_clients() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let before = other.clients().await;
    let body = ClientPids { pids: vec![before[0].pid.clone(), "mcs9999999999".into()] };
    let outcomes: Outcomes = demo.call::<DetachClients>(&demo.partner(), &Empty {}, &body).await.decode();
    let [foreign, unknown] = &outcomes.results[..] else { panic!("{outcomes:?}") };
    assert_eq!((foreign.status, &foreign.code, &foreign.detail), (unknown.status, &unknown.code, &unknown.detail));
    assert_eq!(other.clients().await, before);
}

#[tokio::test]
async fn the_balance_of_a_foreign_project_is_not_found() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let foreign = ProjectPath { pid: other.clients().await[0].pid.clone() };
    let reply = demo.call::<GetBalanceAmount>(&foreign, &Empty {}, &Empty {}).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::NOT_FOUND, r#"{"error":"Not found"}"#));
}
