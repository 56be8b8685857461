//! Drafts of forms, stored in the tab's `sessionStorage` so that a reload, a crash or an expired session loses no
//! input.

use serde::{Serialize, de::DeserializeOwned};

use crate::browser::storage;

/// Prefix of the storage keys of drafts. It names the app, because the app shares its origin, and so its storage, with
/// the corporate site.
const PREFIX: &str = "partner-account.draft.";

/// Returns the draft with this name, or `None` if it does not exist or is not valid.
pub fn load<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage::session()?.get_item(&format!("{PREFIX}{name}")).ok()??;
    serde_json::from_str(&text).ok()
}

/// Saves a draft. If the browser blocks storage, nothing is saved, and the input is lost with the page.
pub fn save<T: Serialize>(name: &str, draft: &T) {
    if let (Some(storage), Ok(text)) = (storage::session(), serde_json::to_string(draft)) {
        _ = storage.set_item(&format!("{PREFIX}{name}"), &text);
    }
}

/// Whether a draft with this name exists. Unlike [`load`], this function does not decode the draft, so the first page
/// need not contain the types of drafts.
pub fn exists(name: &str) -> bool {
    storage::session().is_some_and(|storage| matches!(storage.get_item(&format!("{PREFIX}{name}")), Ok(Some(_))))
}

pub fn delete(name: &str) {
    if let Some(storage) = storage::session() {
        _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Deletes all drafts of this tab.
pub fn delete_all() {
    let Some(storage) = storage::session() else { return };
    let names: Vec<String> =
        (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        _ = storage.remove_item(name);
    }
}
