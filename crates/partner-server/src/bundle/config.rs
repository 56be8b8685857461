//! Checks the app's `config.json` when the server starts, because the app would not start with an invalid one.

use anyhow::{Context, ensure};
use serde::Deserialize;

/// The fields of `config.json`, which are all optional. `boot.js` and `docs/configuration.md` list the same fields.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    api_base: String,
    sign_in_url: Option<String>,
    help_url: Option<String>,
    cloud_url: Option<String>,
    consent_url: Option<String>,
    support_url: Option<String>,
    embed_origins: Vec<String>,
    vitals_url: Option<String>,
}

/// # Errors
/// Returns an error that explains the problem if the text is not a valid `config.json`.
pub(crate) fn check(text: &[u8]) -> anyhow::Result<()> {
    let config: Config = serde_json::from_slice(text)?;
    // Reject a JSON array, because serde would accept an array with the values of the fields in order.
    ensure!(text.trim_ascii_start().starts_with(b"{"), "must be a JSON object");
    let is_web = |link: &str| {
        let is_path = link.starts_with('/') && !link.starts_with("//");
        is_path || link.starts_with("https://") || link.starts_with("http://")
    };
    let base = &config.api_base;
    ensure!(
        base.is_empty() || (is_web(base) && !base.ends_with('/') && !base.contains(['?', '#'])),
        "api_base must be a URL without a trailing slash, a query or a fragment"
    );
    for (name, link) in [
        ("sign_in_url", &config.sign_in_url),
        ("help_url", &config.help_url),
        ("cloud_url", &config.cloud_url),
        ("consent_url", &config.consent_url),
        ("vitals_url", &config.vitals_url),
    ] {
        ensure!(link.as_deref().is_none_or(is_web), "{name} must start with https:// or /");
    }
    let is_support = |link: &str| is_web(link) || link.starts_with("mailto:");
    let support = config.support_url.as_deref();
    ensure!(support.is_none_or(is_support), "support_url must start with https://, / or mailto:");
    let max = super::framing::MAX_ORIGINS;
    ensure!(config.embed_origins.len() <= max, "embed_origins must have at most {max} origins");
    for origin in &config.embed_origins {
        ensure!(
            super::framing::is_exact(origin, false),
            "embed_origins: {origin} must be an exact origin, for example https://site.example"
        );
    }
    Ok(())
}

/// # Errors
/// Returns an error if the file cannot be read or [`check`] fails. The error names the file.
pub(crate) fn check_file(path: &std::path::Path) -> anyhow::Result<()> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    check(&text).with_context(|| format!("{} is not valid", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_of_the_repository_is_valid() {
        check(include_bytes!("../../../../public/config.json")).unwrap();
        check(b"{}").unwrap();
    }

    #[test]
    fn an_error_names_the_field_or_the_line() {
        for (text, expected) in [
            ("{", "line 1"),
            ("[]", "must be a JSON object"),
            ("{\n\"api_bse\":\"\"}", "unknown field `api_bse`"),
            ("{\n\"api_bse\":\"\"}", "line 2"),
            (r#"{"help_url":7}"#, "expected a string"),
            (r#"{"api_base":null}"#, "expected a string"),
            (r#"{"api_base":"https://a.example/"}"#, "api_base"),
            (r#"{"api_base":"//evil.example"}"#, "api_base"),
            (r#"{"api_base":"https://a.example?x=1"}"#, "api_base"),
            (r#"{"help_url":"javascript:alert(1)"}"#, "help_url"),
            (r#"{"sign_in_url":"//evil.example"}"#, "sign_in_url"),
            (r#"{"support_url":"tel:1"}"#, "support_url"),
            (r#"{"vitals_url":"api/v1/vitals"}"#, "vitals_url"),
            (r#"{"vitals_url":true}"#, "expected a string"),
            (r#"{"embed_origins":["https://*.a.example"]}"#, "https://*.a.example"),
        ] {
            let error = check(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
