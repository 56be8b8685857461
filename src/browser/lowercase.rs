//! Lower case by the browser, because the tables of Rust are 5 kB of the bundle.

pub fn lowercase(text: &str) -> String {
    #[cfg(target_family = "wasm")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_family = "wasm"))]
    text.to_lowercase()
}
