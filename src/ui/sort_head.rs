//! The head of a column that can be sorted by: it says by how it is sorted, and asks for it.

use leptos::prelude::*;

use super::{
    icon::Icon,
    live::{live, live_word},
};

/// The head.
#[component]
pub fn SortHead(
    /// Words.
    label: &'static str,
    /// Class of the cell.
    #[prop(optional, into)]
    class: String,
    /// Whether the table is sorted by it, and then whether downwards.
    order: Signal<Option<bool>>,
    /// Sort by it, or the other way round.
    on_sort: Callback<()>,
) -> impl IntoView {
    let aria = move || order.get().map(|descending| if descending { "descending" } else { "ascending" });
    view! {
        <th scope="col" class=class aria-sort=live_word(aria)>
            <button type="button" class="head-button" on:click=move |_| on_sort.run(())>
                {label}
                {live(move || view! {
                    <Icon name=match order.get() {
                        Some(false) => "arrow-up",
                        Some(true) => "arrow-down",
                        None => "chevrons-up-down",
                    } />
                })}
            </button>
        </th>
    }
}
