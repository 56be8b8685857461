//! Accepting an invitation: from the email to an active client.

use partner_api::{
    AcceptInvitation, BlockClients, Client, CreateInvitation, CreateInvitationLink, DetachClients, GetBalance,
    Invitation, LookUpInvitation, ResendInvitation, RevokeInvitation, UnblockClients,
    acceptance::{AcceptedInvitation, InvitationOffer, InvitationToken},
    bulk::{ClientPids, OutcomeStatus, Outcomes},
    endpoint::{Empty, NoPath},
    invitation::{InvitationLink, NewInvitation},
};
use reqwest::StatusCode;

use crate::support::{Caller, Reply, Server, new_key, spawn_app, token_of};

const WEEK_SECS: i64 = 7 * 24 * 60 * 60;

async fn invite(server: &Server, caller: &Caller, new: &NewInvitation) -> (Invitation, String) {
    let before = server.emails().await;
    let reply = caller.call::<CreateInvitation>(&caller.partner(), &Empty {}, new).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    (reply.decode(), new_token(server, &before).await)
}

/// Returns the token in the only email that is not in `before`.
async fn new_token(server: &Server, before: &[String]) -> String {
    let emails = server.emails().await;
    let new: Vec<_> = emails.iter().filter(|email| !before.contains(email)).collect();
    let [email] = &new[..] else { panic!("{new:?}") };
    token_of(email)
}

fn invited(email: &str) -> NewInvitation {
    NewInvitation { email: email.into(), ..NewInvitation::default() }
}

fn body(token: &str) -> InvitationToken {
    InvitationToken { token: token.into() }
}

async fn look_up(caller: &Caller, token: &str) -> Reply {
    caller.call::<LookUpInvitation>(&NoPath {}, &Empty {}, &body(token)).await
}

async fn accept(caller: &Caller, token: &str) -> Reply {
    caller.call::<AcceptInvitation>(&NoPath {}, &Empty {}, &body(token)).await
}

