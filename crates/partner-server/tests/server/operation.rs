//! Running the server: health checks, request ids, logs, restarts, graceful stops and the check of the database schema.

use partner_api::{
    BlockClients, CreateInvitation, DetachClients, Endpoint, Method, bulk::ClientPids, endpoint::Empty,
    invitation::NewInvitation,
};
use partner_demo::seed::DEMO_PASSWORD;
use partner_server::store::Store;
use reqwest::StatusCode;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Reply, logged, new_key, spawn_app, spawn_app_empty};

#[tokio::test]
async fn health_and_readiness_are_reported() {
    let server = spawn_app().await;
    let get = async |path: &str| Reply::of(server.anonymous().request(Method::Get, path).send().await.unwrap()).await;
    let health = get("/healthz").await;
    assert_eq!((health.status, health.text.as_str()), (StatusCode::OK, "ok"));
    let ready = get("/readyz").await;
    assert_eq!((ready.status, ready.text.as_str()), (StatusCode::OK, "ready"));
    assert_eq!(ready.header("cache-control"), "no-store");
    let missing = get("/api/v2").await;
    assert_eq!((missing.status, missing.code().as_str()), (StatusCode::NOT_FOUND, "not_found"));
    let wrong = server.anonymous().request(Method::Put, "/api/v1/auth/session").send().await.unwrap();
    let wrong = Reply::of(wrong).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"));
    for reply in [missing, wrong] {
        assert!(reply.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn the_deployable_program_has_no_fault_injection_and_no_demonstration_data() {
    let server = spawn_app().await;
    for method in [Method::Get, Method::Put] {
        let request = server.anonymous().request(method, "/partner-faults").body("[]");
        assert_eq!(Reply::of(request.send().await.unwrap()).await.status, StatusCode::NOT_FOUND);
    }
    let fault = r#"{"kind":"internal"}"#;
    let request = server.anonymous().request(Method::Get, "/healthz").header("x-partner-fault", fault);
    assert_eq!(Reply::of(request.send().await.unwrap()).await.status, StatusCode::OK);
    let program = std::fs::read(env!("CARGO_BIN_EXE_partner-server")).unwrap();
    let has = |text: &str| program.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has("/healthz"), "the search finds texts that the program has");
    for text in ["partner-faults", "x-partner-fault", "drop_after", DEMO_PASSWORD] {
        assert!(!has(text), "{text}");
    }
}

#[tokio::test]
async fn a_request_keeps_the_id_of_its_header_if_the_id_is_valid() {
    let server = spawn_app().await;
    let id_of = async |requested: &str| {
        let request = server.anonymous().request(Method::Post, "/api/v1/auth/signout").header("x-req-id", requested);
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!(reply.json()["request_id"], reply.header("x-req-id"));
        reply.header("x-req-id").to_owned()
    };
    assert_eq!(id_of("my-Request_7").await, "my-Request_7");
    for bad in ["", "a b", "a\"b", &"x".repeat(65)] {
        assert_eq!(id_of(bad).await.len(), 32, "{bad}");
    }
}

#[tokio::test]
async fn the_log_has_one_line_per_request_and_no_secrets() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    demo.sign_in("demo@partner.example", "a-wrong-password").await;
    let body = NewInvitation {
        email: "logged@client.example".into(),
        name: Some("Logged Person".into()),
        ..NewInvitation::default()
    };
    let reply = demo.call::<CreateInvitation>(&demo.partner(), &Empty {}, &body).await;
    server.emails().await;
    let log = logged();
    let id = reply.header("x-req-id");
    let line = log.lines().find(|line| line.contains(id)).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["status"], &line["span"]["method"]), (&201.into(), &"POST".into()));
    assert_eq!(line["span"]["route"], "/api/v1/partners/{pid}/invites");
    assert_eq!(line["span"]["partner"], demo.pid.as_str());
    assert!(log.contains("authn_login_fail"));
    let session = demo.cookie.unwrap().replace("sid=", "");
    let token = demo.csrf_token.unwrap();
    for secret in [DEMO_PASSWORD, "a-wrong-password", &session, &token, "client.example", "partner.example", "Logged"] {
        let leak = log.lines().find(|line| line.contains(secret));
        assert_eq!(leak, None, "{secret}");
    }
}

