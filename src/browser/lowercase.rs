//! Lower case by the platform: the tables of Rust's own weigh 5 kB in the bundle.

/// The text in lower case, in any script.
pub fn lowercase(text: &str) -> String {
    #[cfg(target_family = "wasm")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_family = "wasm"))]
    text.to_lowercase()
}
