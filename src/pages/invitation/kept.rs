//! The token of the letter's link: taken out of the address bar at once, and kept in this tab until it is used.
//!
//! It is in the fragment, which browsers send to nobody. In memory it survives another language, in the tab's storage a
//! reload.

use std::cell::RefCell;

use leptos::prelude::*;
use partner_api::acceptance::AcceptedInvitation;
use serde::{Deserialize, Serialize};

use crate::{
    browser::drafts,
    navigation::Navigation,
    routes::{Locale, Page, href},
    session::new_key,
};

/// Name under which it is kept, beside the drafts: signing out forgets both.
const NAME: &str = "invitation";

thread_local! {
    /// Where the tab's storage is blocked, this is all there is.
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// What is known of the link that was opened last. Not `Debug`: the token is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kept {
    /// It was opened.
    Link {
        /// 256 random bits as base64url.
        token: String,
        /// Makes accepting twice have one effect, and the lost reply come again.
        key: String,
        /// Somebody has pressed the button: what came of it may not have been heard.
        is_tried: bool,
    },
    /// The invitation was accepted.
    Accepted(AcceptedInvitation),
}

/// The link in the address bar, which loses its token by this; else the one that was opened before.
pub(super) fn take(navigation: Navigation, locale: Locale) -> Option<Kept> {
    let fragment = window().location().hash().unwrap_or_default();
    if let Some(token) = token_of(&fragment) {
        let before = load();
        // The same letter opened again is the same request.
        if !matches!(&before, Some(Kept::Link { token: known, .. }) if *known == token) {
            keep(Kept::Link { token, key: new_key(), is_tried: false });
        }
    }
    if !fragment.is_empty() {
        navigation.replace(&href(locale, &Page::Invitation, ""));
    }
    load()
}

/// Keeps it in place of what was.
pub(super) fn keep(kept: Kept) {
    drafts::save(NAME, &kept);
    KEPT.set(Some(kept));
}

/// Forgets it: the link does not work.
pub(super) fn forget() {
    drafts::clear(NAME);
    KEPT.set(None);
}

fn load() -> Option<Kept> {
    KEPT.with_borrow(Clone::clone).or_else(|| drafts::load(NAME))
}

/// The token of `#token=…`. What mail programs and people leave at its end, as a bracket or a full stop, is none of it.
fn token_of(fragment: &str) -> Option<String> {
    let value = fragment.trim_start_matches('#').split('&').find_map(|pair| pair.strip_prefix("token="))?;
    let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    Some(value.chars().take_while(is_part).collect::<String>()).filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_read_out_of_a_fragment() {
        assert_eq!(token_of("#token=a-B_9").as_deref(), Some("a-B_9"));
        assert_eq!(token_of("#x=1&token=abc).").as_deref(), Some("abc"));
        for nothing in ["", "#", "#token=", "#token=%20", "#content"] {
            assert_eq!(token_of(nothing), None, "{nothing}");
        }
    }
}
