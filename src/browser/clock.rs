//! The browser's clock.

use std::time::Duration;

use leptos::prelude::set_timeout;
use partner_api::UnixTime;
use wasm_bindgen_futures::JsFuture;

/// Now.
pub fn now() -> UnixTime {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any year that matters fit")]
    UnixTime { millis: js_sys::Date::now() as i64 }
}

/// Waits so long.
pub async fn wait(pause: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(move || _ = resolve.call0(&wasm_bindgen::JsValue::NULL), pause);
    });
    _ = JsFuture::from(promise).await;
}
