//! The columns of the table. A click on a column heading sorts the list.

use leptos::prelude::*;

use super::super::{state::ClientsState, store::SortKey};
use crate::{
    i18n::{
        locales::{Text, Words},
        use_i18n,
    },
    ui::sort_head::SortHead,
};

pub struct Column {
    /// The name of the column in the style sheet. The style sheet sets the width of the column by this name.
    name: &'static str,
    /// The sort order that a click on the heading selects. `None` if the list cannot be sorted by this column.
    sort: Option<SortKey>,
}

impl Column {
    const fn plain(name: &'static str) -> Self {
        Self { name, sort: None }
    }

    const fn sorted(name: &'static str, key: SortKey) -> Self {
        Self { name, sort: Some(key) }
    }
}

/// The columns, in the same order as the cells of a row in `table.rs`.
pub const COLUMNS: [Column; 8] = [
    Column::plain("select"),
    Column::sorted("who", SortKey::Email),
    Column::sorted("name", SortKey::Name),
    Column::sorted("identifier", SortKey::Identifier),
    Column::sorted("phone", SortKey::Phone),
    Column::sorted("balance", SortKey::Balance),
    Column::sorted("added", SortKey::Added),
    Column::plain("menu"),
];

/// The heading of a column. The toolbar uses the same text as the name of the sort order.
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

#[component]
pub fn ColumnWidths() -> impl IntoView {
    let columns = COLUMNS.map(|column| view! { <col class=format!("col-{}", column.name) /> }).collect_view();
    view! { <colgroup>{columns}</colgroup> }
}

#[component]
pub fn ColumnHeads() -> impl IntoView {
    let text = use_i18n().text.clients();
    let heads = COLUMNS.iter().filter_map(|column| column.sort).map(|key| view! { <Head key /> }).collect_view();
    view! {
        <thead>
            <tr aria-rowindex="1">
                <td class={"cell-select"}></td>
                {heads}
                <th class="cell-menu" scope="col"><span class="visually-hidden">{text.column_actions}</span></th>
            </tr>
        </thead>
    }
}

#[component]
fn Head(key: SortKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let order = Signal::derive(move || state.query().with(|query| (query.sort == key).then_some(query.descending)));
    let on_sort = Callback::new(move |()| state.toggle_sort(key));
    view! { <SortHead label=name(key)(text) class=format!("head-{}", key.as_str()) order on_sort /> }
}
