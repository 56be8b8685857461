//! Hostile input: decompression bombs, malicious names, method overrides and misleading URLs.

use partner_api::{
    BlockClients, CreateInvitation, Endpoint, ListInvitations, Method, SetClientIdentifier, SignIn,
    client::ClientIdentifier,
    endpoint::{Empty, NoPath},
    invitation::NewInvitation,
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD};
use reqwest::StatusCode;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use unicode_normalization::UnicodeNormalization;

use crate::support::{Reply, logged, new_key, spawn_app, spawn_app_with};

#[tokio::test]
async fn huge_and_deeply_nested_bodies_are_refused_cheaply() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let block = BlockClients::url(&demo.partner(), &Empty {});
    let post = |body: Vec<u8>| {
        demo.request(Method::Post, &block)
            .header("content-type", "application/json")
            .header("idempotency-key", new_key())
            .body(body)
    };
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    let objects = [br#"{"pids":"#.repeat(20_000), b"1".to_vec(), b"}".repeat(20_000)].concat();
    let numbers = format!(r#"{{"pids":[1e{}]}}"#, "9".repeat(100_000)).into_bytes();
    // These bytes are the beginning of a gzip file. The server must refuse a compressed body without decompressing it.
    let gzip =
        [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0xed, 0xc1, 1, 1, 0, 0, 0, 0x80, 0x90, 0xfe, 0xaf][..]].concat();
    let pids: Vec<String> = (0..5000).map(|number| format!("\"mcs{number}\"")).collect();
    let many = format!(r#"{{"pids":[{}]}}"#, pids.join(",")).into_bytes();
    let mut wrong = Vec::new();
    for (name, request, status) in [
        ("nested lists", post(deep), 422),
        ("nested objects", post(objects), 422),
        ("a number without end", post(numbers), 422),
        ("not UTF-8", post(b"{\"pids\":[\"\xff\xfe\"]}".to_vec()), 400),
        ("a lone surrogate", post(br#"{"pids":["\ud800"]}"#.to_vec()), 400),
        ("compressed", post(gzip).header("content-encoding", "gzip"), 400),
        ("more than the most", post(vec![b' '; 256 * 1024 + 1]), 413),
        ("the same field twice", post(br#"{"pids":[],"pids":[]}"#.to_vec()), 422),
        ("fields without names", post(br#"[["mcs1"]]"#.to_vec()), 422),
        ("nothing", post(b"null".to_vec()), 422),
        ("an unknown field", post(br#"{"pids":[],"role":"owner"}"#.to_vec()), 422),
        ("too many clients", post(many), 422),
    ] {
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!(reply.header("content-type"), "application/problem+json", "{name}");
        wrong.extend((reply.status.as_u16() != status).then(|| format!("{name}: {}", reply.text)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_wrong_content_length_does_no_harm() {
    let server = spawn_app().await;
    let path = SignIn::url(&NoPath {}, &Empty {});
    let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
    for (lie, statuses) in [
        // The header announces a body of a gigabyte. The server must not allocate this memory in advance.
        (format!("Content-Length: 1073741824\r\n\r\n{}", " ".repeat(300_000)), &["413"][..]),
        // The body has no last chunk, so it never ends. The server must refuse the body as soon as it is too large.
        (
            format!("Transfer-Encoding: chunked\r\n\r\n{}", format!("10000\r\n{}\r\n", " ".repeat(65_536)).repeat(5)),
            &["413"],
        ),
        // A request with two lengths, an invalid length or an invalid transfer encoding is ambiguous. Accepting it
        // would allow request smuggling.
        ("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}".into(), &["400"]),
        ("Content-Length: -1\r\n\r\n".into(), &["400"]),
        ("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n".into(), &["400"]),
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        // The server may reply and close the connection before the whole request is written.
        let _ = stream.write_all(format!("{head}{lie}").as_bytes()).await;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        let status = String::from_utf8_lossy(&answer[9..]).into_owned();
        assert!(statuses.contains(&status.as_str()), "{status}: {}", &lie[..lie.len().min(60)]);
    }
}

#[tokio::test]
async fn only_the_request_line_decides_the_method() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let invitation = demo.invitations().await[0].clone();
    let path = format!("/api/v1/partners/{}/invites/{}", demo.pid, invitation.iid);
    for name in ["x-http-method-override", "x-http-method", "x-method-override", "_method"] {
        for path in [path.clone(), format!("{path}?_method=DELETE"), format!("{path}?method=DELETE")] {
            let request = demo.request(Method::Get, &path).header(name, "DELETE");
            assert_eq!(request.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED, "{name} {path}");
        }
    }
    assert!(demo.invitations().await.contains(&invitation));
    // The API supports none of these methods, so it must refuse such requests even if the path exists.
    for method in ["TRACE", "CONNECT", "OPTIONS", "PROPFIND", "get", "GETX", "PATCH"] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        for path in ["/healthz", "/api/v1/auth/session"] {
            let request = demo.http.request(method.clone(), server.url(path));
            let Ok(reply) = request.send().await else { continue };
            assert!(reply.status().is_client_error(), "{method} {path} {}", reply.status());
        }
    }
}

/// Texts that have broken other programs, such as control characters, very long names and right-to-left marks.
fn traps() -> Vec<String> {
    let mut traps: Vec<String> = [
        "<img src=x onerror=alert(1)>",
        "\"><script>alert(1)</script>",
        "'; DROP TABLE clients; --",
        "%' OR 1=1 --",
        "100%_\\",
        "${jndi:ldap://trap.example/a}",
        "{{7*7}}",
        "=cmd|' /C calc'!A0",
        "../../../etc/passwd",
        "a\r\nBcc: all@trap.example",
        "a\nb",
        "a\0b",
        "\u{1b}[31mred",
        "\u{7f}\u{80}\u{9f}",
        "\u{202e}moc.live",
        "\u{2066}a\u{2069}\u{200f}",
        "\u{feff}\u{200b}\u{200d}",
        "\u{2028}\u{2029}",
        "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}a\u{335}",
        "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "\u{fffd}\u{ffff}\u{10ffff}",
        "null",
        "true",
        "NaN",
        " ",
        "İıſK",
    ]
    .map(str::to_owned)
    .into();
    traps.extend(["x".repeat(200_000), "й".repeat(257), "\u{301}".repeat(5_000)]);
    traps
}

#[tokio::test]
async fn hostile_names_are_refused_or_stored_unchanged() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let (mut stored_count, mut refused) = (0, 0);
    for (number, trap) in traps().into_iter().enumerate() {
        let email = format!("trap{number}@client.example");
        let body = NewInvitation { email: email.clone(), name: Some(trap.clone()), ..NewInvitation::default() };
        let reply = demo.call::<CreateInvitation>(&demo.partner(), &Empty {}, &body).await;
        match reply.status {
            StatusCode::CREATED => {
                let stored = demo.invitation_of(&email).await.unwrap().meta.name.unwrap_or_default();
                // The server removes white space at both ends and normalises texts to the Unicode form NFC.
                let trap: String = trap.nfc().collect();
                assert!(trap.contains(&stored) && stored.len() >= trap.trim().len(), "{trap:?} {stored:?}");
                assert!(!stored.contains(['\r', '\n', '\0', '\u{1b}']), "{trap:?}");
                stored_count += 1;
            }
            StatusCode::UNPROCESSABLE_ENTITY => refused += 1,
            status => panic!("{status} {trap:?}"),
        }
        let body = ClientIdentifier { client_id: trap.clone(), previous_client_id: None };
        let path = demo.client("mcs4410000001");
        let reply = demo.call::<SetClientIdentifier>(&path, &Empty {}, &body).await;
        assert!(reply.status == StatusCode::OK || reply.status.is_client_error(), "{} {trap:?}", reply.status);
        let reply = demo.sign_in(&trap, &trap).await;
        assert!(reply.status.is_client_error(), "{} {trap:?}", reply.status);
        server.clock.forward_secs(60);
    }
    assert!(stored_count > 5 && refused > 5, "{stored_count} {refused}");
    let emails = server.emails().await;
    assert!(!emails.iter().any(|email| email.contains("\nBcc:")));
    assert_eq!(demo.call::<ListInvitations>(&demo.partner(), &Empty {}, &Empty {}).await.status, StatusCode::OK);
    // Other tests write to the same log, but only this test uses these texts.
    for line in logged().lines() {
        let parsed = serde_json::from_str::<serde_json::Value>(line);
        assert!(parsed.is_ok(), "one line, one object: {line}");
        assert!(
            !line.contains("onerror") && !line.contains("trap.example") && !line.contains("DROP TABLE clients"),
            "{line}"
        );
    }
}

#[tokio::test]
async fn hostile_urls_find_nothing_and_break_nothing() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    for part in [
        "%00",
        "%ff",
        "%c0%ae",
        "..",
        "%2e%2e",
        "%2e%2e%2f",
        ".",
        "*",
        "%25",
        "%",
        "%zz",
        "%0d%0aSet-Cookie:a=b",
        "-1",
        "0",
        "'",
        "%27%20OR%201=1",
        "\u{2f}",
        "%e2%80%ae",
        "9223372036854775808",
        "null",
        "undefined",
    ] {
        for path in [
            format!("/api/v1/partners/{part}/clients/"),
            format!("/api/v1/partners/{}/clients/{part}", demo.pid),
            format!("/api/v1/partners/{}/clients/{part}/balance", demo.pid),
            format!("/api/v1/partners/{}/clients/?limit={part}", demo.pid),
            format!("/api/v1/partners/{}/clients/?marker={part}", demo.pid),
            format!("/api/v1/partners/{}/clients/mcs4410000001/movements?q={part}&marker={part}", demo.pid),
        ] {
            let mut stream = TcpStream::connect(server.address).await.unwrap();
            let cookie = demo.cookie.as_deref().unwrap();
            let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: {cookie}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut reply = String::new();
            stream.read_to_string(&mut reply).await.unwrap();
            assert!(reply.starts_with("HTTP/1.1 2") || reply.starts_with("HTTP/1.1 4"), "{path} {reply}");
            assert!(!reply.to_ascii_lowercase().contains("\r\nset-cookie: a=b"), "{path}");
        }
    }
}

#[tokio::test]
async fn forged_forwarding_headers_do_not_evade_the_rate_limit() {
    let forged = |number: u32| {
        let address = format!("203.0.113.{number}");
        [
            ("x-forwarded-for", address.clone()),
            ("x-forwarded-for", format!("{address}, 198.51.100.{number}")),
            ("forwarded", format!("for={address}")),
            ("x-real-ip", address.clone()),
            ("true-client-ip", address),
        ][number as usize % 5]
            .clone()
    };
    // Without a proxy, the server ignores these headers. Behind a proxy, only the address that the proxy appended
    // counts.
    for behind_proxy in [false, true] {
        let server = spawn_app_with(|settings| settings.behind_proxy = behind_proxy).await;
        let anonymous = server.anonymous();
        let mut statuses = Vec::new();
        for number in 0..12 {
            let (name, value) = forged(number);
            let body = serde_json::json!({"email": DEMO_EMAIL, "password": "a wrong one"});
            let mut request =
                anonymous.request(Method::Post, "/api/v1/auth/signin").json(&body).header(name, value.clone());
            if behind_proxy {
                let appended =
                    if name == "x-forwarded-for" { format!("{value}, 192.0.2.7") } else { "192.0.2.7".into() };
                request = anonymous
                    .request(Method::Post, "/api/v1/auth/signin")
                    .json(&body)
                    .header("x-forwarded-for", appended);
            }
            statuses.push(request.send().await.unwrap().status().as_u16());
        }
        assert_eq!(statuses, [&[401; 5][..], &[429; 7]].concat(), "behind a proxy: {behind_proxy}");
        // The server counts failed attempts for each IP address, so another address can still sign in to the same
        // account.
        let body = serde_json::json!({"email": DEMO_EMAIL, "password": DEMO_PASSWORD});
        let other =
            anonymous.request(Method::Post, "/api/v1/auth/signin").json(&body).header("x-forwarded-for", "192.0.2.8");
        let expected = if behind_proxy { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(other.send().await.unwrap().status(), expected);
    }
}

/// Paths that make vulnerable servers redirect to another site.
const ELSEWHERE: [&str; 40] = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http://evil.example",
    "HTTPS://evil.example",
    "//evil.example/partner/app/",
    "//evil.example%2fpartner",
    "/%2fevil.example",
    "/%5cevil.example",
    "%2f%2fevil.example",
    "%5c%5cevil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "%0d%0aSet-Cookie:%20a=b",
    "/.evil.example",
    "//partner.example@evil.example",
    "https://partner.example@evil.example",
    "https://partner.example.evil.example",
    "//evil.example#partner.example",
    "//evil.example?partner.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript%3aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//0x7f000001",
    "//[::1]",
    "//evil%E3%80%82example",
    "/partner/app/../..//evil.example",
    "/partner/app//evil.example",
    "/;@evil.example",
    "?next=//evil.example",
    "ftp://evil.example",
];

#[tokio::test]
async fn no_url_redirects_to_another_site() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "page").unwrap();
    let bundle = folder.path().to_owned();
    let server = spawn_app_with(|settings| settings.bundle = Some(bundle)).await;
    let mut redirects = 0;
    for elsewhere in ELSEWHERE {
        for path in [
            elsewhere.to_owned(),
            format!("/{elsewhere}"),
            format!("/?{elsewhere}"),
            format!("/?next={elsewhere}"),
            format!("/partner/app?return_to={elsewhere}"),
            format!("/partner/app/?url={elsewhere}"),
            format!("/partner/app{elsewhere}"),
        ] {
            let mut stream = TcpStream::connect(server.address).await.unwrap();
            let head = format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut reply = String::new();
            stream.read_to_string(&mut reply).await.unwrap();
            let (head, _) = reply.split_once("\r\n\r\n").unwrap_or_default();
            for line in head.lines().skip(1) {
                let (name, value) = line.split_once(": ").unwrap();
                assert_ne!(name, "set-cookie", "{path}");
                if name == "location" {
                    let path_and_query = value.split('?').next().unwrap();
                    assert_eq!(path_and_query, "/partner/app/", "{path}");
                    redirects += 1;
                }
            }
        }
    }
    assert!(redirects >= 80, "{redirects}");
}