#[tokio::test]
async fn the_link_in_the_email_shows_the_offer_and_accepting_makes_a_client() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let new = NewInvitation {
        email: "Anna@client.example".into(),
        name: Some("Anna".into()),
        phone: Some("+7 926 123-45-67".into()),
        client_id: Some("CRM-7".into()),
    };
    let (invitation, token) = invite(&server, &demo, &new).await;
    let anonymous = server.anonymous();
    let offer: InvitationOffer = look_up(&anonymous, &token).await.decode();
    assert_eq!(offer.partner_title.as_deref(), Some("Северный ветер"));
    assert_eq!(offer.initiator.as_deref(), Some("demo@partner.example"));
    assert_eq!((offer.email.as_str(), Some(offer.expires_at.0)), ("Anna@client.example", invitation.expires_at));

    server.clock.forward_secs(60);
    let reply = accept(&anonymous, &token).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let accepted: AcceptedInvitation = reply.decode();
    assert_eq!(accepted.email, "Anna@client.example");
    assert_eq!(demo.invitation_of("Anna@client.example").await, None);
    let client = demo.client_of("Anna@client.example").await.unwrap();
    assert_eq!((&client.pid, client.enabled), (&accepted.pid, Some(true)));
    assert_eq!(client.owner.name.as_deref(), Some("Anna"));
    assert_eq!((client.phone.as_deref(), client.attr.client_id.as_deref()), (Some("79261234567"), Some("CRM-7")));
    assert_eq!(client.ctime.unwrap().secs(), invitation.ctime.unwrap().secs() + 60);
    let balance = demo.call::<GetBalance>(&demo.client(&client.pid), &Empty {}, &Empty {}).await;
    assert_eq!(balance.status, StatusCode::OK, "{}", balance.text);

    let mut lines = server.app.audit_lines(3).await.unwrap();
    let identifier = lines.pop().unwrap();
    assert_eq!((identifier.action.as_str(), identifier.subject.as_str()), ("identifier_set", client.pid.as_str()));
    assert_eq!((identifier.before, identifier.after.as_deref()), (None, Some("CRM-7")));
    assert_eq!(identifier.operation_id, lines[0].operation_id);
    let entries: Vec<_> =
        lines.iter().map(|it| (it.subject.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
    assert_eq!(
        entries,
        [(invitation.iid.as_str(), Some("pending"), Some("accepted")), (&*client.pid, None, Some("active"))]
    );
    assert!(lines.iter().all(|it| it.action == "invitation_accepted" && it.actor == "Anna@client.example"));
    assert_eq!(lines[0].operation_id, lines[1].operation_id);
    assert!(!crate::support::logged().contains(&token));
}

#[tokio::test]
async fn looking_up_an_invitation_changes_nothing() {
    let server = spawn_app().await;
    let (_, token) = invite(&server, &server.demo().await, &invited("new@client.example")).await;
    let anonymous = server.anonymous();
    for _ in 0..100 {
        assert_eq!(look_up(&anonymous, &token).await.status, StatusCode::OK);
        let page = anonymous.request(partner_api::Method::Get, "/partner/app/en/invitation").send().await.unwrap();
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "this server has no bundle");
    }
    assert_eq!(accept(&anonymous, &token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn invalid_links_of_every_kind_get_the_same_reply() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let (_, used) = invite(&server, &demo, &invited("used@client.example")).await;
    accept(&server.anonymous(), &used).await;
    let (revoked_invitation, revoked) = invite(&server, &demo, &invited("revoked@client.example")).await;
    demo.call::<RevokeInvitation>(&demo.invitation(&revoked_invitation.iid), &Empty {}, &Empty {}).await;
    let (replaced_invitation, replaced) = invite(&server, &demo, &invited("replaced@client.example")).await;
    demo.call::<ResendInvitation>(&demo.invitation(&replaced_invitation.iid), &Empty {}, &Empty {}).await;
    let (_, expired) = invite(&server, &demo, &invited("late@client.example")).await;
    server.clock.forward_secs(WEEK_SECS);

    let anonymous = server.anonymous();
    let reply_of = |reply: &Reply| {
        let mut body = reply.json();
        for name in ["request_id", "trace_id"] {
            body.as_object_mut().unwrap().remove(name);
        }
        (reply.status, body, reply.headers.len())
    };
    let unknown = reply_of(&look_up(&anonymous, &"A".repeat(43)).await);
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
    assert_eq!(reply_of(&accept(&anonymous, "").await), unknown);
    for (what, token) in [("used", used), ("revoked", revoked), ("replaced", replaced), ("expired", expired)] {
        assert_eq!(reply_of(&look_up(&anonymous, &token).await), unknown, "{what}");
        assert_eq!(reply_of(&accept(&anonymous, &token).await), unknown, "{what}");
    }
    let demo = server.demo().await;
    assert!(demo.client_of("revoked@client.example").await.is_none());
    assert!(demo.client_of("late@client.example").await.is_none());
}

#[tokio::test]
async fn twenty_concurrent_acceptances_make_one_client() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let (_, token) = invite(&server, &demo, &invited("new@client.example")).await;
    let tries = (0..20).map(|_| {
        let (caller, token) = (server.anonymous(), token.clone());
        async move { accept(&caller, &token).await.status }
    });
    let statuses = futures_util::future::join_all(tries).await;
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::NOT_FOUND).count(), 19, "{statuses:?}");
    let same = |client: &&Client| client.owner.email.as_deref() == Some("new@client.example");
    assert_eq!(demo.clients().await.iter().filter(same).count(), 1);
}

#[tokio::test]
async fn a_repeated_acceptance_gets_the_same_reply() {
    let server = spawn_app().await;
    let (_, token) = invite(&server, &server.demo().await, &invited("new@client.example")).await;
    let anonymous = server.anonymous();
    let again =
        async |key: &str| anonymous.call_with_key::<AcceptInvitation>(&NoPath {}, &Empty {}, &body(&token), key).await;
    let key = new_key();
    let (first, second) = (again(&key).await, again(&key).await);
    assert_eq!((first.status, &first.text), (StatusCode::OK, &second.text));
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(again(&new_key()).await.status, StatusCode::NOT_FOUND, "used");
    let other = body(&"A".repeat(43));
    let reply = anonymous.call_with_key::<AcceptInvitation>(&NoPath {}, &Empty {}, &other, &key).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::CONFLICT, "idempotency_conflict"));
}

