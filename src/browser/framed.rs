//! The app inside a frame of another page. `public/framed.js` exchanges the messages between the two pages.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use crate::browser::{clock::now, events::on_window};

/// Time for which a button ignores clicks after it appeared, and after the window got the focus. Without it, a site could
/// make users click where the button is about to appear (OWASP Clickjacking Defense).
const GUARD: Duration = Duration::from_millis(500);

/// Whether the app is inside a page of another origin, at any depth.
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

/// Reports the number of a sent contact request to the surrounding page.
pub fn report_sent(reference: &str) {
    let detail = web_sys::CustomEventInit::new();
    detail.set_detail(&JsValue::from_str(reference));
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("partner-sent", &detail) {
        _ = window().dispatch_event(&event);
    }
}

/// Returns a test for each click of a button that appears now: `true` means the button must ignore the click, which
/// happens only while another site shows the app in a frame.
pub fn guard() -> impl Fn() -> bool + Copy + 'static {
    let since = StoredValue::new(now().millis);
    on_window(ev::focus, move |_| since.set_value(now().millis));
    on_window(ev::visibilitychange, move |_| since.set_value(now().millis));
    let guard = i64::try_from(GUARD.as_millis()).unwrap_or(i64::MAX);
    move || is_foreign() && now().millis - since.get_value() < guard
}
