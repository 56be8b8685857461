//! The clipboard, which the browser may refuse.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Copies a text; whether the browser let it.
pub async fn copy(text: &str) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}