#[tokio::test]
async fn guessing_tokens_is_limited_and_accepting_is_not() {
    let server = spawn_app().await;
    let (_, token) = invite(&server, &server.demo().await, &invited("new@client.example")).await;
    let anonymous = server.anonymous();
    for n in 0..20 {
        assert_eq!(look_up(&anonymous, &format!("guess {n}")).await.status, StatusCode::NOT_FOUND);
    }
    let reply = look_up(&anonymous, &token).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"));
    assert_eq!(reply.header("retry-after"), "60");
    assert_eq!(
        anonymous.sign_in("demo@partner.example", "wrong").await.status,
        StatusCode::UNAUTHORIZED,
        "failed sign-ins have a count of their own"
    );
    server.clock.forward_secs(60);
    assert_eq!(accept(&anonymous, &token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_from_another_site_cannot_accept() {
    let server = spawn_app().await;
    let (_, token) = invite(&server, &server.demo().await, &invited("new@client.example")).await;
    let anonymous = server.anonymous();
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = anonymous.request(partner_api::Method::Post, "/api/v1/invitations/accept");
        let request = request.header(name, value).header("idempotency-key", new_key());
        let reply = request.json(&body(&token)).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(accept(&anonymous, &token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_client_can_be_invited_detached_and_invited_again() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let new = NewInvitation { client_id: Some("CRM-1".into()), ..invited("new@client.example") };
    let (_, token) = invite(&server, &demo, &new).await;
    let accepted: AcceptedInvitation = accept(&server.anonymous(), &token).await.decode();
    let pids = ClientPids { pids: vec![accepted.pid.clone()] };
    let done = |reply: Reply| assert_eq!(reply.decode::<Outcomes>().results[0].status, OutcomeStatus::Done);
    done(demo.call::<BlockClients>(&demo.partner(), &Empty {}, &pids).await);
    assert_eq!(demo.client_of("new@client.example").await.unwrap().enabled, Some(false));
    done(demo.call::<UnblockClients>(&demo.partner(), &Empty {}, &pids).await);
    done(demo.call::<BlockClients>(&demo.partner(), &Empty {}, &pids).await);
    done(demo.call::<DetachClients>(&demo.partner(), &Empty {}, &pids).await);
    assert!(demo.client_of("new@client.example").await.is_none());

    // If another partner invites the detached client, the client gets a new project without the earlier data.
    let other = server.other().await;
    let (_, token) = invite(&server, &other, &invited("NEW@client.example")).await;
    let elsewhere: AcceptedInvitation = accept(&server.anonymous(), &token).await.decode();
    assert_ne!(elsewhere.pid, accepted.pid);
    let client = other.client_of("NEW@client.example").await.unwrap();
    assert_eq!((client.attr.client_id, client.owner.name), (None, None));

    // If the same partner invites the client again, the client gets the earlier project back, and the project is
    // active.
    let new = NewInvitation { name: Some("Anna".into()), ..invited("new@client.example") };
    let (_, token) = invite(&server, &demo, &new).await;
    let again: AcceptedInvitation = accept(&server.anonymous(), &token).await.decode();
    assert_eq!(again.pid, accepted.pid);
    let client = demo.client_of("new@client.example").await.unwrap();
    assert_eq!((client.enabled, client.owner.name.as_deref()), (Some(true), Some("Anna")));
    assert_eq!(
        client.attr.client_id.as_deref(),
        Some("CRM-1"),
        "the new invitation has no identifier, so the old one stays"
    );
}

#[tokio::test]
async fn a_created_link_replaces_the_link_in_the_email() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let (invitation, of_letter) = invite(&server, &demo, &invited("new@client.example")).await;
    let path = demo.invitation(&invitation.iid);
    // Queue another email first. If the server sent this email, the links that are created next would become invalid.
    demo.call::<ResendInvitation>(&path, &Empty {}, &Empty {}).await;
    let create = async || demo.call::<CreateInvitationLink>(&path, &Empty {}, &Empty {}).await;
    let (first, second) = (create().await, create().await);
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let link: InvitationLink = second.decode();
    assert!(link.url.starts_with(&server.url("/partner/app/en/invitation#token=")));
    assert_eq!(Some(link.expires_at.0), invitation.expires_at);
    server.app.deliver_emails().await.unwrap();

    let anonymous = server.anonymous();
    for old in [of_letter, token_of(&first.decode::<InvitationLink>().url)] {
        assert_eq!(look_up(&anonymous, &old).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!crate::support::logged().contains(&token_of(&link.url)));
    assert_eq!(accept(&anonymous, &token_of(&link.url)).await.status, StatusCode::OK);
    assert_eq!(create().await.code(), "not_found", "accepted");
}

#[tokio::test]
async fn creating_a_link_for_an_expired_invitation_starts_a_new_term() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let expired = demo.invitation_of("expired@client.example").await.unwrap();
    let link = demo.call::<CreateInvitationLink>(&demo.invitation(&expired.iid), &Empty {}, &Empty {}).await;
    let link: InvitationLink = link.decode();
    assert!(link.expires_at.0 > expired.expires_at.unwrap());
    assert_eq!(demo.invitation_of("expired@client.example").await.unwrap().expires_at, Some(link.expires_at.0));
    assert_eq!(accept(&server.anonymous(), &token_of(&link.url)).await.status, StatusCode::OK);
}
