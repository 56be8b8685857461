//! Drafts of forms, in the storage of the tab, so a reload, a crash or an expired session loses nothing.

use serde::{Serialize, de::DeserializeOwned};

use crate::browser::storage;

/// Prefix of all names, because the app shares its origin with the corporate site.
const PREFIX: &str = "partner-account.draft.";

/// The draft with this name; `None` if it does not exist or is not valid.
pub fn load<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage::session()?.get_item(&format!("{PREFIX}{name}")).ok()??;
    serde_json::from_str(&text).ok()
}

/// Saves a draft. If storage is blocked, the draft is lost with the page.
pub fn save<T: Serialize>(name: &str, draft: &T) {
    if let (Some(storage), Ok(text)) = (storage::session(), serde_json::to_string(draft)) {
        _ = storage.set_item(&format!("{PREFIX}{name}"), &text);
    }
}

/// Whether a draft with this name exists. Unlike [`load`], this does not decode it, so the first page needs no types of drafts.
pub fn exists(name: &str) -> bool {
    storage::session().is_some_and(|storage| matches!(storage.get_item(&format!("{PREFIX}{name}")), Ok(Some(_))))
}

pub fn delete(name: &str) {
    if let Some(storage) = storage::session() {
        _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Deletes the drafts of a user who signs out.
pub fn delete_all() {
    let Some(storage) = storage::session() else { return };
    let names: Vec<String> =
        (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        _ = storage.remove_item(name);
    }
}
