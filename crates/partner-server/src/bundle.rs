//! Serves the app's bundle under `/partner/app/`, with precompressed files and strict headers. Every path of a page
//! returns `index.html`, so that deep links work.

pub(crate) mod config;
mod framing;

use std::{io::ErrorKind, path::Path};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::services::ServeDir;

use crate::{config::Settings, state::App};

const BASE: &str = "/partner/app/";

/// Strict content security policy of the app's pages. The caller appends the origins that may frame the page.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
     object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ";
const PAGE: [(HeaderName, &str); 3] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];
const FILE: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Returns the routes of the bundle, or no routes if no bundle is configured.
pub(crate) fn router(settings: &Settings) -> Router<App> {
    if settings.bundle.is_none() {
        return Router::new();
    }
    Router::new()
        .route("/", get(to_base))
        .route("/partner/app", get(to_base))
        .route("/partner/app/", get(serve))
        .route("/partner/app/{*path}", get(serve))
}

async fn to_base(uri: Uri) -> Redirect {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::temporary(&format!("{BASE}{query}"))
}

async fn serve(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().strip_prefix(BASE).unwrap_or_default();
    let kind = PathKind::at(path);
    let mut response = match (&app.settings.config, &app.settings.bundle) {
        (Some(config), _) if kind == PathKind::Config => config_file(config).await,
        (_, Some(folder)) => file(folder, kind.path(path), method, headers).await,
        _ => StatusCode::NOT_FOUND.into_response(),
    };
    let is_page = kind == PathKind::Page && response.status() != StatusCode::NOT_FOUND;
    let cache = match kind {
        PathKind::Asset if response.status() != StatusCode::NOT_FOUND => {
            "public, max-age=31536000, immutable, no-transform"
        }
        _ => "no-cache",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    insert(headers, FILE);
    if is_page {
        insert(headers, PAGE);
        // Let no site frame the invitation page, because the site could trick the user into clicking the page's button.
        let framed_by = if is_invitation(path) { "'none'".to_owned() } else { framing::ancestors(&app.settings).await };
        let policy = HeaderValue::try_from(format!("{CONTENT_SECURITY_POLICY}{framed_by}"));
        // Exact origins always form a valid header. Fall back to the strictest policy anyway, because the page must
        // never be sent without a policy.
        let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    } else {
        // Omit the directive `sandbox`, because it restricts documents, and files that are not pages are loaded as
        // parts of a page.
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    }
    if path == framing::SCRIPT {
        // Let other sites load the script `embed.js`, because they embed the app with this script.
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    response
}

/// Whether the path is one segment (normally the language) followed by `invitation`. Additional slashes and
/// percent-encoded characters do not circumvent the ban on framing this page.
fn is_invitation(path: &str) -> bool {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    path.split('/').filter(|part| !part.is_empty()).skip(1).eq(["invitation"])
}

fn insert<const COUNT: usize>(headers: &mut HeaderMap, values: [(HeaderName, &'static str); COUNT]) {
    for (name, value) in values {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Kind of a path below `/partner/app/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathKind {
    /// A page of the app. All pages are served by `index.html`.
    Page,
    /// A file below `assets/`. The name contains a hash of the contents, so browsers may cache the file for a year.
    Asset,
    /// `config.json`, which differs between environments.
    Config,
    File,
}

impl PathKind {
    fn at(path: &str) -> Self {
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        match path {
            "index.html" => Self::Page,
            "config.json" => Self::Config,
            path if path.starts_with("assets/") => Self::Asset,
            _ if last.contains('.') => Self::File,
            _ => Self::Page,
        }
    }

    fn path(self, path: &str) -> &str {
        if self == Self::Page { "index.html" } else { path }
    }
}

/// Returns a file of the bundle. `ServeDir` rejects paths that lead out of the folder.
async fn file(folder: &Path, path: &str, method: Method, headers: HeaderMap) -> Response {
    let Ok(uri) = Uri::try_from(format!("/{path}")) else { return missing() };
    let mut inner = Request::new(Body::empty());
    *inner.method_mut() = method;
    *inner.headers_mut() = headers;
    *inner.uri_mut() = uri;
    let mut files =
        ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    match files.try_call(inner).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => missing(),
        Ok(response) => response.map(Body::new),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => missing(),
        Err(error) => {
            tracing::error!(%error, "cannot read a file of the bundle");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn config_file(path: &Path) -> Response {
    match tokio::fs::read(path).await {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "cannot read the app's config.json");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Replies 404 to a missing file. `index.html` would be wrong here, because browsers and caches would use the page as
/// the missing file.
fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "File not found\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_links_are_pages_with_and_without_a_trailing_slash() {
        for path in ["", "en/clients", "en/clients/", "ru/clients/mcs1/balance", "index.html", "no/such/page"] {
            assert_eq!(PathKind::at(path), PathKind::Page, "{path}");
        }
        assert_eq!(PathKind::at("assets/app-1.js"), PathKind::Asset);
        assert_eq!(PathKind::at("assets/none"), PathKind::Asset);
        assert_eq!(PathKind::at("favicon.svg"), PathKind::File);
        assert_eq!(PathKind::at("config.json"), PathKind::Config);
    }

    #[test]
    fn the_invitation_page_is_recognized_in_every_spelling() {
        for path in [
            "en/invitation",
            "ru/invitation/",
            "en//invitation",
            "/xx/invitation",
            "en/%69nvitation",
            "en%2Finvitation",
        ] {
            assert!(is_invitation(path), "{path}");
        }
        for path in ["invitation", "en/clients", "en/invitation/more", "en"] {
            assert!(!is_invitation(path), "{path}");
        }
    }
}
