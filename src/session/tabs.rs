//! Announces to the browser's other tabs that the user has signed in or out. Those tabs then ask the server who is
//! signed in.

use leptos::ev;

use crate::{
    browser::{events::on_window, storage},
    session::new_key,
};

/// Storage key. When its value changes, the browser sends an event to the other tabs.
const KEY: &str = "partner-account.session";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TabEvent {
    SignedIn,
    SignedOut,
}

/// Announces the event to the other tabs. If storage is blocked, the other tabs notice a sign-out when their next call
/// fails.
pub(super) fn announce(event: TabEvent) {
    let name = if event == TabEvent::SignedOut { "out" } else { "in" };
    if let Some(storage) = storage::local() {
        // `storage` events fire only on change, so append a random suffix.
        _ = storage.set_item(KEY, &format!("{name} {}", new_key()));
    }
}

/// Calls `handler` for each event of another tab, until the calling component is unmounted.
pub(super) fn on_event(handler: impl Fn(TabEvent) + 'static) {
    on_window(ev::storage, move |event| {
        if event.key().as_deref() == Some(KEY)
            && let Some(value) = event.new_value()
        {
            handler(if value.starts_with("out") { TabEvent::SignedOut } else { TabEvent::SignedIn });
        }
    });
}
