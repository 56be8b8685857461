//! `config.json`: the settings that differ between environments.

use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The settings that the Rust code reads; boot.js and framed.js read others. All are optional, and
/// `docs/configuration.md` describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The part of every API URL before `/api/…`, such as `https://api.example.com`. Empty if the API has the app's
    /// origin.
    pub api_base: String,
    /// URL of another sign-in page. If it is set, the app's sign-in page redirects there instead of showing the form.
    pub sign_in_url: Option<String>,
    /// URL that *Help* in the header opens: the documentation for partners.
    pub help_url: Option<String>,
    /// URL of the terms that the sender of a contact request agrees to.
    pub consent_url: Option<String>,
    /// URL or `mailto:` link for contacting support.
    pub support_url: Option<String>,
    /// URL of the page where clients sign in to the cloud. The invitation page links to it.
    pub cloud_url: Option<String>,
}

impl Config {
    /// Waits for `config.json`, which `boot.js` downloads, and decodes the settings.
    ///
    /// # Errors
    /// Returns an error if the file could not be downloaded or is not valid. The error contains the cause.
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