#[tokio::test]
async fn a_restart_keeps_all_data() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let pids = |pids: &[&str]| ClientPids { pids: pids.iter().map(|pid| (*pid).to_owned()).collect() };
    let body = NewInvitation { email: "new@client.example".into(), ..NewInvitation::default() };
    demo.call::<CreateInvitation>(&demo.partner(), &Empty {}, &body).await;
    demo.call::<BlockClients>(&demo.partner(), &Empty {}, &pids(&["mcs4410000001"])).await;
    demo.call::<DetachClients>(&demo.partner(), &Empty {}, &pids(&["mcs4410000003"])).await;
    server.emails().await;
    let (clients, invitations) = (demo.clients().await, demo.invitations().await);

    let server = server.restart().await;
    let mut same_session = server.anonymous();
    (same_session.cookie, same_session.pid) = (demo.cookie, demo.pid);
    assert_eq!(same_session.clients().await, clients);
    assert_eq!(same_session.invitations().await, invitations);
}

#[tokio::test]
async fn a_stopping_server_finishes_running_requests_and_accepts_no_new_ones() {
    let mut server = spawn_app().await;
    let demo = server.demo().await;
    let body = r#"{"pids":["mcs4410000001"]}"#;
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nx-csrf-token: {}\r\nIdempotency-Key: {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        BlockClients::url(&demo.partner(), &Empty {}),
        server.address,
        demo.cookie.as_deref().unwrap(),
        demo.csrf_token.as_deref().unwrap(),
        new_key(),
        body.len()
    );
    // Open one connection that sends half a request, and one that sends nothing.
    let _idle = TcpStream::connect(server.address).await.unwrap();
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(head.as_bytes()).await.unwrap();
    slow.write_all(&body.as_bytes()[..5]).await.unwrap();
    // Wait for the reply to a request on another connection, to give the server time to read the first half.
    demo.clients().await;

    let stopped = server.stop();
    while TcpStream::connect(server.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    slow.write_all(&body.as_bytes()[5..]).await.unwrap();
    let mut reply = String::new();
    slow.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains(r#""status":"done""#), "{reply}");
    stopped.await.unwrap().unwrap();
    let journal = server.data().join("partner.sqlite-wal");
    assert!(
        !journal.exists() || journal.metadata().unwrap().len() == 0,
        "the journal is written back into the database file"
    );
}

#[tokio::test]
async fn a_newer_schema_is_refused_with_a_message() {
    let server = spawn_app().await;
    let mut database = server.database().await;
    let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                  VALUES (9999, 'of the future', $1, $2, 0)";
    sqlx::query(insert).bind(true).bind(vec![0]).execute(&mut database).await.unwrap();
    let error = Store::open(server.location()).await.unwrap_err().to_string();
    assert!(error.contains("schema 9999") && error.contains("newer than this program"), "{error}");
}

#[tokio::test]
async fn the_error_names_a_folder_that_cannot_be_created() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = format!("{:#}", Store::open(&file.join("data")).await.unwrap_err());
    assert!(error.contains("cannot create the data folder"), "{error}");
}

#[tokio::test]
async fn the_demonstration_is_deterministic() {
    let (one, two) = (spawn_app_empty().await, spawn_app_empty().await);
    let (one, two) = (one.demo().await, two.demo().await);
    assert_eq!(one.clients().await, two.clients().await);
    assert_eq!(one.invitations().await, two.invitations().await);
    let emails: Vec<_> = one.clients().await.into_iter().filter_map(|client| client.owner.email).collect();
    let known = emails.iter().position(|email| email == "lima@client.example").unwrap();
    assert_eq!(known, 16, "the known clients come first");
    assert_eq!(emails.last().unwrap(), "яна@пример.испытание");
}
