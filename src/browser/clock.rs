//! The browser's clock.

use std::time::Duration;

use leptos::prelude::set_timeout;
use partner_api::UnixTime;
use wasm_bindgen_futures::JsFuture;

pub fn now() -> UnixTime {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any date fit")]
    UnixTime { millis: js_sys::Date::now() as i64 }
}

pub async fn wait(pause: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(move || _ = resolve.call0(&wasm_bindgen::JsValue::NULL), pause);
    });
    _ = JsFuture::from(promise).await;
}
