//! If a request that succeeded is repeated with the same idempotency key, the server does not apply it again and sends
//! the same reply.

use partner_api::{
    BlockClients, CreateInvitation, Endpoint, Method, UnblockClients, auth::IDEMPOTENCY_HEADER, bulk::ClientPids,
    endpoint::Empty, invitation::NewInvitation,
};
use reqwest::StatusCode;

use crate::support::{Caller, Reply, spawn_app};

fn new(email: &str) -> NewInvitation {
    NewInvitation { email: email.into(), ..NewInvitation::default() }
}

fn pids(pids: &[&str]) -> ClientPids {
    ClientPids { pids: pids.iter().map(|pid| (*pid).to_owned()).collect() }
}

async fn create(caller: &Caller, email: &str, key: &str) -> Reply {
    caller.call_with_key::<CreateInvitation>(&caller.partner(), &Empty {}, &new(email), key).await
}

#[tokio::test]
async fn fifty_concurrent_equal_requests_make_one_invitation_and_one_email() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let tries = (0..50).map(|_| {
        let demo = demo.clone();
        async move { create(&demo, "new@client.example", "one").await }
    });
    let replies = futures_util::future::join_all(tries).await;
    assert!(replies.iter().all(|reply| reply.status == StatusCode::CREATED && reply.text == replies[0].text));
    let replayed = replies.iter().filter(|reply| reply.header("idempotent-replayed") == "true").count();
    assert_eq!(replayed, 49);
    let listed = demo.invitations().await;
    assert_eq!(listed.iter().filter(|it| it.email.as_deref() == Some("new@client.example")).count(), 1);
    assert_eq!(server.emails().await.len(), 1);
}

#[tokio::test]
async fn a_bulk_call_is_replayed_with_its_first_outcomes() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let block = async |key: &str| {
        let body = pids(&["mcs4410000001", "mcs4410000009"]);
        demo.call_with_key::<BlockClients>(&demo.partner(), &Empty {}, &body, key).await
    };
    let first = block("k").await;
    let again = block("k").await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    assert_eq!(again.header("idempotent-replayed"), "true");
    let other = block("another").await;
    assert_ne!(other.text, first.text, "another key runs the call again");
    // Unblock the client in between. A replay of the first request must not block the client again.
    let body = pids(&["mcs4410000001"]);
    demo.call::<UnblockClients>(&demo.partner(), &Empty {}, &body).await;
    assert_eq!(block("k").await.text, first.text);
    assert_eq!(demo.client_of("alpha@client.example").await.unwrap().enabled, Some(true));
}

#[tokio::test]
async fn a_key_of_another_request_is_a_conflict() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    create(&demo, "new@client.example", "k").await;
    let reply = create(&demo, "newer@client.example", "k").await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::CONFLICT, "idempotency_conflict"));
    assert_eq!(demo.invitation_of("newer@client.example").await, None);
    // A key belongs to one endpoint and one user. The same key at another endpoint or for another user is a new key.
    let body = pids(&["mcs4410000001"]);
    let bulk = demo.call_with_key::<BlockClients>(&demo.partner(), &Empty {}, &body, "k").await;
    assert_eq!(bulk.status, StatusCode::OK);
    let other = server.other().await;
    assert_eq!(create(&other, "new@client.example", "k").await.header("idempotent-replayed"), "");
}

#[tokio::test]
async fn calls_with_effects_need_a_key() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let post = async |path: String, body: serde_json::Value| {
        Reply::of(demo.request(Method::Post, &path).json(&body).send().await.unwrap()).await
    };
    let invite = post(CreateInvitation::url(&demo.partner(), &Empty {}), serde_json::json!({"email": "a@b.example"}));
    let block = post(BlockClients::url(&demo.partner(), &Empty {}), serde_json::json!({"pids": ["mcs1"]}));
    for reply in [invite.await, block.await] {
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::BAD_REQUEST, "idempotency_key_missing"));
    }
}

#[tokio::test]
async fn a_refusal_is_not_stored() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    assert_eq!(create(&demo, "alpha@client.example", "k").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(create(&demo, "new@client.example", "k").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_key_in_quotes_is_the_same_key_and_keys_expire_after_a_day() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    create(&demo, "new@client.example", "k").await;
    assert_eq!(create(&demo, "new@client.example", "\"k\"").await.header("idempotent-replayed"), "true");
    server.clock.forward_secs(24 * 60 * 60 + 1);
    let demo = server.demo().await;
    assert_eq!(create(&demo, "newer@client.example", "k").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_replay_survives_a_restart() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let first = create(&demo, "new@client.example", "k").await;
    let server = server.restart().await;
    let demo = server.demo().await;
    let again = create(&demo, "new@client.example", "k").await;
    assert_eq!((&again.text, again.header("idempotent-replayed")), (&first.text, "true"));
    let long = demo.request(Method::Post, &CreateInvitation::url(&demo.partner(), &Empty {}));
    let long = long.header(IDEMPOTENCY_HEADER, "x".repeat(256)).json(&new("a@b.example")).send().await.unwrap();
    assert_eq!(long.status(), StatusCode::BAD_REQUEST);
}
