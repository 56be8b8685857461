//! The sites that may embed the app in a frame: `embed_origins` in `config.json`. The app reads the same list.

use serde::Deserialize;
use url::Url;

use crate::config::Settings;

/// Path of the script that embedding sites load, below `/partner/app/`.
pub(super) const SCRIPT: &str = "embed.js";

/// Maximum number of origins in `embed_origins`. A longer list is probably a mistake.
pub(super) const MAX_ORIGINS: usize = 10;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    embed_origins: Vec<String>,
}

/// Returns the sources for the directive `frame-ancestors`: the app itself and the configured origins. Omits and logs
/// invalid origins, and ignores origins after the first [`MAX_ORIGINS`].
pub(super) async fn ancestors(settings: &Settings) -> String {
    let bundled = settings.bundle.as_ref().map(|folder| folder.join("config.json"));
    let mut sources = "'self'".to_owned();
    let Some(path) = settings.config.as_ref().or(bundled.as_ref()) else { return sources };
    let config = match tokio::fs::read(path).await.map(|text| serde_json::from_slice::<Config>(&text)) {
        Ok(Ok(config)) => config,
        Ok(Err(error)) => {
            tracing::warn!(%error, "cannot read embed_origins in config.json");
            return sources;
        }
        Err(error) => {
            tracing::warn!(%error, "cannot read config.json");
            return sources;
        }
    };
    if config.embed_origins.len() > MAX_ORIGINS {
        tracing::warn!("embed_origins has more than {MAX_ORIGINS} origins; the rest is ignored");
    }
    for origin in config.embed_origins.iter().take(MAX_ORIGINS) {
        if is_exact(origin, settings.secure) {
            sources.push(' ');
            sources.push_str(origin);
        } else {
            tracing::warn!(
                origin,
                "ignored an entry of embed_origins: it must be an exact origin, for example https://site.example"
            );
        }
    }
    sources
}

/// Whether the text is an origin exactly as browsers write it, without wildcards: scheme, host and, unless it is the
/// default, port. If `is_secure` is set, the scheme must be HTTPS.
pub(super) fn is_exact(origin: &str, is_secure: bool) -> bool {
    let has_scheme = origin.starts_with("https://") || (!is_secure && origin.starts_with("http://"));
    let is_written_so = || Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == origin);
    // Reject other characters. `*`, `;` and `,` can be part of a URL but have a special meaning in
    // `Content-Security-Policy`.
    let is_plain = origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-[]".contains(&byte));
    has_scheme && is_plain && is_written_so()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_exact() {
        for origin in ["https://cloud.example", "https://cloud.example:8443", "https://xn--80ak6aa92e.com"] {
            assert!(is_exact(origin, true), "{origin}");
        }
        for origin in [
            "",
            "*",
            "'self'",
            "https://*.cloud.example",
            "https://cloud.example/",
            "https://cloud.example/path",
            "https://cloud.example:443",
            "https://Cloud.example",
            "https://user@cloud.example",
            "https://cloud.example; script-src *",
            "https://cloud.example;sandbox",
            "https://cloud.example,evil.example",
            "https://cloud.example https://evil.example",
            "https:",
            "http://cloud.example",
            "data:text/html,x",
            "null",
        ] {
            assert!(!is_exact(origin, true), "{origin}");
        }
        assert!(is_exact("http://127.0.0.1:8090", false));
    }
}
