//! The list of rows: a table, or cards in a narrow window. Two event listeners on the list, one for clicks and one for
//! the context menu, handle the events of all rows.

mod cards;
pub mod columns;
mod row;
mod row_menu;
mod table;

use leptos::{ev, html::ElementType, prelude::*};
use wasm_bindgen::JsCast;

use self::{
    cards::Cards,
    row_menu::{RowMenu, RowMenuAt},
    table::Table,
};
use super::{state::ClientsState, store::RowKey};
use crate::{
    browser::{events::on_window, focus},
    i18n::{format::fill, use_i18n},
    ui::{
        icon::Icon,
        menu::Anchor,
        selection::Key,
        virtual_list::{ListLayout, VirtualList},
    },
};

/// Windows narrower than this number of pixels show cards. The style sheets use the same width.
const CARDS_BELOW: i32 = 720;

/// The list of all rows that match the query.
#[component]
pub fn Rows() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let is_narrow = Memo::new({
        let width = RwSignal::new(window_width());
        on_window(ev::resize, move |_| _ = width.try_set(window_width()));
        move |_| width.get() < CARDS_BELOW
    });
    let menu = RwSignal::new(None::<RowMenuAt>);
    let on_click = move |event: ev::MouseEvent| {
        let Some(RowHit { key, part, element }) = RowHit::of(&event) else { return };
        match part.as_str() {
            "select" => state.select(key, event.shift_key()),
            "menu" => menu.set(Some(RowMenuAt { key, anchor: Anchor::of(&element) })),
            _ => {}
        }
    };
    let on_context_menu = move |event: ev::MouseEvent| {
        // Ignore right clicks with Shift, so that users can still open the browser's own context menu.
        let Some(hit) = RowHit::of(&event).filter(|_| !event.shift_key()) else { return };
        event.prevent_default();
        // Open the menu at the row or its part if the event has no coordinates, because then it comes from the
        // keyboard.
        let has_point = event.client_x() != 0 || event.client_y() != 0;
        let anchor = if has_point { Anchor::at(event.client_x(), event.client_y()) } else { Anchor::of(&hit.element) };
        menu.set(Some(RowMenuAt { key: hit.key, anchor }));
    };
    view! {
        {move || if is_narrow.get() {
            view! { <Cards on_click on_context_menu /> }.into_any()
        } else {
            view! { <Table on_click on_context_menu /> }.into_any()
        }}
        <RowMenu menu />
    }
}

/// A virtual list: it draws only the rows near the screen into `element`.
fn drawn_rows<E>(state: ClientsState, element: NodeRef<E>, usual_row_height: i32) -> VirtualList<RowKey>
where
    E: ElementType + 'static,
    E::Output: AsRef<web_sys::Element> + JsCast + Clone + 'static,
{
    let layout = ListLayout {
        element,
        row: "[data-key]",
        usual_row_height,
        count: Signal::derive(move || state.view().with(|view| view.keys.len())),
        is_whole: Signal::stored(false),
    };
    VirtualList::new(layout, move |range| state.view().with(|view| view.keys.get(range).unwrap_or_default().to_vec()))
}

/// Draws each row of `list` with `draw`. The second argument of `draw` is the index of the row in the whole list.
///
/// The table and the cards share this function, because every use of `ForEnumerate` adds code to the binary.
fn each_row(list: VirtualList<RowKey>, draw: fn(RowKey, Signal<usize>) -> AnyView) -> AnyView {
    let VirtualList { keys, first, .. } = list;
    view! {
        <ForEnumerate each=move || keys.get() key=|key| *key children=move |at, key| {
            draw(key, Signal::derive(move || first.get() + at.get()))
        } />
    }
    .into_any()
}

/// The checkbox that selects a row. The label fills the whole cell, so that the checkbox is easy to tap.
#[component]
fn SelectBox(key: RowKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    let label = move || {
        state.store().track();
        fill(text.select_one, &[("client", &state.label(key))])
    };
    view! {
        <label class="select-box">
            <input
                type="checkbox"
                class="checkbox"
                data-part="select"
                aria-label=label
                prop:checked=move || state.is_selected(key)
            />
        </label>
    }
}

/// The button that opens the menu of a row.
#[component]
fn MenuBox(key: RowKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    let label = move || {
        state.store().track();
        fill(text.actions_for, &[("client", &state.label(key))])
    };
    view! {
        <button type="button" class="button row-menu" data-mode="quiet" data-square data-part="menu"
            aria-haspopup="menu" aria-label=label>
            <Icon name="ellipsis" />
        </button>
    }
}

/// The row and the part of the row in which a mouse event occurred.
struct RowHit {
    key: RowKey,
    /// The value of `data-part` at the element. Empty if the event did not occur in a part.
    part: String,
    /// The element with `data-part` or, if the event did not occur in a part, the whole row.
    element: web_sys::Element,
}

impl RowHit {
    fn of(event: &ev::MouseEvent) -> Option<Self> {
        let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        let row = target.closest("[data-key]").ok()??;
        let key = row.get_attribute("data-key")?.parse().ok().map(RowKey::from_index)?;
        let element = target.closest("[data-part]").ok().flatten();
        let part = element.as_ref().and_then(|element| element.get_attribute("data-part")).unwrap_or_default();
        Some(Self { key, part, element: element.unwrap_or(row) })
    }
}

fn window_width() -> i32 {
    window().inner_width().ok().and_then(|width| width.as_f64()).map_or(1280, |width| width as i32)
}

/// Focuses the menu button of the row at this position or, if there is no such row, of the last row. The page calls
/// this function after it has removed a row, so that keyboard users continue at the same position.
pub fn focus_row(position: usize) {
    focus::first_of([
        format!(
            "#clients [aria-rowindex='{}'] .row-menu, #clients [aria-posinset='{}'] .row-menu",
            position + 2,
            position + 1
        ),
        "#clients [data-key]:last-of-type .row-menu".to_owned(),
    ]);
}
