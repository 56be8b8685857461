//! *Contact sales*: storing requests, emails about requests, validation and rate limits.

use std::{net::IpAddr, sync::Arc};

use mail_parser::{HeaderName, Message, MessageParser};
use partner_api::{
    CreateContactRequest, Endpoint, Method,
    auth::IDEMPOTENCY_HEADER,
    contact::{ContactRequest, NewContactRequest},
    endpoint::{Empty, NoPath},
};
use partner_demo::seed::DEMO_PID;
use partner_server::captcha::{Captcha, Verdict};
use reqwest::StatusCode;
use sqlx::Row;

use crate::support::{Caller, Reply, Server, logged, new_key, spawn_app, spawn_app_with};

const HOUR_SECS: i64 = 60 * 60;

fn typed(email: &str) -> NewContactRequest {
    NewContactRequest {
        name: "Анна Петрова".into(),
        email: email.into(),
        phone: "8 (926) 123-45-67".into(),
        company: "Öl & Söhne".into(),
        message: "We resell.\r\nCall us.".into(),
        locale: Some("en".into()),
        filled_in_ms: 20_000,
        ..NewContactRequest::default()
    }
}

async fn send(caller: &Caller, body: &NewContactRequest) -> Reply {
    caller.call::<CreateContactRequest>(&NoPath {}, &Empty {}, body).await
}

/// Sends a request with the `X-Forwarded-For` header that a proxy adds for a client with this IP address.
async fn send_from(caller: &Caller, ip: &str, body: &NewContactRequest) -> Reply {
    let request = caller.request(Method::Post, CreateContactRequest::ROUTE).header("x-forwarded-for", ip);
    Reply::of(request.header(IDEMPOTENCY_HEADER, new_key()).json(body).send().await.unwrap()).await
}

fn reference(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply.decode::<ContactRequest>().reference
}

async fn stored(server: &Server) -> i64 {
    let count = sqlx::query("SELECT count(*) FROM contact_requests");
    count.fetch_one(&mut server.database().await).await.unwrap().get(0)
}

/// Returns the contents of the emails that the server wrote to files, in no particular order.
async fn eml(server: &Server) -> Vec<String> {
    server.app.deliver_emails().await.unwrap();
    let Ok(files) = std::fs::read_dir(server.data().join("emails")) else { return Vec::new() };
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

fn parse(eml: &str) -> Message<'_> {
    MessageParser::default().parse(eml).unwrap()
}

