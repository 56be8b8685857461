//! Signing in, signing out and the end of sessions.

use partner_api::{
    GetSession, IssueCsrfToken, ListClients, Session, SignOut,
    auth::{CsrfToken, CsrfTokenRequest},
    client::ClientsQuery,
    endpoint::{Empty, NoPath},
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD, DEMO_PID};
use reqwest::StatusCode;
use sqlx::Row;

use crate::support::{Caller, spawn_app, spawn_app_with};

/// Returns the session of the caller, or `None` if the caller is not signed in.
async fn who(caller: &Caller) -> Option<Session> {
    let reply = caller.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await;
    assert_eq!(reply.status, StatusCode::OK, "a missing session is not an error");
    reply.decode()
}

#[tokio::test]
async fn the_right_password_starts_a_session() {
    let server = spawn_app().await;
    let mut caller = server.anonymous();
    let reply = caller.sign_in(" DEMO@partner.Example ", DEMO_PASSWORD).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, "{}"));
    let cookie = reply.header("set-cookie").to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict", "Secure is off on loopback alone");
    assert_eq!(pair.len(), "sid=".len() + 43, "256 bits");

    caller.cookie = reply.cookie();
    let session = who(&caller).await.unwrap();
    assert_eq!(session.user.email, DEMO_EMAIL);
    assert_eq!(session.partner.pid, DEMO_PID);
    let body = CsrfTokenRequest { email: DEMO_EMAIL.into() };
    let token: CsrfToken = caller.call::<IssueCsrfToken>(&NoPath {}, &Empty {}, &body).await.decode();
    assert_eq!(Some(token.token), session.csrf_token);
    let other = CsrfTokenRequest { email: "other@partner.example".into() };
    let refused = caller.call::<IssueCsrfToken>(&NoPath {}, &Empty {}, &other).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_get_the_same_reply() {
    let server = spawn_app().await;
    let caller = server.anonymous();
    let wrong = caller.sign_in(DEMO_EMAIL, "wrong").await;
    let unknown = caller.sign_in("nobody@partner.example", "wrong").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(wrong.text, r#"{"error":"Wrong email or password"}"#);
    assert_eq!((unknown.status, unknown.text), (wrong.status, wrong.text));
    assert!(wrong.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn the_sixth_failure_has_to_wait_a_minute() {
    let server = spawn_app().await;
    let caller = server.anonymous();
    for _ in 0..5 {
        assert_eq!(caller.sign_in(DEMO_EMAIL, "wrong").await.status, StatusCode::UNAUTHORIZED);
    }
    let locked = caller.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS, "the limit applies to the right password, too");
    assert_eq!(locked.header("retry-after"), "60");
    assert_eq!(locked.text, r#"{"error":"Too many attempts; try again later"}"#);
    assert_eq!(caller.sign_in("other@partner.example", DEMO_PASSWORD).await.status, StatusCode::OK);
    server.clock.forward_secs(60);
    assert_eq!(caller.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn concurrent_guesses_are_counted_before_their_passwords_are_checked() {
    let server = spawn_app().await;
    let guesses = (0..30).map(|_| {
        let caller = server.anonymous();
        async move { caller.sign_in(DEMO_EMAIL, "wrong").await.status }
    });
    let statuses = futures_util::future::join_all(guesses).await;
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count(), 5);
}

#[tokio::test]
async fn a_forged_address_does_not_evade_the_limit() {
    let server = spawn_app().await;
    let caller = server.anonymous();
    let guess = async |n: u8| {
        let request = caller.request(partner_api::Method::Post, "/api/v1/auth/signin");
        let request = request.header("x-forwarded-for", format!("10.0.0.{n}"));
        request.json(&serde_json::json!({"email": DEMO_EMAIL, "password": "wrong"})).send().await.unwrap().status()
    };
    let mut last = StatusCode::OK;
    for n in 0..6 {
        last = guess(n).await;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn behind_a_proxy_the_address_that_it_appended_counts() {
    let server = spawn_app_with(|settings| settings.behind_proxy = true).await;
    let caller = server.anonymous();
    let guess = async |n: u8| {
        let request = caller.request(partner_api::Method::Post, "/api/v1/auth/signin");
        let request = request.header("x-forwarded-for", format!("6.6.6.{n}, 10.0.0.1"));
        request.json(&serde_json::json!({"email": DEMO_EMAIL, "password": "wrong"})).send().await.unwrap().status()
    };
    for n in 0..5 {
        assert_eq!(guess(n).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(guess(9).await, StatusCode::TOO_MANY_REQUESTS, "an address that the caller wrote does not count");
    assert_eq!(
        caller.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await.status,
        StatusCode::OK,
        "another address is not limited"
    );
}

#[tokio::test]
async fn an_idle_session_ends() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    for _ in 0..5 {
        server.clock.forward_secs(29 * 60);
        assert!(who(&caller).await.is_some(), "each request restarts the 30 minutes");
    }
    server.clock.forward_secs(31 * 60);
    assert_eq!(who(&caller).await, None);
    let reply = caller.call::<SignOut>(&NoPath {}, &Empty {}, &Empty {}).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::UNAUTHORIZED, "unauthenticated"));
}

#[tokio::test]
async fn a_busy_session_ends_after_eight_hours() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    for _ in 0..24 {
        assert!(who(&caller).await.is_some());
        server.clock.forward_secs(20 * 60);
    }
    assert_eq!(who(&caller).await, None);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    let reply = caller.call::<SignOut>(&NoPath {}, &Empty {}, &Empty {}).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("set-cookie"), "sid=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    assert_eq!(who(&caller).await, None);
}

#[tokio::test]
async fn signing_in_again_makes_a_new_session_and_ends_the_old_one() {
    let server = spawn_app().await;
    let old = server.demo().await;
    let reply = old.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
    assert_ne!(reply.cookie(), old.cookie);
    assert_eq!(who(&old).await, None);

    let mut planted = server.anonymous();
    planted.cookie = Some("sid=chosen-by-an-attacker".into());
    let reply = planted.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
    assert_ne!(reply.cookie(), planted.cookie);
    assert_eq!(who(&planted).await, None);
}

#[tokio::test]
async fn the_database_has_no_usable_session_id() {
    let server = spawn_app().await;
    let caller = server.demo().await;
    let id = caller.cookie.unwrap().strip_prefix("sid=").unwrap().to_owned();
    let row = sqlx::query("SELECT token_hash FROM sessions").fetch_one(&mut server.database().await).await.unwrap();
    assert_ne!(row.get::<Vec<u8>, _>(0), id.as_bytes());
}

#[tokio::test]
async fn the_list_needs_a_session() {
    let server = spawn_app().await;
    let mut caller = server.anonymous();
    caller.pid = DEMO_PID.into();
    let reply = caller.call::<ListClients>(&caller.partner(), &ClientsQuery::default(), &Empty {}).await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        reply.text, r#"{"error":"You are not signed in, or your session has expired"}"#,
        "the error has the published form"
    );
}

#[tokio::test]
async fn beyond_loopback_the_cookie_is_secure() {
    let server = spawn_app_with(|settings| settings.secure = true).await;
    let reply = server.anonymous().sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
    assert!(reply.header("set-cookie").ends_with("; HttpOnly; SameSite=Strict; Secure"));
    assert_eq!(reply.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
}
