//! Observability: the log contains the trace ids of requests, replies to the app contain durations, and a separate
//! listener serves metrics.

use partner_api::{CreateInvitation, Method, endpoint::Empty, invitation::NewInvitation};
use partner_server::serve;
use reqwest::StatusCode;
use tokio::net::TcpListener;

use crate::support::{Reply, Server, logged, spawn_app, spawn_app_with};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[tokio::test]
async fn a_trace_goes_from_the_request_into_the_log_and_into_the_problem() {
    let server = spawn_app().await;
    let anonymous = server.anonymous();
    let send = async |traceparent: &str, id: &str| {
        let request =
            anonymous.request(Method::Get, "/nowhere").header("traceparent", traceparent).header("x-req-id", id);
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!(reply.json()["request_id"], id);
        let trace = reply.json()["trace_id"].as_str().unwrap().to_owned();
        let lines = logged();
        let line = lines.lines().find(|line| line.contains(&format!("\"{id}\""))).unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["span"]["trace"], trace.as_str(), "{line}");
        trace
    };
    assert_eq!(send(&format!("00-{TRACE}-00f067aa0ba902b7-01"), "traced-1").await, TRACE);
    for (number, bad) in
        ["", "garbage", &format!("00-{TRACE}-0000000000000000-01"), &format!("00-{TRACE}")].iter().enumerate()
    {
        let made = send(bad, &format!("untraced-{number}")).await;
        assert!(made.len() == 32 && made != TRACE, "{bad} {made}");
    }
}

#[tokio::test]
async fn only_the_apps_own_pages_see_the_duration_of_a_call() {
    let server = spawn_app().await;
    let send = async |site: &str, path: &str| {
        let request = server.anonymous().request(Method::Get, path).header("sec-fetch-site", site);
        Reply::of(request.send().await.unwrap()).await
    };
    let own = send("same-origin", "/api/v1/auth/session").await;
    let timing = own.header("server-timing");
    let times: Vec<f64> = timing.split(", ").map(|part| part.split_once("dur=").unwrap().1.parse().unwrap()).collect();
    assert!(timing.starts_with("app;dur=") && timing.contains(", total;dur="), "{timing}");
    assert!(times[0] <= times[1], "{timing}");
    assert!(own.headers.get("timing-allow-origin").is_none());
    for site in ["same-site", "cross-site", "none"] {
        assert_eq!(send(site, "/api/v1/auth/session").await.header("server-timing"), "", "{site}");
    }
    assert_eq!(send("same-origin", "/healthz").await.header("server-timing"), "", "a health check is not a call");
}

/// Serves the metrics on a temporary listener, requests them once, and returns the reply.
pub(crate) async fn metrics(server: &Server) -> Reply {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/metrics", listener.local_addr().unwrap());
    let serving = tokio::spawn(serve::serve_metrics(server.app.clone(), listener));
    let reply = Reply::of(reqwest::get(url).await.unwrap()).await;
    serving.abort();
    reply
}

/// Returns the value of a metric from the text of a metrics reply. `name` includes the labels.
pub(crate) fn value(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in\n{text}")).parse().unwrap()
}

#[tokio::test]
async fn metrics_are_served_on_a_separate_listener() {
    // Use an SMTP address without a mail server, so that emails stay in the queue.
    let server = spawn_app_with(|settings| settings.smtp_url = Some("smtp://127.0.0.1:9".parse().unwrap())).await;
    let demo = server.demo().await;
    for number in 0..3 {
        assert_eq!(
            demo.request(Method::Get, &format!("/api/v1/partners/{}/clients/mcs{number}", demo.pid))
                .send()
                .await
                .unwrap()
                .status(),
            StatusCode::NOT_FOUND
        );
    }
    demo.http.request("BREW".parse().unwrap(), server.url("/secret-path")).send().await.unwrap();
    let body = NewInvitation { email: "waiting@client.example".into(), ..NewInvitation::default() };
    let reply = demo.call::<CreateInvitation>(&demo.partner(), &Empty {}, &body).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    server.clock.forward_secs(90);

    let reply = metrics(&server).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.header("content-type").starts_with("application/openmetrics-text"));
    let text = &reply.text;
    let count = |method: &str, route: &str, status: u16| {
        value(
            text,
            &format!("partner_request_seconds_count{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}"),
        )
    };
    assert_eq!(count("GET", "/api/v1/partners/{pid}/clients/{client_pid}", 404) as u32, 3);
    assert_eq!(count("POST", "/api/v1/partners/{pid}/invites", 201) as u32, 1);
    assert_eq!(count("other", "-", 404) as u32, 1);
    // The metrics of emails also have deprecated names, which existing dashboards may use.
    for name in ["partner_emails_waiting", "partner_letters_waiting"] {
        assert_eq!(value(text, name) as u32, 1, "{name}");
    }
    for name in ["partner_oldest_email_seconds", "partner_oldest_letter_seconds"] {
        assert!(value(text, name) >= 90.0, "{name}");
    }
    assert_eq!(value(text, "partner_sessions") as u32, 1);
    // The metrics must not contain personal data, paths or any other text from requests.
    for word in ["mcs", "example", "BREW", "secret-path"] {
        assert!(!text.contains(word), "{word}");
    }
    server.clock.forward_secs(31 * 60);
    assert_eq!(value(&metrics(&server).await.text, "partner_sessions") as u32, 0);
}

#[tokio::test]
async fn the_public_listener_has_no_metrics() {
    let server = spawn_app().await;
    for path in ["/metrics", "/metrics/", "/api/metrics", "/partner/app/metrics"] {
        let reply = server.demo().await.request(Method::Get, path).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
