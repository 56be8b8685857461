//! Creating, resending, expiring and revoking invitations, and the emails that the server sends for invitations.

use partner_api::{
    CreateInvitation, Endpoint, Invitation, Method, RenewInvitation, ResendInvitation, RevokeInvitation,
    auth::IDEMPOTENCY_HEADER,
    endpoint::Empty,
    invitation::{Delivery, InvitationChange, NewInvitation},
};
use reqwest::StatusCode;
use serde_json::json;
use sqlx::Row;

use crate::support::{Caller, Reply, Server, new_key, spawn_app, token_of};

const WEEK_SECS: i64 = 7 * 24 * 60 * 60;

fn invited(email: &str) -> NewInvitation {
    NewInvitation { email: email.into(), ..NewInvitation::default() }
}

async fn create(caller: &Caller, new: &NewInvitation) -> Reply {
    caller.call::<CreateInvitation>(&caller.partner(), &Empty {}, new).await
}

async fn token_works(server: &Server, token: &str) -> bool {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(token.as_bytes()).to_vec();
    let query = sqlx::query("SELECT 1 FROM invitations WHERE token_hash = $1").bind(hash);
    query.fetch_optional(&mut server.database().await).await.unwrap().is_some()
}

#[tokio::test]
async fn an_invited_client_is_pending_and_gets_an_email() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let new = NewInvitation {
        email: " новый@Пример.рф ".into(),
        name: Some("Иван Петров".into()),
        phone: Some("8 (926) 123-45-67".into()),
        client_id: Some("CRM-1".into()),
    };
    let reply = create(&demo, &new).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    let invitation: Invitation = reply.decode();
    assert_eq!(invitation.email.as_deref(), Some("новый@Пример.рф"), "as typed");
    assert_eq!(invitation.meta.phone.as_deref(), Some("79261234567"));
    assert_eq!(invitation.initiator.as_deref(), Some("demo@partner.example"));
    assert_eq!(invitation.expires_at.unwrap().secs() - invitation.ctime.unwrap().secs(), WEEK_SECS);

    let emails = server.emails().await;
    let [email] = &emails[..] else { panic!("{emails:?}") };
    assert!(email.contains("Иван Петров") && email.contains("Северный ветер"));
    assert!(email.contains(&format!("{}/partner/app/en/invitation#token=", server.url(""))));
    assert!(token_works(&server, &token_of(email)).await);
    let listed = demo.invitation_of("новый@Пример.рф").await.unwrap();
    assert_eq!(listed.sent_at, invitation.ctime);
    assert_eq!((invitation.delivery, listed.delivery), (Some(Delivery::Waiting), Some(Delivery::Delivered)));
    assert_eq!(Invitation { sent_at: None, delivery: invitation.delivery, ..listed }, invitation);
}

#[tokio::test]
async fn an_email_is_in_the_language_of_the_page() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let request = demo.request(Method::Post, &CreateInvitation::url(&demo.partner(), &Empty {}));
    let request = request.header(IDEMPOTENCY_HEADER, new_key()).header("accept-language", "ru");
    request.json(&invited("new@client.example")).send().await.unwrap();
    let emails = server.emails().await;
    assert!(emails[0].starts_with("Здравствуйте!") && emails[0].contains("/partner/app/ru/invitation#token="));
}

#[tokio::test]
async fn problems_are_reported_by_field() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let bad = NewInvitation {
        email: "nobody".into(),
        name: Some("x".repeat(256)),
        phone: Some("12".into()),
        client_id: Some("a\tb\u{0}".into()),
    };
    let reply = create(&demo, &bad).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"));
    assert_eq!(
        reply.json()["errors"],
        json!([
            {"pointer": "/email", "code": "malformed"},
            {"pointer": "/name", "code": "too_long"},
            {"pointer": "/phone", "code": "malformed"},
            {"pointer": "/client_id", "code": "control_character"},
        ])
    );
    assert_eq!(reply.json()["request_id"], reply.header("x-req-id"));
    assert!(server.emails().await.is_empty());
}

#[tokio::test]
async fn an_address_in_use_is_reported_at_its_field() {
    let server = spawn_app().await;
    let (demo, other) = (server.demo().await, server.other().await);
    let code = async |caller: &Caller, email: &str| {
        let reply = create(caller, &invited(email)).await;
        (reply.status.as_u16(), reply.json()["errors"][0]["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(code(&demo, "ALPHA@Client.Example").await, (422, "already_client".into()));
    assert_eq!(code(&demo, "invited@client.example").await, (422, "already_invited".into()));
    assert_eq!(
        code(&demo, "expired@client.example").await,
        (422, "already_invited".into()),
        "an expired invitation is resent instead"
    );
    assert_eq!(
        code(&other, "alpha@client.example").await,
        (201, String::new()),
        "another partner's clients are not revealed"
    );
}

#[tokio::test]
async fn unknown_fields_are_refused() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let request = demo.request(Method::Post, &CreateInvitation::url(&demo.partner(), &Empty {}));
    let body = json!({"email": "a@client.example", "partner_pid": "mcs1"});
    let reply = request.header(IDEMPOTENCY_HEADER, new_key()).json(&body).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_resent_email_replaces_the_link() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let invitation: Invitation = create(&demo, &invited("new@client.example")).await.decode();
    let first = token_of(&server.emails().await[0]);
    server.clock.forward_secs(60);
    let path = demo.invitation(&invitation.iid);
    let reply = demo.call::<ResendInvitation>(&path, &Empty {}, &Empty {}).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, "{}"));

    let tokens: Vec<String> = server.emails().await.iter().map(|email| token_of(email)).collect();
    let second = tokens.into_iter().find(|token| *token != first).unwrap();
    assert!(!token_works(&server, &first).await);
    assert!(token_works(&server, &second).await);
    let listed = demo.invitation_of("new@client.example").await.unwrap();
    assert_eq!(listed.expires_at, invitation.expires_at, "the term is unchanged");
    assert_eq!(listed.sent_at.unwrap().secs(), invitation.ctime.unwrap().secs() + 60);
}

