//! Signing in and out in one tab, announced to the other tabs of the browser. The server decides whose session it is.

use leptos::ev;

use crate::{
    browser::{events::on_window, storage},
    session::new_key,
};

/// The entry in storage whose changes the other tabs receive.
const KEY: &str = "partner-account.session";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TabEvent {
    SignedIn,
    SignedOut,
}

/// Announces the event to the other tabs. If storage is blocked, their next call to the server fails instead.
pub(super) fn announce(event: TabEvent) {
    let name = if event == TabEvent::SignedOut { "out" } else { "in" };
    if let Some(storage) = storage::local() {
        // `storage` events fire only on change, so append a random suffix.
        _ = storage.set_item(KEY, &format!("{name} {}", new_key()));
    }
}

/// Calls `handler` for each event of another tab, as long as the calling component is mounted.
pub(super) fn on_event(handler: impl Fn(TabEvent) + 'static) {
    on_window(ev::storage, move |event| {
        if event.key().as_deref() == Some(KEY)
            && let Some(value) = event.new_value()
        {
            handler(if value.starts_with("out") { TabEvent::SignedOut } else { TabEvent::SignedIn });
        }
    });
}
