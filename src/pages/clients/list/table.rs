//! The list as a table, for wide windows.

use leptos::{ev, html, prelude::*};

use super::{
    super::{state::ClientsState, store::RowKey},
    MenuBox, SelectBox,
    columns::{COLUMNS, ColumnHeads, ColumnWidths},
    drawn_rows, each_row,
    row::{Who, balance, row_text},
};
use crate::{
    i18n::use_i18n,
    ui::{selection::Key, virtual_list::SpacerRow},
};

/// Estimated height of a row in pixels, used until a drawn row has been measured.
const USUAL_HEIGHT: i32 = 56;

#[component]
pub fn Table(
    on_click: impl Fn(ev::MouseEvent) + Copy + 'static,
    on_context_menu: impl Fn(ev::MouseEvent) + Copy + 'static,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    let body = NodeRef::<html::Tbody>::new();
    let rows = drawn_rows(state, body, USUAL_HEIGHT);
    // Add 1, because `aria-rowcount` includes the row of headings.
    let row_count = move || (state.view().with(|view| view.keys.len()) + 1).to_string();
    view! {
        <table class="table" id="clients" aria-rowcount=row_count>
            <caption class="visually-hidden">{text.table_caption}</caption>
            <ColumnWidths />
            <ColumnHeads />
            <tbody node_ref=body on:click=on_click on:contextmenu=on_context_menu>
                <SpacerRow height=rows.above columns=COLUMNS.len() />
                {each_row(rows, |key, index| view! { <TableRow key index /> }.into_any())}
                <SpacerRow height=rows.below columns=COLUMNS.len() />
            </tbody>
        </table>
    }
}

#[component]
fn TableRow(key: RowKey, index: Signal<usize>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = row_text(state, key);
    // Add 2, because `aria-rowindex` starts at 1 and the row of headings is the first row.
    let row_index = move || (index.get() + 2).to_string();
    view! {
        <tr data-key=key.index().to_string() aria-rowindex=row_index
            aria-selected=move || state.is_selected(key).to_string()>
            <td class="cell-select"><SelectBox key /></td>
            <th scope="row" class="cell-who"><div class="who"><Who key text /></div></th>
            <td class="cell-text"><bdi>{move || text.with(|text| text.name.clone())}</bdi></td>
            <td class="cell-text"><bdi>{move || text.with(|text| text.identifier.clone())}</bdi></td>
            <td class="cell-phone">{move || text.with(|text| text.phone.clone())}</td>
            <td class="cell-amount">{move || text.with(balance)}</td>
            <td class="cell-date">{move || text.with(|text| text.added.clone())}</td>
            <td class="cell-menu"><MenuBox key /></td>
        </tr>
    }
}
