//! Listeners for events of the browser window.

use leptos::{ev::EventDescriptor, prelude::*};
use wasm_bindgen::JsCast;

/// Calls `handler` for each window event of the type `event`, until the calling component is unmounted.
pub fn on_window<E>(event: E, handler: impl Fn(E::EventType) + 'static)
where
    E: EventDescriptor + 'static,
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, handler);
    on_cleanup(move || listener.remove());
}
