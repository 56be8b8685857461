//! What differs between environments: `config.json`, read once at the start.

use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// `config.json`. Every field may be missing; see `docs/configuration.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Origin and path before `/api/…`; empty: the account's own origin.
    pub api_base: String,
    /// Where to sign in, where that is not here.
    pub sign_in_url: Option<String>,
    /// Documentation for partners.
    pub help_url: Option<String>,
}

/// What *Contact sales* takes from `config.json`: read there alone, and fetched with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ContactConfig {
    /// What sending agrees to.
    pub consent_url: Option<String>,
    /// Support: `mailto:` or a page.
    pub support_url: Option<String>,
}

/// What the page of an invitation takes from `config.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct InvitationConfig {
    /// Where clients sign in to the cloud.
    pub cloud_url: Option<String>,
}

impl Config {
    /// Takes what `boot.js` has fetched.
    ///
    /// # Errors
    /// The file could not be fetched or is not what it should be; the text says which.
    pub async fn load() -> Result<Self, String> {
        serde_json::from_str(&text().await?).map_err(|error| format!("config.json: {error}"))
    }
}

impl ContactConfig {
    /// Takes what `boot.js` has fetched.
    ///
    /// # Errors
    /// The file could not be fetched or is not what it should be; the text says which.
    pub async fn load() -> Result<Self, String> {
        serde_json::from_str(&text().await?).map_err(|error| format!("config.json: {error}"))
    }
}

impl InvitationConfig {
    /// Takes what `boot.js` has fetched.
    ///
    /// # Errors
    /// The file could not be fetched or is not what it should be; the text says which.
    pub async fn load() -> Result<Self, String> {
        serde_json::from_str(&text().await?).map_err(|error| format!("config.json: {error}"))
    }
}

async fn text() -> Result<String, String> {
    let promise = js_sys::Reflect::get(&leptos::prelude::window(), &"partnerConfig".into())
        .ok()
        .and_then(|value| value.dyn_into::<js_sys::Promise>().ok())
        .ok_or("boot.js did not fetch config.json")?;
    let text = JsFuture::from(promise).await.map_err(|error| format!("{error:?}"))?;
    Ok(text.as_string().ok_or("config.json could not be fetched")?)
}
