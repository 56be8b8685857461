//! `config.json`: the settings that differ between environments.

use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The settings. Each of them may be missing; `docs/configuration.md` describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Origin and path before `/api/…`; empty for the origin of the app.
    pub api_base: String,
    /// Sign-in page of another site, instead of the one in the app.
    pub sign_in_url: Option<String>,
    /// Documentation for partners.
    pub help_url: Option<String>,
    /// Terms that a contact request agrees to.
    pub consent_url: Option<String>,
    /// Support: a page or `mailto:`.
    pub support_url: Option<String>,
    /// Sign-in page of clients.
    pub cloud_url: Option<String>,
}

impl Config {
    /// Reads the file, which `boot.js` has downloaded.
    ///
    /// # Errors
    /// The file could not be downloaded, or is not valid. The text contains the cause.
    pub async fn load() -> Result<Self, String> {
        let promise = js_sys::Reflect::get(&leptos::prelude::window(), &"partnerConfig".into())
            .ok()
            .and_then(|value| value.dyn_into::<js_sys::Promise>().ok())
            .ok_or("boot.js did not download config.json")?;
        let text = JsFuture::from(promise).await.map_err(|error| format!("{error:?}"))?;
        let text = text.as_string().ok_or("config.json could not be downloaded")?;
        serde_json::from_str(&text).map_err(|error| format!("config.json: {error}"))
    }
}
