//! The token of the invitation link: removed from the address bar at once, and stored in this tab until it is used.
//!
//! The token is in the fragment, which browsers do not send to any server. The copy in memory survives a change of the
//! language, the copy in the tab's storage a reload.

use std::cell::RefCell;

use leptos::prelude::*;
use partner_api::acceptance::AcceptedInvitation;
use serde::{Deserialize, Serialize};

use crate::{
    browser::drafts,
    routes::{Locale, Navigation, Page, href},
    session::new_key,
};

/// Name in storage, among the drafts: signing out deletes both.
const NAME: &str = "invitation";

thread_local! {
    /// The only copy if the browser blocks the tab's storage.
    static IN_MEMORY: RefCell<Option<StoredInvitation>> = const { RefCell::new(None) };
}

/// The invitation whose link was opened last. Not `Debug`, because the token is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum StoredInvitation {
    Link {
        /// 256 random bits as base64url.
        token: String,
        /// Idempotency key: accepting twice has one effect, and returns a lost reply again.
        key: String,
        /// Whether the user has pressed the button. The reply may have been lost.
        is_tried: bool,
    },
    Accepted(AcceptedInvitation),
}

/// The invitation in the address bar, whose token is removed from there, or else the stored one.
pub(super) fn open(navigation: Navigation, locale: Locale) -> Option<StoredInvitation> {
    let fragment = window().location().hash().unwrap_or_default();
    if let Some(token) = token_of(&fragment) {
        // The same link again is the same request, so it keeps its key.
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

/// The token of `#token=…`, without a bracket or a full stop that a mail program or a person has left at its end.
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
