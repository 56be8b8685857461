//! The list as cards, for narrow windows such as phones.

use leptos::{ev, html, prelude::*};

use super::{
    super::{state::ClientsState, store::RowKey},
    MenuBox, SelectBox, drawn_rows, each_row,
    row::{Who, balance, row_text},
};
use crate::{i18n::use_i18n, ui::selection::Key};

/// Estimated height of a card in pixels, used until a drawn card has been measured.
const USUAL_HEIGHT: i32 = 120;

#[component]
pub fn Cards(
    on_click: impl Fn(ev::MouseEvent) + Copy + 'static,
    on_context_menu: impl Fn(ev::MouseEvent) + Copy + 'static,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    let list = NodeRef::<html::Div>::new();
    let rows = drawn_rows(state, list, USUAL_HEIGHT);
    view! {
        <div node_ref=list id="clients" class="cards-frame">
            <div style:height=rows.above></div>
            <ul class="cards" aria-label=text.table_caption on:click=on_click on:contextmenu=on_context_menu>
                {each_row(rows, |key, index| view! { <Card key index /> }.into_any())}
            </ul>
            <div style:height=rows.below></div>
        </div>
    }
}

#[component]
fn Card(key: RowKey, index: Signal<usize>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = row_text(state, key);
    let count = move || state.view().with(|view| view.keys.len()).to_string();
    view! {
        <li class="card" data-key=key.index().to_string() data-selected=move || state.is_selected(key)
            aria-posinset=move || (index.get() + 1).to_string() aria-setsize=count>
            <SelectBox key />
            <div class="who"><Who key text /></div>
            <MenuBox key />
            <div class="card-facts">
                {move || text.with(|text| view! {
                    <bdi class="card-name">{text.name.clone()}</bdi>
                    <span class="card-amount">{balance(text)}</span>
                    <bdi class="card-identifier">{text.identifier.clone()}</bdi>
                    <span class="card-phone">{text.phone.clone()}</span>
                })}
            </div>
        </li>
    }
}
