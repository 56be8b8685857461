//! What is half typed, kept in this tab's storage: a reload, a crash or an expired session loses nothing.

use serde::{Serialize, de::DeserializeOwned};

use crate::browser::storage;

/// Names of everything that the account stores start with this: it shares its origin with the corporate site.
const PREFIX: &str = "partner-account.draft.";

/// The draft of this name, where there is one that can be read.
pub fn load<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage::of_tab()?.get_item(&format!("{PREFIX}{name}")).ok()??;
    serde_json::from_str(&text).ok()
}

/// Keeps a draft. Where storage is blocked, it lives as long as the page.
pub fn save<T: Serialize>(name: &str, draft: &T) {
    if let (Some(storage), Ok(text)) = (storage::of_tab(), serde_json::to_string(draft)) {
        _ = storage.set_item(&format!("{PREFIX}{name}"), &text);
    }
}

/// Whether there is a draft of this name, readable or not.
pub fn is_kept(name: &str) -> bool {
    storage::of_tab().is_some_and(|storage| matches!(storage.get_item(&format!("{PREFIX}{name}")), Ok(Some(_))))
}

/// Forgets a draft.
pub fn clear(name: &str) {
    if let Some(storage) = storage::of_tab() {
        _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Forgets all drafts: somebody signs out.
pub fn clear_all() {
    let Some(storage) = storage::of_tab() else { return };
    let names: Vec<String> =
        (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        _ = storage.remove_item(name);
    }
}
