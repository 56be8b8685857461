//! Moves the token of the invitation link from the address bar to the storage of the tab.
//!
//! The token is in the fragment, because browsers do not send fragments to servers. The copy in memory survives a
//! change of the language, and the copy in the storage of the tab survives a reload.

use std::cell::RefCell;

use leptos::prelude::*;
use partner_api::acceptance::AcceptedInvitation;
use serde::{Deserialize, Serialize};

use crate::{
    browser::drafts,
    routes::{Locale, Navigation, Page, href},
    session::new_key,
};

/// Name of the draft that stores the invitation. Signing out deletes all drafts, and so also the token.
const NAME: &str = "invitation";

thread_local! {
    /// Copy of the stored invitation, because some browsers block the storage of the tab.
    static IN_MEMORY: RefCell<Option<StoredInvitation>> = const { RefCell::new(None) };
}

/// The invitation whose link was opened last. The type does not derive `Debug`, because the token is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum StoredInvitation {
    Link {
        /// The secret from the link: 256 random bits as base64url.
        token: String,
        /// Idempotency key of the request that accepts. A second request with the same key returns the reply of the
        /// first.
        key: String,
        /// Whether the user has tried to accept. The reply may have been lost, so the outcome may be unknown.
        is_tried: bool,
    },
    Accepted(AcceptedInvitation),
}

/// Returns the invitation in the address bar or, if there is none, the stored invitation. Removes the token from the
/// address bar, so that the token does not stay in the browser history.
pub(super) fn open(navigation: Navigation, locale: Locale) -> Option<StoredInvitation> {
    let fragment = window().location().hash().unwrap_or_default();
    if let Some(token) = token_of(&fragment) {
        // Keep the stored idempotency key if the user opens the same link again, because it leads to the same request.
        if !matches!(load(), Some(StoredInvitation::Link { token: known, .. }) if known == token) {
            save(StoredInvitation::Link { token, key: new_key(), is_tried: false });
        }
    }
    if !fragment.is_empty() {
        navigation.replace(&href(locale, &Page::Invitation, ""));
    }
    load()
}

pub(super) fn save(invitation: StoredInvitation) {
    drafts::save(NAME, &invitation);
    IN_MEMORY.set(Some(invitation));
}

pub(super) fn delete() {
    drafts::delete(NAME);
    IN_MEMORY.set(None);
}

fn load() -> Option<StoredInvitation> {
    IN_MEMORY.with_borrow(Clone::clone).or_else(|| drafts::load(NAME))
}

/// Reads the token from `#token=…`. Ignores characters after the token, because copied links often end with a bracket
/// or a full stop.
fn token_of(fragment: &str) -> Option<String> {
    let value = fragment.trim_start_matches('#').split('&').find_map(|pair| pair.strip_prefix("token="))?;
    let is_base64url = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    Some(value.chars().take_while(is_base64url).collect::<String>()).filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_read_from_a_fragment() {
        assert_eq!(token_of("#token=a-B_9").as_deref(), Some("a-B_9"));
        assert_eq!(token_of("#x=1&token=abc).").as_deref(), Some("abc"));
        for nothing in ["", "#", "#token=", "#token=%20", "#content"] {
            assert_eq!(token_of(nothing), None, "{nothing}");
        }
    }
}
