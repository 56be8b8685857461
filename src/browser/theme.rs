//! The colour theme, stored in this browser. `boot.js` applies it before the first paint.

use leptos::prelude::*;

use crate::browser::storage;

/// Storage key; `boot.js` reads the same key before the first paint.
const KEY: &str = "partner-account.theme";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Follows the theme of the operating system.
    System,
    Light,
    Dark,
}

impl Theme {
    /// All themes, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Returns the theme that is stored in this browser, or [`Theme::System`] if none is stored.
    pub fn current() -> Self {
        let name = storage::local().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Self::ALL.into_iter().find(|theme| Some(theme.name()) == name.as_deref()).unwrap_or(Self::System)
    }

    /// Shows the page in this theme, and stores the theme in this browser.
    pub fn apply(self) {
        if let Some(root) = document().document_element() {
            _ = root.set_attribute("data-theme", self.name());
        }
        if let Some(storage) = storage::local() {
            _ = storage.set_item(KEY, self.name());
        }
    }
}
