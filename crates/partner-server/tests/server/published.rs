//! With `--published-only`, the published calls reply as their description says, and every other call gets a 404.

use std::collections::BTreeSet;

use partner_api::{
    Endpoint, GetBalanceAmount, GetClient, GetClientBilling, IssueCsrfToken, ListClients, ListInvitations, Method,
    RenewInvitation, ResendInvitation, RevokeInvitation, SetClientIdentifier,
    auth::{CSRF_HEADER, CsrfTokenRequest},
    billing::BalanceAmount,
    client::ClientsQuery,
    endpoint::{Empty, NoPath},
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD, DEMO_PID};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Caller, Reply, Server, new_key, spawn_app_with};

/// The calls of the published description, with request bodies. Their order lets each call succeed.
const PUBLISHED: [(Method, &str, &str); 11] = [
    (Method::Post, "/api/v1/auth/signin", r#"{"email":"demo@partner.example","password":"demo-partner-2026"}"#),
    (Method::Post, "/api/v1/tokens/csrf", r#"{"email":"demo@partner.example"}"#),
    (Method::Get, "/api/v1/partners/{pid}/clients/", ""),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}", ""),
    (Method::Put, "/api/v1/partners/{pid}/clients/{client_pid}", r#"{"client_id":"mine"}"#),
    (Method::Get, "/api/v1/partners/{pid}/clients/{client_pid}/billing", ""),
    (Method::Get, "/public/v1/projects/{pid}/balances/amount", ""),
    (Method::Get, "/api/v1/partners/{pid}/invites", ""),
    (Method::Put, "/api/v1/partners/{pid}/invites/{id}", r#"{"name":"Anna","infra":false,"quota":{"cores":8}}"#),
    (Method::Post, "/api/v1/partners/{pid}/invites/{id}", ""),
    (Method::Delete, "/api/v1/partners/{pid}/invites/{id}", ""),
];

const ALPHA: &str = "mcs4410000001";
const INVITED: &str = "00000000000000000000000000000001";
const EXPIRED: &str = "00000000000000000000000000000002";
const NOT_FOUND: &str = r#"{"error":"Not found"}"#;

async fn spawn() -> (Server, Caller) {
    let server = spawn_app_with(|settings| settings.published_only = true).await;
    let demo = sign_in(&server).await;
    (server, demo)
}

/// Signs in with the published calls. The first call returns the session cookie, and the second one the CSRF token.
async fn sign_in(server: &Server) -> Caller {
    let mut caller = server.anonymous();
    let reply = caller.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, "{}"));
    caller.cookie = reply.cookie();
    let body = CsrfTokenRequest { email: DEMO_EMAIL.into() };
    let token = caller.call::<IssueCsrfToken>(&NoPath {}, &Empty {}, &body).await;
    assert_eq!(fields(&token.json()), ["token"]);
    caller.csrf_token = token.json()["token"].as_str().map(str::to_owned);
    caller.pid = DEMO_PID.into();
    caller
}

async fn send(caller: &Caller, method: Method, path: &str, body: &str) -> Reply {
    let request = caller.request(method, path).header("idempotency-key", new_key());
    Reply::of(request.header("content-type", "application/json").body(body.to_owned()).send().await.unwrap()).await
}

async fn get(caller: &Caller, path: &str) -> Value {
    let reply = send(caller, Method::Get, path, "").await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
    reply.json()
}

fn path_of(route: &str) -> String {
    let pid = if route.starts_with("/public/") { ALPHA } else { DEMO_PID };
    route.replace("{pid}", pid).replace("{client_pid}", ALPHA).replace("{id}", INVITED)
}

fn assert_not_there(reply: &Reply, what: &str) {
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::NOT_FOUND, NOT_FOUND), "{what}");
    assert_eq!(reply.header("content-type"), "application/json", "{what}");
}