fn to(email: &Message<'_>) -> String {
    email.to().unwrap().first().unwrap().address().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_is_stored_and_two_emails_are_sent() {
    let server = spawn_app().await;
    let reference = reference(&send(&server.anonymous(), &typed(" Anna@company.example ")).await);
    assert!(reference.len() == 10 && reference.starts_with("C-"), "{reference}");

    let query = sqlx::query("SELECT reference, email, phone, message, partner_pid, network FROM contact_requests");
    let row = query.fetch_one(&mut server.database().await).await.unwrap();
    assert_eq!(row.get::<&str, _>(0), reference);
    assert_eq!((row.get::<&str, _>(1), row.get::<&str, _>(2)), ("Anna@company.example", "+79261234567"));
    assert_eq!(row.get::<&str, _>(3), "We resell.\nCall us.");
    assert_eq!((row.get::<Option<&str>, _>(4), row.get::<&str, _>(5)), (None, "127.0.0.0/24"));

    let files = eml(&server).await;
    let mut emails: Vec<_> = files.iter().map(|file| parse(file)).collect();
    emails.sort_by_key(to);
    let [confirmation, sales] = &emails[..] else { panic!("{files:?}") };
    assert_eq!((to(confirmation), to(sales)), ("Anna@company.example".into(), "sales@partner.example".into()));
    let reply_to = sales.reply_to().unwrap().first().unwrap();
    assert_eq!((reply_to.name(), reply_to.address()), (Some("Анна Петрова"), Some("Anna@company.example")));
    let (to_sender, to_sales) = (confirmation.body_text(0).unwrap(), sales.body_text(0).unwrap());
    for part in ["Анна Петрова", "+79261234567", "Öl & Söhne", "We resell.", &reference] {
        assert!(to_sales.contains(part), "{part} in {to_sales}");
    }
    assert!(
        to_sender.contains(&reference)
            && to_sender.contains("48 hours")
            && to_sender.contains(&server.url("/partner/app/"))
    );
    assert!(!to_sender.contains("Анна") && !to_sender.contains("resell"), "{to_sender}");
}

#[tokio::test]
async fn the_confirmation_is_in_the_language_of_the_page() {
    let server = spawn_app().await;
    let body = NewContactRequest { locale: Some("ru".into()), ..typed("anna@company.example") };
    let reference = reference(&send(&server.anonymous(), &body).await);
    let files = eml(&server).await;
    let confirmation = files.iter().map(|file| parse(file)).find(|email| to(email) == "anna@company.example");
    let confirmation = confirmation.unwrap();
    assert_eq!(confirmation.subject(), Some(&*format!("Ваша заявка {reference}")));
    assert!(confirmation.body_text(0).unwrap().contains("в течение 48 часов"));
}

#[tokio::test]
async fn a_request_with_invalid_fields_is_refused_and_not_stored() {
    let server = spawn_app().await;
    let wrong = NewContactRequest {
        name: " ".into(),
        email: "anna".into(),
        phone: "call me".into(),
        company: "x".repeat(256),
        message: "ы".repeat(4_001),
        filled_in_ms: 20_000,
        ..NewContactRequest::default()
    };
    let reply = send(&server.anonymous(), &wrong).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"));
    let expected = serde_json::json!([
        {"pointer": "/name", "code": "required"},
        {"pointer": "/email", "code": "malformed"},
        {"pointer": "/phone", "code": "malformed"},
        {"pointer": "/company", "code": "too_long"},
        {"pointer": "/message", "code": "too_long"},
    ]);
    assert_eq!(reply.json()["errors"], expected);
    let huge = NewContactRequest { message: "x".repeat(300_000), ..typed("anna@company.example") };
    assert_eq!(send(&server.anonymous(), &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(stored(&server).await, 0);
}

#[tokio::test]
async fn repeated_and_concurrent_requests_are_stored_once() {
    let server = spawn_app().await;
    let key = new_key();
    let sends = (0..20_u64).map(|n| {
        let (caller, key) = (server.anonymous(), key.clone());
        // All requests have the same contents. Only the time that filling in the form took differs.
        let body = NewContactRequest { filled_in_ms: 20_000 + n, ..typed("anna@company.example") };
        async move { caller.call_with_key::<CreateContactRequest>(&NoPath {}, &Empty {}, &body, &key).await }
    });
    let replies = futures_util::future::join_all(sends).await;
    let first = reference(&replies[0]);
    assert!(replies.iter().all(|reply| reference(reply) == first));
    assert_eq!(replies.iter().filter(|reply| reply.header("idempotent-replayed") == "true").count(), 19);
    assert_eq!((stored(&server).await, eml(&server).await.len()), (1, 2));

    let caller = server.anonymous();
    let other = typed("boris@company.example");
    let reply = caller.call_with_key::<CreateContactRequest>(&NoPath {}, &Empty {}, &other, &key).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::CONFLICT, "idempotency_conflict"));
    let keyless = caller.request(Method::Post, CreateContactRequest::ROUTE).json(&other);
    assert_eq!(Reply::of(keyless.send().await.unwrap()).await.code(), "idempotency_key_missing");
}

#[tokio::test]
async fn the_limit_per_email_address_survives_a_restart() {
    let server = spawn_app_with(|settings| settings.behind_proxy = true).await;
    let caller = server.anonymous();
    for (n, email) in ["anna@company.example", "Anna@company.example", "anna@COMPANY.example"].iter().enumerate() {
        reference(&send_from(&caller, &format!("192.0.{n}.1"), &typed(email)).await);
        server.clock.forward_secs(60);
    }
    let refused = send_from(&caller, "192.0.9.1", &typed("anna@company.example")).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"));
    assert_eq!(refused.header("retry-after"), (HOUR_SECS - 180).to_string());

    let server = server.restart().await;
    let caller = server.anonymous();
    assert_eq!(send(&caller, &typed("anna@company.example")).await.status, StatusCode::TOO_MANY_REQUESTS);
    reference(&send(&caller, &typed("boris@company.example")).await);
    server.clock.forward_secs(HOUR_SECS - 180);
    reference(&send(&caller, &typed("anna@company.example")).await);
}

#[tokio::test]
async fn the_limit_per_network_does_not_affect_other_networks() {
    let server = spawn_app_with(|settings| settings.behind_proxy = true).await;
    let caller = server.anonymous();
    for n in 0..10 {
        reference(&send_from(&caller, &format!("192.0.2.{n}"), &typed(&format!("a{n}@company.example"))).await);
    }
    let refused = send_from(&caller, "192.0.2.200", &typed("b@company.example")).await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3600"));
    reference(&send_from(&caller, "192.0.3.1", &typed("b@company.example")).await);
    for n in 0..10 {
        reference(&send_from(&caller, &format!("2001:db8:1:2::{n}"), &typed(&format!("c{n}@company.example"))).await);
    }
    let refused = send_from(&caller, "2001:db8:1:2:ffff::", &typed("d@company.example")).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    reference(&send_from(&caller, "2001:db8:1:3::1", &typed("d@company.example")).await);
    // Signed-in users can still send requests, because the limit for a network does not apply to them.
    reference(&send_from(&server.demo().await, "192.0.2.1", &typed("demo@partner.example")).await);
}

#[tokio::test]
async fn the_request_of_a_bot_gets_a_reply_and_is_dropped() {
    let server = spawn_app().await;
    let caller = server.anonymous();
    let trapped = NewContactRequest { website: "https://spam.example".into(), ..typed("spam@company.example") };
    let filled_too_fast = NewContactRequest { filled_in_ms: 1_999, ..typed("spam@company.example") };
    for body in [&trapped, &filled_too_fast] {
        let reference = reference(&send(&caller, body).await);
        assert!(reference.len() == 10 && reference.starts_with("C-"), "{reference}");
    }
    assert_eq!((stored(&server).await, eml(&server).await.len()), (0, 0));
    let log = logged();
    assert!(
        log.contains("contact_dropped") && log.contains("\"total\":2"),
        "the dropped request is counted and logged"
    );
    assert!(
        !log.contains("spam.example") && !log.contains("spam@company.example"),
        "the log has no text of the request"
    );
}

#[tokio::test]
async fn the_request_of_a_signed_in_user_has_the_partner_and_skips_the_bot_check() {
    let server = spawn_app().await;
    let mut demo = server.demo().await;
    let quick = NewContactRequest { filled_in_ms: 0, ..typed("demo@partner.example") };
    reference(&send(&demo, &quick).await);
    let partner = sqlx::query("SELECT partner_pid FROM contact_requests").fetch_one(&mut server.database().await).await;
    assert_eq!(partner.unwrap().get::<&str, _>(0), DEMO_PID);
    demo.csrf_token = None;
    assert_eq!(
        send(&demo, &quick).await.status,
        StatusCode::FORBIDDEN,
        "another site cannot send a request as this user"
    );
    demo.cookie = Some("sid=of-yesterday".into());
    reference(&send(&demo, &typed("demo@partner.example")).await);
}

/// Texts that try to inject headers or recipients into emails.
const HOSTILE: [&str; 30] = [
    "a\r\nBcc: evil@evil.example",
    "a\nBcc: evil@evil.example",
    "a\rBcc: evil@evil.example",
    "a\r\n\r\nAnother body",
    "a\r\nSubject: Buy",
    "a\r\nContent-Type: text/html\r\n\r\n<h1>Buy</h1>",
    "a\u{b}Bcc: evil@evil.example",
    "a\u{c}Bcc: evil@evil.example",
    "a\u{85}Bcc: evil@evil.example",
    "a\u{2028}Bcc: evil@evil.example",
    "a\u{2029}Bcc: evil@evil.example",
    "a\0Bcc: evil@evil.example",
    "a%0d%0aBcc: evil@evil.example",
    "a%0ABcc:evil@evil.example",
    "a\\r\\nBcc: evil@evil.example",
    "a&#13;&#10;Bcc: evil@evil.example",
    "a\u{560a}Bcc: evil@evil.example",
    "a\u{560d}\u{560a}Bcc: evil@evil.example",
    "=?utf-8?Q?=0D=0ABcc:_evil@evil.example?=",
    "=?utf-8?B?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
    "evil@evil.example, other@evil.example",
    "evil@evil.example; other@evil.example",
    "\"a\" <evil@evil.example>",
    "<evil@evil.example>",
    "a\"\r\nBcc: evil@evil.example",
    "\",evil@evil.example,\"",
    "a (comment) evil@evil.example",
    "Bcc: evil@evil.example",
    "\t\r\n Bcc: evil@evil.example",
    ".\r\nMAIL FROM:<evil@evil.example>",
];

#[tokio::test]
async fn no_typed_text_gets_into_the_headers_of_an_email() {
    let server = spawn_app_with(|settings| settings.behind_proxy = true).await;
    let caller = server.anonymous();
    let mut accepted = 0;
    for (n, hostile) in HOSTILE.into_iter().enumerate() {
        let good = typed(&format!("good{n}@company.example"));
        let bodies = [
            NewContactRequest { name: hostile.into(), ..good.clone() },
            NewContactRequest { company: hostile.into(), ..good.clone() },
            NewContactRequest { message: hostile.into(), ..good.clone() },
            NewContactRequest { email: hostile.into(), ..good.clone() },
            NewContactRequest { email: format!("{hostile}@company.example"), ..good.clone() },
            NewContactRequest { email: format!("good{n}@company.example{hostile}"), ..good.clone() },
            NewContactRequest { phone: hostile.into(), ..good.clone() },
            NewContactRequest { locale: Some(hostile.into()), ..good.clone() },
        ];
        for (field, body) in bodies.iter().enumerate() {
            server.clock.forward_secs(HOUR_SECS);
            let reply = send_from(&caller, &format!("10.{n}.{field}.1"), body).await;
            match reply.status {
                StatusCode::CREATED => accepted += 1,
                StatusCode::UNPROCESSABLE_ENTITY => {}
                status => panic!("{status} for {hostile:?} in field {field}"),
            }
        }
    }
    let files = eml(&server).await;
    assert!(files.len() > HOSTILE.len() && files.len() <= 2 * accepted, "{} emails of {accepted}", files.len());
    for file in &files {
        let email = parse(file);
        let mut heads: Vec<_> = email.headers().iter().map(|header| header.name.as_str().to_lowercase()).collect();
        heads.retain(|head| head != "reply-to");
        heads.sort();
        assert_eq!(heads, ["content-type", "date", "from", "mime-version", "subject", "to"], "{file}");
        for head in [HeaderName::To, HeaderName::ReplyTo, HeaderName::From] {
            let Some(addresses) = email.header(head).and_then(|value| value.as_address()) else { continue };
            assert_eq!(addresses.iter().count(), 1, "{file}");
            let address = addresses.first().unwrap().address().unwrap();
            assert!(!address.ends_with("@evil.example"), "{file}");
        }
        let subject = email.subject().unwrap();
        assert!(subject.starts_with("Contact request C-") || subject.starts_with("Your request C-"), "{subject}");
        assert_eq!((email.text_body_count(), email.html_body_count()), (1, 1), "{file}");
    }
}

#[derive(Debug)]
struct FixedCaptcha;

impl Captcha for FixedCaptcha {
    fn is_person<'a>(&'a self, answer: Option<&'a str>, _: IpAddr) -> Verdict<'a> {
        Box::pin(async move {
            anyhow::ensure!(answer != Some("broken"), "out of order");
            Ok(answer == Some("person"))
        })
    }
}

#[tokio::test]
async fn a_configured_captcha_is_required() {
    let server = spawn_app_with(|settings| settings.captcha = Some(Arc::new(FixedCaptcha))).await;
    let caller = server.anonymous();
    let with = |answer: Option<&str>| NewContactRequest {
        captcha: answer.map(str::to_owned),
        ..typed("anna@company.example")
    };
    for (answer, code) in [(None, "required"), (Some("program"), "wrong")] {
        let reply = send(&caller, &with(answer)).await;
        let expected = serde_json::json!([{"pointer": "/captcha", "code": code}]);
        assert_eq!((reply.status, &reply.json()["errors"]), (StatusCode::UNPROCESSABLE_ENTITY, &expected));
    }
    assert_eq!(stored(&server).await, 0);
    reference(&send(&caller, &with(Some("person"))).await);
    reference(&send(&caller, &with(Some("broken"))).await);
    reference(&send(&server.demo().await, &with(None)).await);
}
