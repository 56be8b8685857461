//! The rows on screen: a table, or cards on a phone. One listener on the body serves all rows.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

pub mod columns;
mod row;
mod row_menu;

use self::{
    columns::{ColumnHeads, Columns},
    row::{Who, balance, row_text},
    row_menu::{RowMenu, RowMenuAt},
};
use super::{state::ClientsState, store::RowKey};
use crate::{
    i18n::{format::fill, use_i18n},
    ui::{
        icon::Icon,
        live::{live, live_flag, live_maybe},
        menu::Anchor,
        selection::Key,
        virtual_rows::visible_rows,
    },
};

/// Windows narrower than this show cards; the style sheets use the same width.
const CARDS_BELOW: i32 = 720;

/// All rows that match the view.
#[component]
pub fn Rows() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let is_narrow = Memo::new({
        let width = RwSignal::new(window_width());
        let listener = window_event_listener(ev::resize, move |_| _ = width.try_set(window_width()));
        on_cleanup(move || listener.remove());
        move |_| width.get() < CARDS_BELOW
    });
    let menu = RwSignal::new(None::<RowMenuAt>);
    let on_click = move |event: ev::MouseEvent| {
        let Some((key, part, element)) = hit(&event) else { return };
        match part.as_str() {
            "select" => state.select(key, event.shift_key()),
            "menu" => menu.set(Some(RowMenuAt { key, anchor: Anchor::of(&element) })),
            _ => {}
        }
    };
    let on_context_menu = move |event: ev::MouseEvent| {
        // Shift keeps the browser's own menu in reach.
        let Some((key, _, element)) = hit(&event).filter(|_| !event.shift_key()) else { return };
        event.prevent_default();
        let has_point = event.client_x() != 0 || event.client_y() != 0;
        let anchor = if has_point { Anchor::at(event.client_x(), event.client_y()) } else { Anchor::of(&element) };
        menu.set(Some(RowMenuAt { key, anchor }));
    };
    view! {
        {live(move || if is_narrow.get() {
            view! { <Cards on_click on_context_menu /> }.into_any()
        } else {
            view! { <Table on_click on_context_menu /> }.into_any()
        })}
        <RowMenu menu />
    }
}

/// The part of the list that is drawn.
struct Drawn {
    /// Its rows.
    keys: Memo<Vec<RowKey>>,
    /// Place of the first of them in the list.
    first: Memo<usize>,
    /// Height of the rows above it and below it, for the style sheet.
    above: Signal<String>,
    below: Signal<String>,
}

/// Draws as much of the list as is on screen; `top` is the list's upper edge in the window, `row` finds one of its rows.
fn drawn(
    state: ClientsState,
    usual_height: i32,
    row: &'static str,
    top: impl Fn() -> Option<i32> + Copy + 'static,
) -> Drawn {
    let height = RwSignal::new(usual_height);
    let count = Signal::derive(move || state.view.with(|view| view.keys.len()));
    let range = visible_rows(count, height.into(), top);
    let keys = Memo::new(move |_| {
        let range = range.get();
        state.view.with(|view| view.keys.get(range).unwrap_or_default().to_vec())
    });
    measure(keys, height, row);
    Drawn {
        keys,
        first: Memo::new(move |_| range.with(|range| range.start)),
        above: Signal::derive(move || pixels(range.with(|range| range.start), height.get())),
        below: Signal::derive(move || {
            pixels(count.get() - range.with(|range| range.end.min(count.get())), height.get())
        }),
    }
}

fn pixels(rows: usize, height: i32) -> String {
    format!("{}px", rows * height.unsigned_abs() as usize)
}

#[component]
fn Table(
    on_click: impl Fn(ev::MouseEvent) + Copy + 'static,
    on_context_menu: impl Fn(ev::MouseEvent) + Copy + 'static,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let body = NodeRef::<html::Tbody>::new();
    let top = move || body.get_untracked().map(|body| body.get_bounding_client_rect().top() as i32);
    let Drawn { keys, first, above, below } = drawn(state, 56, "#clients tr[data-key]", top);
    let count = move || state.view.with(|view| view.keys.len());
    view! {
        <table class="table" id="clients" aria-rowcount=live_maybe(move || Some((count() + 1).to_string()))>
            <caption class="visually-hidden">{text.clients().table_caption}</caption>
            <Columns />
            <ColumnHeads />
            <tbody node_ref=body on:click=on_click on:contextmenu=on_context_menu>
                <tr class="spacer" aria-hidden="true"><td colspan="8" style:height=above></td></tr>
                <ForEnumerate each=move || keys.get() key=|key| *key children=move |at, key| {
                    view! { <TableRow key index=Signal::derive(move || first.get() + at.get() + 2) /> }
                } />
                <tr class="spacer" aria-hidden="true"><td colspan="8" style:height=below></td></tr>
            </tbody>
        </table>
    }
}

