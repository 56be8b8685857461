//! The list without a mouse: keys that move between rows and select them, and keys for what is done most.
//!
//! Fetched with the dialogs, see [`super::dialogs`]: the first page does without. The keys are listed for users in
//! `map.rs`.

pub mod map;
pub mod palette;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use super::{dialogs::confirm::Asked, state::ClientsState, store::RowKey};
use crate::ui::{dialog::is_focus_lost, selection::Key};

/// What of a row can have the focus, by its class; the focus moves to the same of another row.
const STOPS: [&str; 3] = [".checkbox", ".row-menu", "a"];
/// Rows that a page's key moves by.
const PAGE: usize = 10;

/// The part of a row that has the focus, or will once the row is drawn.
///
/// The browser forgets the focus of what is drawn elsewhere, or no longer because it was scrolled away; this remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    key: RowKey,
    stop: &'static str,
}

/// Draws nothing. Listens as long as it is mounted.
#[component]
pub fn Keys() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let held = StoredValue::new(None::<Held>);
    let hold = move |at| _ = held.try_update_value(|held| *held = at);
    let give_back = move || {
        // The view is drawn in the first of them at the latest.
        request_animation_frame(move || {
            request_animation_frame(move || _ = held.try_get_value().flatten().is_some_and(|held| held.focus(false)));
        });
    };
    let listeners = [
        window_event_listener(ev::keydown, move |event| {
            if event.default_prevented() || event.is_composing() || event.alt_key() {
                return;
            }
            // What lies over the list has its own keys.
            if find("dialog[open], [role=menu]").is_none() && (global(state, &event) || on_row(state, held, &event)) {
                event.prevent_default();
            }
        }),
        window_event_listener(ev::focusin, move |event| hold(target(&event).and_then(|part| Held::of(&part)))),
        // Whoever clicks beside everything means to leave the row.
        window_event_listener(ev::pointerdown, move |_| hold(None)),
        window_event_listener(ev::scroll, move |_| give_back()),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    Effect::new(move |_| {
        state.view.with(|_| ());
        give_back();
    });
}

/// Keys that work wherever the focus is. Whether it was one.
fn global(state: ClientsState, event: &ev::KeyboardEvent) -> bool {
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        let is_palette = key.eq_ignore_ascii_case("k") && !event.shift_key();
        if is_palette {
            state.asked.set(Some(Asked::Palette));
        }
        return is_palette;
    }
    let is_typing = target(event).is_some_and(|target| {
        target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]").unwrap_or(false)
    });
    if is_typing {
        // Out of the search, into what it found.
        let is_down = key == "ArrowDown" && !event.shift_key();
        let first = state.view.with_untracked(|view| view.keys.first().copied());
        return is_down && first.is_some_and(|key| Held { key, stop: STOPS[0] }.focus(true));
    }
    match key.as_str() {
        "/" if map::has_letters() => find("#search").is_some_and(|search| focus_on(&search, true)),
        "?" if map::has_letters() => {
            state.asked.set(Some(Asked::Keys));
            true
        }
        _ => false,
    }
}

/// Keys of the row that has the focus. Whether it was one.
fn on_row(state: ClientsState, held: StoredValue<Option<Held>>, event: &ev::KeyboardEvent) -> bool {
    let Some(Held { key, stop }) = held.get_value() else { return false };
    if event.ctrl_key() || event.meta_key() {
        return false;
    }
    let keys = state.view.with_untracked(|view| view.keys.clone());
    let Some(place) = keys.iter().position(|other| *other == key) else { return false };
    let last = keys.len() - 1;
    let to = match event.key().as_str() {
        "ArrowDown" => (place + 1).min(last),
        "ArrowUp" => place.saturating_sub(1),
        "PageDown" => (place + PAGE).min(last),
        "PageUp" => place.saturating_sub(PAGE),
        "Home" => 0,
        "End" => last,
        // A box has it by itself, and a button is pressed by it. Of a row that is out of sight, it scrolls the page.
        " " if stop == "a" && !is_focus_lost() => {
            state.select(key, event.shift_key());
            return true;
        }
        _ => return false,
    };
    if event.shift_key() && to != place {
        // A range begins where the focus was.
        if !state.selection.with_untracked(|selection| selection.contains(key)) {
            state.select(key, false);
        }
        state.select(keys[to], true);
    }
    let next = Held { key: keys[to], stop };
    if !next.focus(true) {
        // Not drawn yet: it gets the focus when it is.
        held.set_value(Some(next));
        scroll_to(to);
    }
    true
}

impl Held {
    /// The row's part that this element is, if it is one.
    fn of(element: &Element) -> Option<Self> {
        let row = element.closest("#clients [data-key]").ok().flatten()?;
        let key = RowKey::from_index(row.get_attribute("data-key")?.parse().ok()?);
        let stop = STOPS.into_iter().find(|stop| element.matches(stop).unwrap_or(false))?;
        Some(Self { key, stop })
    }

    /// Gives it the focus, and scrolls to it if `into_view`. Whether it is drawn.
    fn focus(self, into_view: bool) -> bool {
        let at = |stop: &str| find(&format!("#clients [data-key='{}'] {stop}", self.key.index()));
        // Invitations have no link.
        let Some(part) = at(self.stop).or_else(|| at(STOPS[0])) else { return false };
        document().active_element().as_ref() == Some(&part) || focus_on(&part, into_view)
    }
}

/// Brings a row that is not drawn to the middle of the screen: rows are of one height, so it is known where it will be.
#[allow(clippy::float_arithmetic, reason = "places on the screen")]
fn scroll_to(place: usize) {
    let (Some(list), Some(row)) = (find("#clients"), find("#clients [data-key]")) else { return };
    let height = row.get_bounding_client_rect().height();
    let screen = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let top = list.get_bounding_client_rect().top() + height * place as f64;
    window().scroll_by_with_x_and_y(0.0, top - screen / 2.0);
}

fn target(event: &ev::Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn focus_on(element: &Element, into_view: bool) -> bool {
    let options = FocusOptions::new();
    options.set_prevent_scroll(!into_view);
    element.dyn_ref::<HtmlElement>().is_some_and(|element| element.focus_with_options(&options).is_ok())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
