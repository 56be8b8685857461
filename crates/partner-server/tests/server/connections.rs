//! Connections that are slow or idle or send too much, and how the server closes connections when it stops.

use std::time::Duration;

use partner_api::{BlockClients, Endpoint, endpoint::Empty};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

use crate::support::{Caller, Server, new_key, spawn_app};

async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address).await.unwrap()
}

/// A time that is longer than the time limits of the server for connections.
const TOO_LONG: Duration = Duration::from_secs(120);

/// Reads until the server closes or resets the connection, and returns the text.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let ended = tokio::time::timeout(TOO_LONG, stream.read_to_end(&mut text)).await;
    assert!(ended.is_ok(), "the server did not close the connection");
    String::from_utf8(text).unwrap()
}

/// Returns the head of a raw HTTP request that blocks clients, with an idempotency key and the length of `body`.
fn block(server: &Server, caller: &Caller, body: &str) -> String {
    format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nx-csrf-token: {}\r\nIdempotency-Key: {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        BlockClients::url(&caller.partner(), &Empty {}),
        server.address,
        caller.cookie.as_deref().unwrap(),
        caller.csrf_token.as_deref().unwrap(),
        new_key(),
        body.len()
    )
}

#[tokio::test]
async fn an_incomplete_head_is_disconnected() {
    let server = spawn_app().await;
    let mut silent = connect(&server).await;
    let mut half = connect(&server).await;
    half.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ").await.unwrap();
    let mut slow = connect(&server).await;
    slow.write_all(b"GET /healthz HTTP/1.1\r\n").await.unwrap();
    let mut idle = connect(&server).await;
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut answer = [0; 12];
    idle.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");

    // Pause the runtime's clock. It then jumps ahead whenever all tasks wait, so that time limits pass at once.
    tokio::time::pause();
    let started = Instant::now();
    let (mut reader, mut writer) = slow.split();
    let send_slowly = async {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        loop {
            tick.tick().await;
            if writer.write_all(b"X: y\r\n").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut text = Vec::new();
    tokio::select! {
        _ = reader.read_to_end(&mut text) => {}
        () = send_slowly => {}
        () = tokio::time::sleep(TOO_LONG) => panic!("the server did not disconnect the slow client"),
    }
    for stream in [&mut silent, &mut half, &mut idle] {
        let text = rest(stream).await;
        assert!(!text.contains("\r\n\r\nok\r\n") && !text.starts_with("HTTP/1.1 200"), "{text}");
    }
    let waited = started.elapsed();
    assert!(waited >= Duration::from_secs(9) && waited < Duration::from_secs(30), "{waited:?}");
}

#[tokio::test]
async fn an_incomplete_body_times_out() {
    let server = spawn_app().await;
    let mut slow = connect(&server).await;
    let head =
        "POST /api/v1/auth/signin HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{";
    slow.write_all(head.as_bytes()).await.unwrap();
    server.anonymous().request(partner_api::Method::Get, "/healthz").send().await.unwrap();
    tokio::time::pause();
    let mut answer = [0; 12];
    slow.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 503");
    tokio::time::resume();
    assert_eq!(healthz(&server).await, 200);
}

async fn healthz(server: &Server) -> u16 {
    server.anonymous().request(partner_api::Method::Get, "/healthz").send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn many_idle_connections_do_not_block_other_requests() {
    let server = spawn_app().await;
    let mut idle = Vec::new();
    for _ in 0..400 {
        idle.push(connect(&server).await);
    }
    let demo = server.demo().await;
    assert!(!demo.clients().await.is_empty());
    tokio::time::pause();
    for mut stream in idle {
        assert_eq!(rest(&mut stream).await, "");
    }
}

#[tokio::test]
async fn oversized_heads_are_refused() {
    let server = spawn_app().await;
    let long = "x".repeat(20_000);
    let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
    for head in [
        format!("GET /{long} HTTP/1.1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{many}\r\n"),
    ] {
        let mut stream = connect(&server).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        let reply = rest(&mut stream).await;
        assert!(
            reply.starts_with("HTTP/1.1 431") || reply.starts_with("HTTP/1.1 414") || reply.starts_with("HTTP/1.1 400"),
            "{reply}"
        );
    }
    assert_eq!(healthz(&server).await, 200);
}

#[tokio::test]
async fn a_stop_finishes_running_requests_and_closes_other_connections() {
    let mut server = spawn_app().await;
    let demo = server.demo().await;
    let clients = demo.clients().await;
    // Skip the first clients, because in the demonstration data another operation locks some of these clients.
    let enabled = clients.iter().skip(40).filter(|client| client.enabled == Some(true));
    let pids: Vec<String> = enabled.map(|client| client.pid.clone()).take(60).collect();
    assert_eq!(pids.len(), 60);

    // Open idle connections, and a connection that sends only half of the head of a request.
    let mut idle = Vec::new();
    for _ in 0..100 {
        idle.push(connect(&server).await);
    }
    let mut slow = connect(&server).await;
    slow.write_all(b"GET /healthz HTTP/1.1\r\nX: ").await.unwrap();
    // Each of these requests blocks one client. The last byte of the body is sent only after the stop has begun.
    let mut running = Vec::new();
    for pid in &pids {
        let body = format!(r#"{{"pids":["{pid}"]}}"#);
        let mut stream = connect(&server).await;
        stream.write_all(block(&server, &demo, &body).as_bytes()).await.unwrap();
        stream.write_all(&body.as_bytes()[..body.len() - 1]).await.unwrap();
        running.push(stream);
    }
    // The reply to this request shows that the server has accepted all earlier connections.
    assert_eq!(healthz(&server).await, 200);

    let stopped = server.stop();
    for mut stream in idle {
        assert_eq!(rest(&mut stream).await, "", "idle connections are closed at once");
    }
    let mut replies = Vec::new();
    for stream in &mut running {
        stream.write_all(b"}").await.unwrap();
    }
    for stream in &mut running {
        replies.push(rest(stream).await);
    }
    // The server still waits for the slow request until the usual time limit. A paused clock skips this wait.
    tokio::time::pause();
    let started = std::time::Instant::now();
    stopped.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(30));
    // Resume the clock, because opening a database takes real time, and its time limit would pass at once otherwise.
    tokio::time::resume();
    drop(slow);

    let acknowledged: Vec<&String> =
        replies.iter().zip(&pids).filter(|(reply, _)| reply.starts_with("HTTP/1.1 200")).map(|(_, pid)| pid).collect();
    assert_eq!(acknowledged.len(), pids.len(), "{replies:?}");
    let server = server.restart().await;
    let demo = server.demo().await;
    let blocked: Vec<String> = demo
        .clients()
        .await
        .into_iter()
        .filter(|client| client.enabled == Some(false))
        .map(|client| client.pid)
        .collect();
    assert!(acknowledged.iter().all(|pid| blocked.contains(pid)), "every acknowledged write is stored");
}

#[tokio::test]
async fn a_slow_client_is_disconnected_after_a_stop() {
    let mut server = spawn_app().await;
    let demo = server.demo().await;
    let mut slow = connect(&server).await;
    let head = block(&server, &demo, r#"{"pids":["mcs4410000001"]}"#);
    slow.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(healthz(&server).await, 200);
    let stopped = server.stop();
    tokio::time::pause();
    let started = Instant::now();
    // The body never arrives, so the request times out, and the server closes the connection and stops.
    let text = rest(&mut slow).await;
    assert!(started.elapsed() <= Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(!text.starts_with("HTTP/1.1 2"), "{text}");
    tokio::time::resume();
    stopped.await.unwrap().unwrap();
}
