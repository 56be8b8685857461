//! The account inside a page of another site: what it does not do there. What the two pages say to each other is the
//! affair of `public/framed.js`.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use crate::browser::clock::now;

/// A site could have somebody click where a button is about to be: it takes no clicks for so long after it appeared, and
/// after the window got the focus (OWASP Clickjacking Defense).
const GUARDED: Duration = Duration::from_millis(500);

/// Whether this page is inside one of another origin, at any depth.
pub fn is_foreign() -> bool {
    // Only pages of one origin may read each other's addresses.
    match window().top() {
        Ok(Some(top)) => top.location().href().is_err(),
        _ => true,
    }
}

/// Whether this page is inside another one.
pub fn is_framed() -> bool {
    window().parent().ok().flatten().is_none_or(|parent| parent != window())
}

/// Tells the page around this one that a contact request was sent, and its number.
pub fn tell_sent(reference: &str) {
    let detail = web_sys::CustomEventInit::new();
    detail.set_detail(&JsValue::from_str(reference));
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("partner-sent", &detail) {
        _ = window().dispatch_event(&event);
    }
}

/// Whether a button that has just been made takes no click yet: asked at each click. Only inside a page of another site.
pub fn guard() -> impl Fn() -> bool + Copy + 'static {
    let since = StoredValue::new(now().millis);
    let on_focus = window_event_listener(ev::focus, move |_| since.set_value(now().millis));
    let on_return = window_event_listener(ev::visibilitychange, move |_| since.set_value(now().millis));
    on_cleanup(move || {
        on_focus.remove();
        on_return.remove();
    });
    let guarded = i64::try_from(GUARDED.as_millis()).unwrap_or(i64::MAX);
    move || is_foreign() && now().millis - since.get_value() < guarded
}
