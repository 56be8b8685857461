//! The app inside a frame of another page. `public/framed.js` exchanges the messages between the two pages.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use crate::browser::{clock::now, events::on_window};

/// A button ignores clicks for this long after it appears and after the window gets the focus. Without this guard, a
/// site that embeds the app could make users click where the button is about to appear (OWASP Clickjacking Defense).
const GUARD: Duration = Duration::from_millis(500);

/// Whether the outermost page around the app belongs to another origin.
pub fn is_foreign() -> bool {
    // Browsers let a page read the address of another one only if both have the same origin.
    match window().top() {
        Ok(Some(top)) => top.location().href().is_err(),
        _ => true,
    }
}

/// Whether the app is inside another page.
pub fn is_framed() -> bool {
    window().parent().ok().flatten().is_none_or(|parent| parent != window())
}

/// Dispatches the event `partner-sent` with the number of a sent contact request. `framed.js` passes the number on to
/// the embedding page.
pub fn report_sent(reference: &str) {
    let detail = web_sys::CustomEventInit::new();
    detail.set_detail(&JsValue::from_str(reference));
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("partner-sent", &detail) {
        _ = window().dispatch_event(&event);
    }
}

/// Call this function when a button appears, and the returned function at each click. That function returns `true` if
/// the button must ignore the click, which happens only while another site embeds the app.
pub fn guard() -> impl Fn() -> bool + Copy + 'static {
    let since = StoredValue::new(now().millis);
    on_window(ev::focus, move |_| since.set_value(now().millis));
    on_window(ev::visibilitychange, move |_| since.set_value(now().millis));
    let guard = i64::try_from(GUARD.as_millis()).unwrap_or(i64::MAX);
    move || is_foreign() && now().millis - since.get_value() < guard
}