#[component]
fn TableRow(key: RowKey, index: Signal<usize>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = row_text(state, key);
    let is_selected = move || state.selection.with(|selection| selection.contains(key));
    let is_fresh = Signal::derive(move || state.fresh.with(|fresh| fresh.contains(&key)));
    view! {
        <tr data-key=key.index().to_string() aria-rowindex=live_maybe(move || Some(index.get().to_string()))
            aria-selected=live_maybe(move || Some(is_selected().to_string()))>
            <td class="cell-select"><SelectBox key /></td>
            <th scope="row" class="cell-who"><div class="who"><Who text is_fresh /></div></th>
            <td class="cell-text"><bdi>{live_maybe(move || text.with(|text| text.name.clone()))}</bdi></td>
            <td class="cell-text"><bdi>{live_maybe(move || text.with(|text| text.identifier.clone()))}</bdi></td>
            <td class="cell-phone">{live_maybe(move || text.with(|text| text.phone.clone()))}</td>
            <td class="cell-amount">{live(move || text.with(balance))}</td>
            <td class="cell-date">{live_maybe(move || text.with(|text| text.added.clone()))}</td>
            <td class="cell-menu"><MenuBox key /></td>
        </tr>
    }
}

#[component]
fn Cards(
    on_click: impl Fn(ev::MouseEvent) + Copy + 'static,
    on_context_menu: impl Fn(ev::MouseEvent) + Copy + 'static,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let list = NodeRef::<html::Div>::new();
    let top = move || list.get_untracked().map(|list| list.get_bounding_client_rect().top() as i32);
    let Drawn { keys, first, above, below } = drawn(state, 120, "#clients [data-key]", top);
    let count = move || state.view.with(|view| view.keys.len()).to_string();
    view! {
        <div node_ref=list id="clients" class="cards-frame">
            <div style:height=above></div>
            <ul class="cards" aria-label=text.clients().table_caption on:click=on_click on:contextmenu=on_context_menu>
                <ForEnumerate each=move || keys.get() key=|key| *key children=move |at, key| {
                    let index = Signal::derive(move || first.get() + at.get() + 1);
                    view! { <Card key index count=Signal::derive(count) /> }
                } />
            </ul>
            <div style:height=below></div>
        </div>
    }
}

#[component]
fn Card(key: RowKey, index: Signal<usize>, count: Signal<String>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = row_text(state, key);
    let is_selected = move || state.selection.with(|selection| selection.contains(key));
    let is_fresh = Signal::derive(move || state.fresh.with(|fresh| fresh.contains(&key)));
    view! {
        <li class="card" data-key=key.index().to_string() data-selected=live_flag(is_selected)
            aria-posinset=live_maybe(move || Some(index.get().to_string())) aria-setsize=count>
            <SelectBox key />
            <div class="who"><Who text is_fresh /></div>
            <MenuBox key />
            <div class="card-facts">
                {live(move || text.with(|text| view! {
                    <bdi class="card-name">{text.name.clone()}</bdi>
                    <span class="card-amount">{balance(text)}</span>
                    <bdi class="card-identifier">{text.identifier.clone()}</bdi>
                    <span class="card-phone">{text.phone.clone()}</span>
                }))}
            </div>
        </li>
    }
}

/// The box that selects a row. Its whole cell is a target, for fingers.
#[component]
fn SelectBox(key: RowKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let label = move || {
        state.store.track();
        Some(fill(text.clients().select_one, &[("client", &state.label(key))]))
    };
    view! {
        <label class="select-box">
            <input
                type="checkbox"
                class="checkbox"
                data-part="select"
                aria-label=live_maybe(label)
                prop:checked=move || state.selection.with(|selection| selection.contains(key))
            />
        </label>
    }
}

#[component]
fn MenuBox(key: RowKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let label = move || {
        state.store.track();
        Some(fill(text.clients().actions_for, &[("client", &state.label(key))]))
    };
    view! {
        <button type="button" class="button row-menu" data-mode="quiet" data-square data-part="menu"
            aria-haspopup="menu" aria-label=live_maybe(label)>
            <Icon name="ellipsis" />
        </button>
    }
}

/// The row of an event, the part of it that was hit, and that part's element.
fn hit(event: &ev::MouseEvent) -> Option<(RowKey, String, web_sys::Element)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = target.closest("[data-key]").ok()??;
    let key = row.get_attribute("data-key")?.parse().ok().map(RowKey::from_index)?;
    let part = target.closest("[data-part]").ok().flatten();
    let name = part.as_ref().and_then(|part| part.get_attribute("data-part")).unwrap_or_default();
    Some((key, name, part.unwrap_or(row)))
}

/// Takes the real height of a row: it differs with the size of the text.
fn measure(keys: Memo<Vec<RowKey>>, height: RwSignal<i32>, row: &'static str) {
    Effect::new(move |_| {
        keys.with(|_| ());
        request_animation_frame(move || {
            let Ok(Some(row)) = document().query_selector(row) else { return };
            let real = row.get_bounding_client_rect().height() as i32;
            if real > 0 && height.try_get_untracked().is_some_and(|known| known != real) {
                height.set(real);
            }
        });
    });
}

fn window_width() -> i32 {
    window().inner_width().ok().and_then(|width| width.as_f64()).map_or(1280, |width| width as i32)
}

/// Gives the focus to the menu button of the row at this place, or of the last one: where its row went, the focus stays.
pub fn focus_row(place: usize) {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    // After the dialog is gone and the rows are drawn.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let at = format!(
                "#clients [aria-rowindex='{}'] .row-menu, #clients [aria-posinset='{}'] .row-menu",
                place + 2,
                place + 1
            );
            let button = find(&at).or_else(|| find("#clients [data-key]:last-of-type .row-menu"));
            if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
                _ = button.focus();
            }
        });
    });
}
