//! The browser's storage for the app's origin. The functions return `None` if the browser blocks storage.

use leptos::prelude::window;
use web_sys::Storage;

/// Storage that all tabs share.
pub fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Storage of this tab only. The browser deletes it when the tab is closed.
pub fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
