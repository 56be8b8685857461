//! Converts text to lower case with the browser's function, because Rust's Unicode tables would add 5 kB to the bundle.

pub fn lowercase(text: &str) -> String {
    #[cfg(target_family = "wasm")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_family = "wasm"))]
    text.to_lowercase()
}