#[tokio::test]
async fn an_expired_invitation_is_listed_and_gets_a_new_term_when_sent_again() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let expired = demo.invitation_of("expired@client.example").await.unwrap();
    let now = expired.ctime.unwrap().secs() + 10 * 24 * 60 * 60;
    assert!(expired.expires_at.unwrap().secs() < now);
    demo.call::<ResendInvitation>(&demo.invitation(&expired.iid), &Empty {}, &Empty {}).await;
    let renewed = demo.invitation_of("expired@client.example").await.unwrap();
    assert_eq!(renewed.expires_at.unwrap().secs(), now + WEEK_SECS);
}

#[tokio::test]
async fn renewing_changes_the_given_fields_and_starts_a_new_term() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let path = demo.invitation("00000000000000000000000000000001");
    let renew = async |change: &InvitationChange| demo.call::<RenewInvitation>(&path, &Empty {}, change).await;
    let before = demo.invitation_of("invited@client.example").await.unwrap();
    let change =
        InvitationChange { phone: Some("+7 926 123 45 67".into()), client_id: Some(String::new()), name: None };
    let after: Invitation = renew(&change).await.decode();
    assert_eq!(after.meta.phone.as_deref(), Some("79261234567"));
    assert_eq!((after.meta.client_id, &after.meta.name), (None, &before.meta.name));
    assert!(after.expires_at > before.expires_at);
    assert_eq!(server.emails().await.len(), 1);

    let bad = renew(&InvitationChange { phone: Some("x".into()), ..InvitationChange::default() }).await;
    assert_eq!((bad.status, bad.text.as_str()), (StatusCode::BAD_REQUEST, r#"{"error":"phone: malformed"}"#));
}

#[tokio::test]
async fn a_revoked_invitation_disappears_and_its_address_can_be_invited_again() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let invitation: Invitation = create(&demo, &invited("new@client.example")).await.decode();
    let token = token_of(&server.emails().await[0]);
    let path = demo.invitation(&invitation.iid);
    let revoked: Invitation = demo.call::<RevokeInvitation>(&path, &Empty {}, &Empty {}).await.decode();
    assert_eq!(revoked.iid, invitation.iid);
    assert!(!token_works(&server, &token).await);
    assert_eq!(demo.invitation_of("new@client.example").await, None);
    for status in [
        demo.call::<RevokeInvitation>(&path, &Empty {}, &Empty {}).await.status,
        demo.call::<ResendInvitation>(&path, &Empty {}, &Empty {}).await.status,
        demo.call::<RenewInvitation>(&path, &Empty {}, &InvitationChange::default()).await.status,
    ] {
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    assert_eq!(create(&demo, &invited("new@client.example")).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn an_email_that_cannot_be_written_is_retried() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let folder = server.data().join("emails");
    std::fs::write(&folder, "in the way").unwrap();
    create(&demo, &invited("new@client.example")).await;
    server.app.deliver_emails().await.unwrap();
    assert_eq!(demo.invitation_of("new@client.example").await.unwrap().sent_at, None);
    std::fs::remove_file(&folder).unwrap();
    assert!(server.emails().await.is_empty(), "no email before the pause has passed");
    server.clock.forward_secs(10);
    let emails = server.emails().await;
    assert_eq!(emails.len(), 1);
    assert!(token_works(&server, &token_of(&emails[0])).await);
}

#[tokio::test]
async fn neither_the_database_nor_the_outbox_has_a_working_link() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    create(&demo, &invited("new@client.example")).await;
    let token = token_of(&server.emails().await[0]);
    let rows = sqlx::query("SELECT token_hash FROM invitations WHERE token_hash IS NOT NULL");
    let rows = rows.fetch_all(&mut server.database().await).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_ne!(rows[0].get::<Vec<u8>, _>(0), token.as_bytes());
    assert!(!crate::support::logged().contains(&token));
}

#[tokio::test]
async fn names_cannot_add_headers_to_an_email() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    for name in ["a\r\nBcc: evil@evil.example", "a\nBcc: x", "a\u{2028}Bcc: x"] {
        let new = NewInvitation { name: Some(name.into()), ..invited("new@client.example") };
        assert_eq!(create(&demo, &new).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
    }
    for (n, name) in ["=?utf-8?q?=0ABcc?=", "%0d%0aBcc: x", "\"evil\" <evil@evil.example>, b"].iter().enumerate() {
        let new = NewInvitation { name: Some((*name).into()), ..invited(&format!("new{n}@client.example")) };
        assert_eq!(create(&demo, &new).await.status, StatusCode::CREATED, "{name:?}");
    }
    server.app.deliver_emails().await.unwrap();
    let mut count = 0;
    for file in std::fs::read_dir(server.data().join("emails")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let headers = text.split_once("\r\n\r\n").unwrap().0;
        let names: Vec<_> = headers.lines().filter(|line| !line.starts_with([' ', '\t'])).collect();
        assert!(!names.iter().any(|line| line.to_lowercase().starts_with("bcc")), "{headers}");
        assert_eq!(names.iter().filter(|line| line.starts_with("To: ")).count(), 1, "{headers}");
        count += 1;
    }
    assert_eq!(count, 3);
}
