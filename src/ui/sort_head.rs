//! The heading of a table column by which the user can sort.

use leptos::prelude::*;

use super::icon::Icon;

/// The heading cell, with a button that sorts.
#[component]
pub fn SortHead(
    label: &'static str,
    /// CSS class of the heading cell.
    #[prop(optional, into)]
    class: String,
    /// `None` if the table is sorted by another column, else whether the order is descending.
    order: Signal<Option<bool>>,
    /// Called to sort by this column, or to reverse the order.
    on_sort: Callback<()>,
) -> impl IntoView {
    let aria_sort = move || order.get().map(|is_descending| if is_descending { "descending" } else { "ascending" });
    let icon = move || match order.get() {
        Some(false) => "arrow-up",
        Some(true) => "arrow-down",
        None => "chevrons-up-down",
    };
    view! {
        <th scope="col" class=class aria-sort=aria_sort>
            <button type="button" class="head-button" on:click=move |_| on_sort.run(())>
                {label} {move || view! { <Icon name=icon() /> }}
            </button>
        </th>
    }
}