/// Returns the names of all fields in a JSON value. Fields of nested objects have the form `owner.name`.
fn fields(value: &Value) -> Vec<String> {
    fn collect(value: &Value, before: &str, names: &mut BTreeSet<String>) {
        match value {
            Value::Array(elements) => elements.iter().for_each(|it| collect(it, before, names)),
            Value::Object(object) => object.iter().for_each(|(name, value)| {
                if !value.is_object() {
                    names.insert(format!("{before}{name}"));
                }
                collect(value, &format!("{before}{name}."), names);
            }),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    collect(value, "", &mut names);
    names.into_iter().collect()
}

#[tokio::test]
async fn every_published_call_succeeds_and_every_other_call_is_not_found() {
    let (_server, demo) = spawn().await;
    let mounted: Vec<_> = partner_server::mounted().iter().map(|it| (it.method, it.route)).collect();
    let is_published = |method, route| PUBLISHED.iter().any(|call| (call.0, call.1) == (method, route));
    for (method, route, body) in PUBLISHED {
        assert!(mounted.contains(&(method, route)), "{method:?} {route}");
        // Sign in without the session cookie, because signing in ends the session of the request.
        let caller = if route.ends_with("/signin") { Caller { cookie: None, ..demo.clone() } } else { demo.clone() };
        let reply = send(&caller, method, &path_of(route), body).await;
        assert_eq!(reply.status, StatusCode::OK, "{method:?} {route}: {}", reply.text);
        assert_eq!(reply.header("content-type"), "application/json", "{method:?} {route}");
    }
    let ours: Vec<_> = mounted.iter().filter(|(method, route)| !is_published(*method, route)).collect();
    assert_eq!(ours.len(), mounted.len() - PUBLISHED.len());
    for (method, route) in ours {
        assert_not_there(&send(&demo, *method, &path_of(route), "{}").await, &format!("{method:?} {route}"));
    }
}

#[tokio::test]
async fn unknown_routes_and_methods_get_the_same_reply() {
    let (server, demo) = spawn().await;
    let all = [Method::Get, Method::Post, Method::Put, Method::Delete];
    let is_published = |method, route| PUBLISHED.iter().any(|call| (call.0, call.1) == (method, route));
    let other_methods = PUBLISHED.iter().flat_map(|call| all.map(|method| (method, call.1)));
    for (method, route) in other_methods.filter(|(method, route)| !is_published(*method, route)) {
        assert_not_there(&send(&demo, method, &path_of(route), "").await, &format!("{method:?} {route}"));
    }
    for path in ["/api", "/api/v2", "/public/v1", "/api/v1/partners/{pid}/clients", "/api/v1/partners/{pid}/invites/"] {
        assert_not_there(&send(&demo, Method::Get, &path_of(path), "").await, path);
        assert_not_there(&send(&server.anonymous(), Method::Get, &path_of(path), "").await, path);
    }
}

#[tokio::test]
async fn the_list_is_a_bare_array_of_published_fields_for_every_query() {
    let (_server, demo) = spawn().await;
    let list = ListClients::url(&demo.partner(), &ClientsQuery::default());
    let all = get(&demo, &list).await;
    assert_eq!(all.as_array().unwrap().len(), 455);
    for query in ["?limit=5&include=balance", "?limit=none", "?marker=x&limit=1", "?include=everything", "?a&b=%zz"] {
        assert_eq!(get(&demo, &format!("{list}{query}")).await, all, "{query}");
    }
    assert_eq!(
        fields(&all),
        [
            "attr.client_id",
            "ctime",
            "enabled",
            "owner.company",
            "owner.email",
            "owner.name",
            "owner.uid",
            "phone",
            "pid",
            "title",
        ]
    );
    let find = |word: &str| {
        let email = format!("{word}@client.example");
        all.as_array().unwrap().iter().find(|it| it["owner"]["email"] == email).unwrap().clone()
    };
    let alpha = json!({
        "pid": ALPHA, "enabled": true, "phone": 74_950_000_001_u64, "ctime": "1743498000", "title": ALPHA,
        "attr": {"client_id": "CRM-0001"},
        "owner": {"email": "alpha@client.example", "uid": "900000001", "name": "Client alpha", "company": "alpha LLC"},
    });
    assert_eq!(find("alpha"), alpha);
    assert_eq!(get(&demo, &GetClient::url(&demo.client(ALPHA), &Empty {})).await, alpha);
    let has = |client: &Value, name: &str| fields(client).iter().any(|field| field == name);
    let lacking = [("charlie", "owner.name"), ("delta", "phone"), ("echo", "attr.client_id")];
    for (word, name) in lacking {
        assert!(!has(&find(word), name), "{word}");
    }
    assert_eq!(find("echo").get("attr"), None, "an object without values");
    assert_eq!(find("bravo")["enabled"], false);
}

#[tokio::test]
async fn an_identifier_is_changed_and_unpublished_fields_are_ignored() {
    let (_server, demo) = spawn().await;
    let path = SetClientIdentifier::url(&demo.client(ALPHA), &Empty {});
    let body = r#"{"client_id":"new","previous_client_id":"another value"}"#;
    let reply = send(&demo, Method::Put, &path, body).await;
    assert_eq!((reply.status, &reply.json()["attr"]), (StatusCode::OK, &json!({"client_id": "new"})));
    assert_eq!(get(&demo, &path).await, reply.json());
    let removed = send(&demo, Method::Put, &path, r#"{"client_id":""}"#).await;
    assert_eq!((removed.status, removed.json().get("attr")), (StatusCode::OK, None));

    let long = json!({ "client_id": "x".repeat(256) }).to_string();
    for (body, error) in [
        (long.as_str(), "client_id: too_long"),
        (r#"{"client_id":5}"#, "The body does not match the schema of this call"),
        ("[]", "The body does not match the schema of this call"),
        ("{", "The body is not JSON"),
    ] {
        let refused = send(&demo, Method::Put, &path, body).await;
        assert_eq!((refused.status, refused.json()), (StatusCode::BAD_REQUEST, json!({ "error": error })), "{body}");
    }
    let huge = send(&demo, Method::Put, &path, &format!(r#"{{"client_id":"{}"}}"#, "x".repeat(256 * 1024))).await;
    assert_eq!((huge.status, fields(&huge.json())), (StatusCode::PAYLOAD_TOO_LARGE, vec!["error".to_owned()]));
    let foreign = send(&demo, Method::Put, &path.replace(ALPHA, "mcs9999999999"), r#"{"client_id":"x"}"#).await;
    assert_not_there(&foreign, "an unknown client");
}

#[tokio::test]
async fn invitations_are_listed_renewed_resent_and_revoked() {
    let (server, demo) = spawn().await;
    let list = ListInvitations::url(&demo.partner(), &Empty {});
    let before = get(&demo, &list).await;
    assert_eq!(before.as_array().unwrap().len(), 45);
    let one = |all: &Value, iid: &str| all.as_array().unwrap().iter().find(|it| it["iid"] == iid).cloned();
    let known = ["ctime", "email", "iid", "initiator", "meta.client_id", "meta.name", "meta.phone", "pid", "type"];
    let seeded = fields(&before);
    assert!(seeded.iter().all(|name| known.contains(&name.as_str())), "{seeded:?}");
    assert_eq!(one(&before, INVITED).unwrap()["ctime"], "1789913600");

    let renew = RenewInvitation::url(&demo.invitation(EXPIRED), &Empty {});
    let body = r#"{"name":"Anna","phone":"8 926 123-45-67","client_id":"CRM 5","infra":true,"quota":{"cores":1}}"#;
    let renewed = send(&demo, Method::Put, &renew, body).await;
    assert_eq!(renewed.status, StatusCode::OK, "{}", renewed.text);
    let expected = json!({
        "iid": EXPIRED, "type": "pclient", "pid": DEMO_PID, "email": "expired@client.example",
        "ctime": one(&before, EXPIRED).unwrap()["ctime"], "initiator": DEMO_EMAIL,
        "meta": {"name": "Anna", "phone": "79261234567", "client_id": "CRM 5"},
    });
    assert_eq!(renewed.json(), expected);
    assert_eq!(one(&get(&demo, &list).await, EXPIRED), Some(expected.clone()));
    assert_eq!(server.emails().await.len(), 1);

    let resent = send(&demo, Method::Post, &ResendInvitation::url(&demo.invitation(EXPIRED), &Empty {}), "").await;
    assert_eq!((resent.status, resent.text.as_str()), (StatusCode::OK, "{}"));
    assert_eq!(server.emails().await.len(), 2);

    let revoke = RevokeInvitation::url(&demo.invitation(EXPIRED), &Empty {});
    assert_eq!(send(&demo, Method::Delete, &revoke, "").await.json(), expected);
    assert_eq!(one(&get(&demo, &list).await, EXPIRED), None);
    assert_not_there(&send(&demo, Method::Delete, &revoke, "").await, "revoked twice");
}

#[tokio::test]
async fn billing_has_strings_and_the_balance_amount_numbers() {
    let (_server, demo) = spawn().await;
    let billing = get(&demo, &GetClientBilling::url(&demo.client(ALPHA), &Empty {})).await;
    let amount = send(&demo, Method::Get, &path_of(GetBalanceAmount::ROUTE), "").await;
    let parts: BalanceAmount = amount.decode();
    assert_eq!(billing["balance"], (parts.base + parts.bonus).to_string());
    assert_eq!(billing["bonus"], parts.bonus.to_string());
    assert!(amount.json().as_object().unwrap().values().all(Value::is_number), "{}", amount.text);
    assert_eq!(fields(&amount.json()), ["base", "bonus"]);
    assert_eq!((&billing["pid"], &billing["currency"]), (&ALPHA.into(), &"RUB".into()));
    let names = ["autopay", "balance", "bonus", "currency", "legal_form", "pid", "verified"];
    assert_eq!(fields(&billing), names);
    let unknown = path_of(GetBalanceAmount::ROUTE).replace(ALPHA, "mcs9999999999");
    assert_not_there(&send(&demo, Method::Get, &unknown, "").await, "an unknown project");
}

#[tokio::test]
async fn partner_calls_need_a_session_a_csrf_token_and_a_content_type() {
    let (server, demo) = spawn().await;
    let other = sign_in(&server).await;
    let without = |token: Option<&str>| Caller { csrf_token: token.map(str::to_owned), ..demo.clone() };
    for (method, route, body) in PUBLISHED.into_iter().filter(|call| call.1.starts_with("/api/v1/partners/")) {
        let path = path_of(route);
        for caller in [without(None), without(Some("wrong")), without(other.csrf_token.as_deref())] {
            let reply = send(&caller, method, &path, body).await;
            let error = json!({"error": "The CSRF token is missing or wrong"});
            assert_eq!((reply.status, reply.json()), (StatusCode::FORBIDDEN, error), "{method:?} {route}");
        }
        let reply = send(&server.anonymous(), method, &path, body).await;
        let error = json!({"error": "You are not signed in, or your session has expired"});
        assert_eq!((reply.status, reply.json()), (StatusCode::UNAUTHORIZED, error), "{method:?} {route}");
    }
    let list = server.url(&path_of(ListClients::ROUTE));
    let request = demo.http.get(list).header("cookie", demo.cookie.as_deref().unwrap());
    let untyped = Reply::of(request.header(CSRF_HEADER, demo.csrf_token.unwrap()).send().await.unwrap()).await;
    assert_eq!(untyped.status, StatusCode::BAD_REQUEST);
    assert_eq!(untyped.json(), json!({"error": "The header Content-Type is missing"}));
}

#[tokio::test]
async fn wrong_credentials_and_a_token_for_another_email_are_refused_as_published() {
    let (_server, demo) = spawn().await;
    let wrong = demo.sign_in(DEMO_EMAIL, "not the password").await;
    assert_eq!((wrong.status, fields(&wrong.json())), (StatusCode::UNAUTHORIZED, vec!["error".to_owned()]));
    let body = r#"{"email":"other@partner.example"}"#;
    let foreign = send(&demo, Method::Post, IssueCsrfToken::ROUTE, body).await;
    assert_eq!((foreign.status, fields(&foreign.json())), (StatusCode::FORBIDDEN, vec!["error".to_owned()]));
}

#[tokio::test]
async fn the_app_and_the_health_checks_are_still_served() {
    let bundle = TempDir::new().unwrap();
    std::fs::write(bundle.path().join("index.html"), "<!doctype html><title>Account</title>").unwrap();
    std::fs::write(bundle.path().join("config.json"), "{}").unwrap();
    let server = spawn_app_with(|settings| {
        settings.published_only = true;
        settings.bundle = Some(bundle.path().to_owned());
    })
    .await;
    let text = async |path: &str| {
        let reply = Reply::of(server.anonymous().request(Method::Get, path).send().await.unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        reply.text
    };
    assert_eq!(text("/healthz").await, "ok");
    assert_eq!(text("/readyz").await, "ready");
    assert_eq!(text("/partner/app/config.json").await, "{}");
    for page in ["/partner/app/", "/partner/app/en/clients"] {
        assert!(text(page).await.contains("Account"), "{page}");
    }
}

#[tokio::test]
async fn a_long_list_is_still_compressed() {
    let (_server, demo) = spawn().await;
    let request = demo.request(Method::Get, &path_of(ListClients::ROUTE)).header("content-type", "application/json");
    let reply = request.header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(reply.headers()["content-encoding"], "gzip");
}
