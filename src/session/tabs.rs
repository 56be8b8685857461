//! What the tabs of one browser tell each other: that somebody signed in or out. Whose session it is, the server says.

use leptos::{ev, prelude::*};

use crate::{browser::storage, session::new_key};

/// Browsers tell the other tabs when this changes.
const MARK: &str = "partner-account.session";

/// What happened in another tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
}

/// Tells the other tabs. Where storage is blocked, they find out by their next call.
pub fn tell(news: News) {
    let word = if news == News::SignedOut { "out" } else { "in" };
    if let Some(storage) = storage::local() {
        // Only a change is told: the same word twice needs a difference.
        _ = storage.set_item(MARK, &format!("{word} {}", new_key()));
    }
}

/// Hears of it, as long as the account is open.
pub fn hear(heard: impl Fn(News) + 'static) {
    window_event_listener(ev::storage, move |event| {
        if event.key().as_deref() == Some(MARK)
            && let Some(word) = event.new_value()
        {
            heard(if word.starts_with("out") { News::SignedOut } else { News::SignedIn });
        }
    });
}
