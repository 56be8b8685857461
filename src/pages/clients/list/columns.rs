//! The columns of the table: their widths, and their heads, by which the list is sorted.

use leptos::prelude::*;

use super::super::{
    state::ClientsState,
    store::{SortKey, ViewQuery},
};
use crate::{
    i18n::{
        locales::{Text, Words},
        use_i18n,
    },
    ui::sort_head::SortHead,
};

/// Words for a column or order.
pub fn name(key: SortKey) -> fn(Text) -> Words {
    match key {
        SortKey::Email => |text| text.clients().column_email,
        SortKey::Name => |text| text.clients().column_name,
        SortKey::Identifier => |text| text.clients().column_identifier,
        SortKey::Phone => |text| text.clients().column_phone,
        SortKey::Balance => |text| text.clients().column_balance,
        SortKey::Added => |text| text.clients().column_added,
        SortKey::State => |text| text.clients().column_state,
    }
}

/// Sorts by a column; by the column it is sorted by, the other way round.
pub fn sort_by(query: &mut ViewQuery, key: SortKey) {
    query.descending = query.sort == key && !query.descending;
    query.sort = key;
}

/// Widths; the style sheet has them by name.
#[component]
pub fn Columns() -> impl IntoView {
    let names = ["select", "who", "name", "identifier", "phone", "balance", "added", "menu"];
    let columns = names.map(|name| view! { <col class=format!("col-{name}") /> }).collect_view();
    view! { <colgroup>{columns}</colgroup> }
}

/// Heads; all but the first and the last sort.
#[component]
pub fn ColumnHeads() -> impl IntoView {
    let text = use_i18n().text;
    let heads = [SortKey::Email, SortKey::Name, SortKey::Identifier, SortKey::Phone, SortKey::Balance, SortKey::Added]
        .map(|key| view! { <Head key /> })
        .collect_view();
    view! {
        <thead>
            <tr aria-rowindex="1">
                <td class={"cell-select"}></td>
                {heads}
                <th class="cell-menu" scope="col"><span class="visually-hidden">{text.clients().column_actions}</span></th>
            </tr>
        </thead>
    }
}

#[component]
fn Head(key: SortKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let order = Signal::derive(move || state.query.with(|query| (query.sort == key).then_some(query.descending)));
    let on_sort = Callback::new(move |()| state.query.update(|query| sort_by(query, key)));
    view! { <SortHead label=name(key)(text) class=format!("head-{}", key.as_str()) order on_sort /> }
}
