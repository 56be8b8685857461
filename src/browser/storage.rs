//! The storage of the browser; `None` if it is blocked. All pages of the origin share it.

use leptos::prelude::window;
use web_sys::Storage;

/// Storage that all tabs share.
pub fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Storage of this tab, until it is closed.
pub fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
