//! The selection bar: the number of selected rows, and buttons to list or deselect selected rows that the filters hide.

use leptos::prelude::*;

use super::super::state::{ClientsState, Dialog};
use crate::{i18n::use_i18n, ui::icon::Icon};

/// Shows, for example, “3 of 500 selected”. The bar also counts selected rows that the filters hide, so that the user
/// does not change such rows by accident.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.clients();
    let counts = Memo::new(move |_| {
        state.view().with(|view| {
            let counts = state.selection().with(|selection| selection.counts(view.visible()));
            (counts, view.counts.total)
        })
    });
    let summary = move || {
        let (counts, total) = counts.get();
        let total = i18n.number(total);
        (counts.selected > 0).then(|| i18n.count_with(&text.selected_of, counts.selected, &[("total", &total)]))
    };
    let hidden = move || counts.get().0.hidden;
    view! {
        <div class="selection-bar" data-empty=move || summary().is_none()>
            <span role="status">{summary}</span>
            {move || (hidden() > 0).then(|| view! {
                <span class="selection-hidden">
                    <Icon name="info" />
                    {move || i18n.count(&text.selected_hidden, hidden())}
                    <button type="button" class="link" on:click=move |_| state.open(Dialog::HiddenRows)>
                        {text.show_selected}
                    </button>
                    <button type="button" class="link" on:click=move |_| state.deselect_hidden()>
                        {text.drop_hidden}
                    </button>
                </span>
            })}
            {move || summary().map(|_| view! {
                <button type="button" class="link" on:click=move |_| state.clear_selection()>
                    {text.clear_selection}
                </button>
            })}
        </div>
    }
}
