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

impl Config {
    /// Takes what `boot.js` has fetched.
    ///
    /// # Errors
    /// The file could not be fetched or is not what it should be; the text says which.
    pub async fn load() -> Result<Self, String> {
        let promise = js_sys::Reflect::get(&leptos::prelude::window(), &"partnerConfig".into())
            .ok()
            .and_then(|value| value.dyn_into::<js_sys::Promise>().ok())
            .ok_or("boot.js did not fetch config.json")?;
        let text = JsFuture::from(promise).await.map_err(|error| format!("{error:?}"))?;
        let text = text.as_string().ok_or("config.json could not be fetched")?;
        serde_json::from_str(&text).map_err(|error| format!("config.json: {error}"))
    }
}
