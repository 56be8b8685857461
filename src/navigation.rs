//! The browser's address bar as a signal: links, Back and Forward, and going somewhere by code.
//!
//! A router of our own, because there is so little to route: the one of Leptos weighs more than a third of what is
//! there now (`docs/decisions/router.md`).

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use crate::routes::{BASE, Location};

/// The current address, and ways to change it.
#[derive(Clone, Copy)]
pub struct Navigation {
    location: RwSignal<Location>,
}

impl Navigation {
    /// Reads the address bar and follows it from now on.
    pub fn start() -> Self {
        let navigation = Self { location: RwSignal::new(current()) };
        window_event_listener(ev::popstate, move |_| navigation.location.set(current()));
        window_event_listener(ev::click, move |event| {
            if let Some(href) = followed_link(&event) {
                event.prevent_default();
                navigation.go(&href);
            }
        });
        navigation
    }

    /// The current address.
    pub fn location(self) -> Signal<Location> {
        self.location.into()
    }

    /// Goes to an address of the account; Back returns from it.
    pub fn go(self, href: &str) {
        _ = history().push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
        self.location.set(current());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// Changes the address in place: the view of a page, or a redirection.
    pub fn replace(self, href: &str) {
        _ = history().replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
        let now = current();
        if self.location.with_untracked(|location| *location != now) {
            self.location.set(now);
        }
    }
}

/// Path of the address bar.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

fn history() -> web_sys::History {
    window().history().expect("a window has a history")
}

fn current() -> Location {
    Location::parse(&path(), &window().location().search().unwrap_or_default())
}

/// Where a click leads, if it is a plain click on a link that stays in the account.
fn followed_link(event: &web_sys::MouseEvent) -> Option<String> {
    let plain = event.button() == 0
        && !event.default_prevented()
        && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
    let link = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let stays = href.starts_with(BASE) && !link.has_attribute("target") && !link.has_attribute("download");
    (plain && stays).then_some(href)
}
