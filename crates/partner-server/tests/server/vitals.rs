//! Web vitals: the server counts reports in metrics with a fixed set of labels. Reports have no other effect.

use std::collections::BTreeSet;

use partner_api::{CountVitals, Endpoint, GetSession, Method, endpoint::Empty, endpoint::NoPath};
use reqwest::StatusCode;

use crate::{
    observability::{metrics, value},
    support::{Caller, Reply, spawn_app},
};

async fn send_report(caller: &Caller, body: &str) -> Reply {
    let request = caller.request(Method::Post, CountVitals::ROUTE).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/json").body(body.to_owned());
    Reply::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn measurements_are_counted_by_name_and_kind_of_page() {
    let server = spawn_app().await;
    let anonymous = server.anonymous();
    for body in [
        r#"{"page":"clients","ttfb_ms":12,"fcp_ms":300,"lcp_ms":2400,"inp_ms":48,"boot_ms":950,"cls":0.02}"#,
        r#"{"page":"clients","lcp_ms":4100,"cls":0}"#,
        r#"{"page":"sign_in","lcp_ms":600,"failure":null}"#,
        r#"{"page":"balance","failure":"panic"}"#,
        r#"{"page":"clients","failure":"panic"}"#,
        r#"{"page":"other","failure":"slow"}"#,
    ] {
        let reply = send_report(&anonymous, body).await;
        assert_eq!((reply.status, reply.text.as_str()), (StatusCode::NO_CONTENT, ""), "{body}");
    }
    let text = metrics(&server).await.text;
    let time = |part: &str, measure: &str, page: &str| {
        value(&text, &format!("partner_page_seconds_{part}{{measure=\"{measure}\",page=\"{page}\"}}"))
    };
    assert_eq!(time("count", "lcp", "clients") as u32, 2);
    assert!((6.499..6.501).contains(&time("sum", "lcp", "clients")));
    assert_eq!(time("count", "lcp", "sign_in") as u32, 1);
    for measure in ["ttfb", "fcp", "inp", "boot"] {
        assert_eq!(time("count", measure, "clients") as u32, 1, "{measure}");
    }
    let good = r#"partner_page_seconds_bucket{le="2.5",measure="lcp",page="clients"}"#;
    assert_eq!(value(&text, good) as u32, 1, "the limit of a good LCP is 2.5 s");
    assert_eq!(value(&text, r#"partner_page_layout_shift_count{page="clients"}"#) as u32, 2);
    assert_eq!(value(&text, r#"partner_page_failures_total{kind="panic"}"#) as u32, 2);
    assert_eq!(value(&text, r#"partner_page_failures_total{kind="slow"}"#) as u32, 1);
}

#[tokio::test]
async fn a_malformed_report_is_refused_and_adds_no_label() {
    let server = spawn_app().await;
    let anonymous = server.anonymous();
    for (body, status) in [
        ("", StatusCode::UNPROCESSABLE_ENTITY),
        ("{", StatusCode::BAD_REQUEST),
        (r#"{"page":"/en/clients/mcs4410000001/balance"}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"page":"clients","email":"demo@partner.example"}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"page":"clients","failure":"made-up"}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"page":"clients","lcp_ms":600001}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"page":"clients","lcp_ms":1,"cls":-1}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"page":"clients","cls":1e999}"#, StatusCode::BAD_REQUEST),
    ] {
        let reply = send_report(&anonymous, body).await;
        assert_eq!(reply.status, status, "{body}: {}", reply.text);
    }
    let reply = send_report(&anonymous, r#"{"page":"clients","lcp_ms":600001}"#).await;
    assert_eq!(reply.json()["errors"], serde_json::json!([{"pointer": "/lcp_ms", "code": "out_of_range"}]));

    // A page of another site could send requests with these headers, so the server must refuse them.
    let good = r#"{"page":"clients","lcp_ms":1}"#;
    let send = async |name: &str, value: &str, media_type: &str| {
        let request = anonymous.request(Method::Post, CountVitals::ROUTE).header(name, value);
        request.header("content-type", media_type).body(good).send().await.unwrap().status()
    };
    for site in ["cross-site", "same-site", "none"] {
        assert_eq!(send("sec-fetch-site", site, "application/json").await, StatusCode::FORBIDDEN, "{site}");
    }
    assert_eq!(send("origin", "https://evil.example", "application/json").await, StatusCode::FORBIDDEN);
    let plain = send("sec-fetch-site", "same-origin", "text/plain").await;
    assert_eq!(plain, StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let text = metrics(&server).await.text;
    let counted: Vec<_> = text.lines().filter(|line| line.starts_with("partner_page_")).collect();
    assert_eq!(counted, [""; 0]);
}

#[tokio::test]
async fn metric_labels_come_from_a_fixed_set() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    for page in ["clients", "balance", "contact", "sign_in", "invitation", "other"] {
        let body = format!(r#"{{"page":"{page}","boot_ms":1,"cls":0.5,"failure":"again"}}"#);
        assert_eq!(send_report(&demo, &body).await.status, StatusCode::NO_CONTENT, "{page}");
    }
    let text = metrics(&server).await.text;
    let lines = text.lines().filter(|line| line.starts_with("partner_page_"));
    let labels = lines.flat_map(|line| line.split('{').nth(1).unwrap().split('}').next().unwrap().split(','));
    let labels: BTreeSet<_> = labels.filter(|label| !label.starts_with("le=")).collect();
    let expected = [
        r#"kind="again""#,
        r#"measure="boot""#,
        r#"page="balance""#,
        r#"page="clients""#,
        r#"page="contact""#,
        r#"page="invitation""#,
        r#"page="other""#,
        r#"page="sign_in""#,
    ];
    assert_eq!(labels.into_iter().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn an_address_can_send_sixty_reports_a_minute() {
    let server = spawn_app().await;
    let anonymous = server.anonymous();
    let body = r#"{"page":"clients","boot_ms":700}"#;
    for _ in 0..60 {
        assert_eq!(send_report(&anonymous, body).await.status, StatusCode::NO_CONTENT);
    }
    let reply = send_report(&anonymous, body).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"));
    assert_eq!(reply.header("retry-after"), "60");
    let counted = async || {
        let text = metrics(&server).await.text;
        value(&text, r#"partner_page_seconds_count{measure="boot",page="clients"}"#) as u32
    };
    assert_eq!(counted().await, 60);
    assert_eq!(
        anonymous.sign_in("demo@partner.example", "wrong").await.status,
        StatusCode::UNAUTHORIZED,
        "failed sign-ins have a count of their own"
    );
    server.clock.forward_secs(60);
    assert_eq!(send_report(&anonymous, body).await.status, StatusCode::NO_CONTENT);
    assert_eq!(counted().await, 61);
}

/// The browser sends the session cookie with a report. A report must not prolong the session, because browsers also
/// send reports when the user is not active.
#[tokio::test]
async fn a_report_stores_nothing_and_does_not_prolong_the_session() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let audited = server.app.audit_lines(1000).await.unwrap().len();
    server.clock.forward_secs(20 * 60);
    assert_eq!(send_report(&demo, r#"{"page":"clients","lcp_ms":1}"#).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.app.audit_lines(1000).await.unwrap().len(), audited);
    server.clock.forward_secs(11 * 60);
    assert_eq!(demo.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await.text, "null");
}
