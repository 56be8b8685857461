//! The bundle of the app: files, deep links, caching and headers.

use std::path::PathBuf;

use partner_api::Method;
use reqwest::StatusCode;
use tempfile::TempDir;

use crate::support::{Reply, Server, spawn_app, spawn_app_with};

fn bundle() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("index.html", "<!doctype html><title>Account</title>");
    write("index.html.br", "brotli of the page");
    write("config.json", r#"{"from":"bundle"}"#);
    write("favicon.svg", "<svg/>");
    write("assets/app-1.js", "plain");
    write("assets/app-1.js.br", "brotli");
    write("assets/app-1.js.gz", "gzip");
    write("assets/app-1.wasm", "\0asm");
    folder
}

async fn spawn(folder: &TempDir, config: Option<PathBuf>) -> Server {
    let path = folder.path().to_owned();
    spawn_app_with(|settings| (settings.bundle, settings.config) = (Some(path), config)).await
}

async fn get(server: &Server, path: &str, encoding: &str) -> Reply {
    let request = server.anonymous().request(Method::Get, path).header("accept-encoding", encoding);
    Reply::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_page_has_all_security_headers() {
    let folder = bundle();
    let server = spawn(&folder, None).await;
    let page = get(&server, "/partner/app/", "identity").await;
    let mut headers: Vec<String> = page
        .headers
        .iter()
        .filter(|(name, _)| !["date", "etag", "last-modified", "x-req-id"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    assert_eq!(
        headers,
        [
            "accept-ranges: bytes",
            "cache-control: no-cache",
            "content-length: 37",
            "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
             form-action 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
             frame-ancestors 'self'",
            "content-type: text/html; charset=utf-8",
            "cross-origin-embedder-policy: require-corp",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
            "referrer-policy: same-origin",
            "vary: accept-encoding",
            "x-content-type-options: nosniff",
        ]
    );
}

#[tokio::test]
async fn no_site_can_frame_the_invitation_page() {
    let folder = bundle();
    let server = spawn(&folder, None).await;
    let framed = async |path: &str| {
        let page = get(&server, path, "identity").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let policy = page.header("content-security-policy").to_owned();
        policy.split("; ").find_map(|it| it.strip_prefix("frame-ancestors ")).unwrap().to_owned()
    };
    assert_eq!(framed("/partner/app/ru/invitation").await, "'none'");
    assert_eq!(framed("/partner/app/en/invitation/?x=1").await, "'none'");
    assert_eq!(framed("/partner/app/en/clients").await, "'self'");
}

#[tokio::test]
async fn configured_sites_can_frame_every_page_except_the_invitation() {
    let folder = bundle();
    let config = folder.path().join("other.json");
    let server = spawn(&folder, Some(config.clone())).await;
    let framed = async |path: &str| {
        let page = get(&server, path, "identity").await;
        let policy = page.header("content-security-policy").to_owned();
        policy.split_once("frame-ancestors ").unwrap().1.to_owned()
    };
    // The server reads its configuration file at each request, so the test changes the file without a restart.
    for (text, expected) in [
        (
            r#"{"embed_origins":["https://cloud.example","https://b.example:8443"]}"#,
            "'self' https://cloud.example https://b.example:8443",
        ),
        (r#"{"embed_origins":["https://*.evil.example","https://cloud.example"]}"#, "'self' https://cloud.example"),
        (r#"{"embed_origins":["https://a.example; script-src *"]}"#, "'self'"),
        (r#"{"embed_origins":"https://cloud.example"}"#, "'self'"),
        ("no JSON", "'self'"),
        ("{}", "'self'"),
    ] {
        std::fs::write(&config, text).unwrap();
        assert_eq!(framed("/partner/app/en/contact").await, expected, "{text}");
        assert_eq!(framed("/partner/app/en/clients/").await, expected, "{text}");
        assert_eq!(framed("/partner/app/en/invitation").await, "'none'", "{text}");
    }
}

#[tokio::test]
async fn other_sites_can_load_only_the_embedding_script() {
    let folder = bundle();
    std::fs::write(folder.path().join("embed.js"), "// embeds").unwrap();
    let server = spawn(&folder, None).await;
    let policy =
        async |path: &str| get(&server, path, "identity").await.header("cross-origin-resource-policy").to_owned();
    assert_eq!(policy("/partner/app/embed.js").await, "cross-origin");
    assert_eq!(policy("/partner/app/favicon.svg").await, "same-origin");
    assert_eq!(policy("/partner/app/assets/app-1.js").await, "same-origin");
    assert_eq!(policy("/partner/app/").await, "same-origin");
}

#[tokio::test]
async fn deep_links_return_the_page() {
    let folder = bundle();
    let server = spawn(&folder, None).await;
    for path in
        ["en/clients", "en/clients/", "ru/clients/mcs1/balance", "index.html", "no/such/page/", "en/clients/?q=a.b"]
    {
        let page = get(&server, &format!("/partner/app/{path}"), "identity").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text.contains("Account"), "{path}");
        assert!(page.header("content-security-policy").contains("trusted-types"), "{path}");
    }
    for path in ["/", "/partner/app", "/?a=b"] {
        let reply = get(&server, path, "identity").await;
        assert_eq!(reply.status, StatusCode::TEMPORARY_REDIRECT, "{path}");
        assert!(reply.header("location").starts_with("/partner/app/"), "{path}");
    }
}

#[tokio::test]
async fn assets_are_immutable_and_precompressed() {
    let folder = bundle();
    let server = spawn(&folder, None).await;
    for (encoding, text, expected) in
        [("gzip, deflate, br", "brotli", "br"), ("gzip", "gzip", "gzip"), ("identity", "plain", "")]
    {
        let asset = get(&server, "/partner/app/assets/app-1.js", encoding).await;
        assert_eq!((asset.text.as_str(), asset.header("content-encoding")), (text, expected));
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable, no-transform");
        assert_eq!(asset.header("content-type"), "text/javascript");
        assert_eq!(asset.header("vary"), "accept-encoding");
        assert_eq!(asset.header("x-content-type-options"), "nosniff");
    }
    let wasm = get(&server, "/partner/app/assets/app-1.wasm", "br").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert_eq!(get(&server, "/partner/app/favicon.svg", "").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_missing_file_is_a_404_and_not_the_page() {
    let folder = bundle();
    std::fs::write(folder.path().parent().unwrap().join("secret.txt"), "secret").unwrap();
    let server = spawn(&folder, None).await;
    for path in [
        "/partner/app/assets/app-0.js",
        "/partner/app/assets/none",
        "/partner/app/assets/",
        "/partner/app/none.css",
        "/partner/app/..%2fsecret.txt",
        "/partner/app/%2e%2e/secret.txt",
        "/partner/app/.git/HEAD.txt",
        "/Cargo.toml",
        "/api/v1/none",
        "/api/v1/partners/mcs1/clients",
    ] {
        let reply = get(&server, path, "identity").await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!reply.text.contains("Account") && !reply.text.contains("secret"), "{path}");
        assert_ne!(reply.header("cache-control"), "public, max-age=31536000, immutable, no-transform", "{path}");
    }
    let post = server.anonymous().request(Method::Post, "/partner/app/").send().await.unwrap();
    assert_eq!(post.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_page_and_the_configuration_are_revalidated_at_each_request() {
    let folder = bundle();
    let server = spawn(&folder, None).await;
    let page = get(&server, "/partner/app/en/", "br").await;
    assert_eq!(page.header("content-encoding"), "br");
    let caller = server.anonymous();
    let again =
        caller.request(Method::Get, "/partner/app/en/").header("if-modified-since", page.header("last-modified"));
    let again = Reply::of(again.send().await.unwrap()).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let again = caller.request(Method::Get, "/partner/app/ru/").header("accept-encoding", "br");
    let again = again.header("if-none-match", page.header("etag")).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let config = get(&server, "/partner/app/config.json", "identity").await;
    assert_eq!((config.text.as_str(), config.header("cache-control")), (r#"{"from":"bundle"}"#, "no-cache"));
}

#[tokio::test]
async fn a_configured_file_replaces_the_configuration_of_the_bundle() {
    let folder = bundle();
    let file = folder.path().join("mine.json");
    std::fs::write(&file, r#"{"from":"operator"}"#).unwrap();
    let server = spawn(&folder, Some(file)).await;
    let config = get(&server, "/partner/app/config.json", "br").await;
    assert_eq!((config.text.as_str(), config.header("content-type")), (r#"{"from":"operator"}"#, "application/json"));
    assert_eq!(config.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn without_a_bundle_only_the_api_is_served() {
    let server = spawn_app().await;
    assert_eq!(get(&server, "/partner/app/", "identity").await.status, StatusCode::NOT_FOUND);
}
