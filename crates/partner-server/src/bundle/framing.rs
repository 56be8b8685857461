//! Which sites may have the account inside their pages: `embed_origins` of `config.json`, the file that tells the account
//! the same.

use serde::Deserialize;
use url::Url;

use crate::config::Settings;

/// The script that such sites load, below the base.
pub(super) const SCRIPT: &str = "embed.js";

/// Most sites that are named; a longer list is a mistake.
pub(super) const MOST: usize = 10;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    embed_origins: Vec<String>,
}

/// The sources of `frame-ancestors`: our own pages, and the sites of the configuration. What is wrong with that is
/// logged, and lets nobody in.
pub(super) async fn ancestors(settings: &Settings) -> String {
    let bundled = settings.bundle.as_ref().map(|folder| folder.join("config.json"));
    let mut sources = "'self'".to_owned();
    let Some(path) = settings.config.as_ref().or(bundled.as_ref()) else { return sources };
    let config = match tokio::fs::read(path).await.map(|text| serde_json::from_slice::<Config>(&text)) {
        Ok(Ok(config)) => config,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the configuration of the account has no list of origins");
            return sources;
        }
        Err(error) => {
            tracing::warn!(%error, "the configuration of the account cannot be read");
            return sources;
        }
    };
    if config.embed_origins.len() > MOST {
        tracing::warn!("embed_origins has more than {MOST} origins; the rest is left out");
    }
    for origin in config.embed_origins.iter().take(MOST) {
        if is_exact(origin, settings.secure) {
            sources.push(' ');
            sources.push_str(origin);
        } else {
            tracing::warn!(origin, "embed_origins has what is no exact origin, as https://site.example");
        }
    }
    sources
}

/// Whether it is one origin as browsers write it: scheme, host and port, without wildcards. Off loopback, HTTPS alone.
pub(super) fn is_exact(origin: &str, is_secure: bool) -> bool {
    let has_scheme = origin.starts_with("https://") || (!is_secure && origin.starts_with("http://"));
    let is_written_so = || Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == origin);
    // Hosts may have signs that mean something else in a header: `*`, `;`, `,`.
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
