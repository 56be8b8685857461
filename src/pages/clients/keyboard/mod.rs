//! Keyboard shortcuts, and keys that move between rows and select rows. `map.rs` lists all keys for users.

pub mod map;
pub mod palette;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    state::{ClientsState, Dialog},
    store::RowKey,
};
use crate::{
    browser::{events::on_window, focus},
    ui::selection::Key,
};

/// Selectors of the parts of a row that can have the focus. When the focus moves to a row that has the same part, it
/// stays on that part.
const PARTS: [&str; 3] = [".checkbox", ".row-menu", "a"];
/// Page Up and Page Down move the focus by this number of rows.
const PAGE: usize = 10;

/// The row and the part of the row that has the focus, or that gets the focus when the row is drawn.
///
/// The app remembers the focus, because the browser drops it when a row moves in the document or is scrolled out of
/// view and removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RowFocus {
    key: RowKey,
    part: &'static str,
}

/// A component without content. It handles keyboard events of the page while it is mounted.
#[component]
pub fn Keyboard() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let row_focus = StoredValue::new(None::<RowFocus>);
    let set_row_focus = move |new| _ = row_focus.try_set_value(new);
    let restore_focus = move || {
        // Restore the focus after two frames, because the list draws new rows within two frames.
        request_animation_frame(move || {
            request_animation_frame(move || {
                if let Some(row_focus) = row_focus.try_get_value().flatten() {
                    row_focus.apply(false);
                }
            });
        });
    };
    on_window(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || event.alt_key() {
            return;
        }
        // Ignore keys while a dialog or a menu is open over the list, because dialogs and menus handle keys themselves.
        let is_covered = find("dialog[open], [role=menu]").is_some();
        if !is_covered && (on_shortcut(state, &event) || on_row_key(state, row_focus, &event)) {
            event.prevent_default();
        }
    });
    on_window(ev::focusin, move |event| set_row_focus(target(&event).and_then(|part| RowFocus::of(&part))));
    // Forget the focused row on every click. If the click focuses a part of a row, `focusin` sets the row again.
    on_window(ev::pointerdown, move |_| set_row_focus(None));
    on_window(ev::scroll, move |_| restore_focus());
    Effect::new(move |_| {
        state.view().with(|_| ());
        restore_focus();
    });
}

/// Handles keys that work anywhere on the page. Returns `true` if it handled the key.
fn on_shortcut(state: ClientsState, event: &ev::KeyboardEvent) -> bool {
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        let is_palette = key.eq_ignore_ascii_case("k") && !event.shift_key();
        if is_palette {
            state.open(Dialog::Palette);
        }
        return is_palette;
    }
    let is_typing = target(event).is_some_and(|target| {
        target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]").unwrap_or(false)
    });
    if is_typing {
        // Move the focus from the search field to the first row with Arrow Down.
        let is_down = key == "ArrowDown" && !event.shift_key();
        let first = state.view().with_untracked(|view| view.keys.first().copied());
        return is_down && first.is_some_and(|key| RowFocus { key, part: PARTS[0] }.apply(true));
    }
    match key.as_str() {
        "/" if map::has_character_keys() => find("#search").is_some_and(|search| focus::set(&search)),
        "?" if map::has_character_keys() => {
            state.open(Dialog::KeyMap);
            true
        }
        _ => false,
    }
}

/// Handles keys while a row has the focus. Returns `true` if it handled the key.
fn on_row_key(state: ClientsState, row_focus: StoredValue<Option<RowFocus>>, event: &ev::KeyboardEvent) -> bool {
    let Some(RowFocus { key, part }) = row_focus.get_value() else { return false };
    if event.ctrl_key() || event.meta_key() {
        return false;
    }
    let keys = state.view().with_untracked(|view| view.keys.clone());
    let Some(position) = keys.iter().position(|other| *other == key) else { return false };
    let last = keys.len() - 1;
    let to = match event.key().as_str() {
        "ArrowDown" => (position + 1).min(last),
        "ArrowUp" => position.saturating_sub(1),
        "PageDown" => (position + PAGE).min(last),
        "PageUp" => position.saturating_sub(PAGE),
        "Home" => 0,
        "End" => last,
        // Handle Space only on links, because the browser handles it on checkboxes and buttons. If the focused row is
        // out of view, let Space scroll the page.
        " " if part == "a" && !focus::is_lost() => {
            state.select(key, event.shift_key());
            return true;
        }
        _ => return false,
    };
    if event.shift_key() && to != position {
        // Select the row that had the focus first, because the range starts there.
        if !state.selection().with_untracked(|selection| selection.contains(key)) {
            state.select(key, false);
        }
        state.select(keys[to], true);
    }
    let next = RowFocus { key: keys[to], part };
    if !next.apply(true) {
        // If the row is not drawn, scroll to it. The row gets the focus when the list has drawn it.
        row_focus.set_value(Some(next));
        scroll_to(to);
    }
    true
}

impl RowFocus {
    /// Finds the row and the part that an element belongs to. `None` if the element is not a focusable part of a row.
    fn of(element: &Element) -> Option<Self> {
        let row = element.closest("#clients [data-key]").ok().flatten()?;
        let key = RowKey::from_index(row.get_attribute("data-key")?.parse().ok()?);
        let part = PARTS.into_iter().find(|part| element.matches(part).unwrap_or(false))?;
        Some(Self { key, part })
    }

    /// Focuses this part of the row. Returns `false` if the row is not drawn.
    fn apply(self, scrolls: bool) -> bool {
        let find_part = |part: &str| find(&format!("#clients [data-key='{}'] {part}", self.key.index()));
        // Focus the checkbox if the row does not have this part: for example, invitations have no link.
        let Some(part) = find_part(self.part).or_else(|| find_part(PARTS[0])) else { return false };
        document().active_element().as_ref() == Some(&part)
            || if scrolls { focus::set(&part) } else { focus::set_without_scrolling(&part) }
    }
}

/// Scrolls the page so that the row at this position is in the middle of the window. Works for rows that are not drawn,
/// because all rows have the same height.
#[allow(clippy::float_arithmetic, reason = "positions in the window")]
fn scroll_to(position: usize) {
    let (Some(list), Some(row)) = (find("#clients"), find("#clients [data-key]")) else { return };
    let height = row.get_bounding_client_rect().height();
    let window_height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let top = list.get_bounding_client_rect().top() + height * position as f64;
    window().scroll_by_with_x_and_y(0.0, top - window_height / 2.0);
}

fn target(event: &ev::Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
