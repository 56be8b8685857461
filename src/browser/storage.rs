//! What the browser keeps for the account, where it lets it. The account shares both with everything of its origin.

use leptos::prelude::window;
use web_sys::Storage;

/// Kept for all tabs.
pub fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Kept for this tab, as long as it is open.
pub fn of_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
