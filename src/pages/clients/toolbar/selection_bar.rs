//! How many rows are selected, and what becomes of those that the view does not show.

use leptos::prelude::*;

use super::super::{dialogs::confirm::Asked, state::ClientsState, store::RowKey};
use crate::{
    i18n::use_i18n,
    ui::{
        icon::Icon,
        live::{live, live_flag, live_maybe},
    },
};

impl ClientsState {
    /// A click on a row's box; with Shift, on all rows from the last one.
    pub fn select(self, key: RowKey, is_range: bool) {
        self.view.with_untracked(|view| {
            self.selection.update(|selection| {
                if is_range {
                    selection.extend(key, view.visible());
                } else {
                    selection.toggle(key, view.visible());
                }
            });
        });
    }

    /// A click on the header box.
    pub fn select_all(self) {
        self.view.with_untracked(|view| self.selection.update(|selection| selection.toggle_all(view.visible())));
    }

    /// The selected rows, in the order of the view, hidden ones last.
    pub fn selected(self) -> Vec<RowKey> {
        self.view.with_untracked(|view| self.selection.with_untracked(|selection| selection.keys(view.visible())))
    }

    /// Those of them that the view does not show.
    pub fn hidden(self) -> Vec<RowKey> {
        self.view.with_untracked(|view| self.selection.with_untracked(|selection| selection.hidden(view.visible())))
    }
}

/// “3 of 500 selected”. Always there while something is selected; what is hidden is counted and can be listed.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let counts = Memo::new(move |_| {
        let total = state.view.with(|view| view.counts.total);
        let counts = state.view.with(|view| state.selection.with(|selection| selection.counts(view.visible())));
        (counts, total)
    });
    let summary = move || {
        let (counts, total) = counts.get();
        (counts.selected > 0)
            .then(|| i18n.count_with(&text.clients().selected_of, counts.selected, &[("total", &i18n.number(total))]))
    };
    let hidden = move || counts.get().0.hidden;
    let drop_hidden = move |_| {
        state.view.with_untracked(|view| state.selection.update(|selection| selection.drop_hidden(view.visible())));
    };
    let list_hidden = move |_| state.asked.set(Some(Asked::Hidden));
    view! {
        <div class="selection-bar" data-empty=live_flag(move || summary().is_none())>
            <span role="status">{live_maybe(summary)}</span>
            {live(move || (hidden() > 0).then(|| view! {
                <span class="selection-hidden">
                    <Icon name="info" />
                    {live(move || i18n.count(&text.clients().selected_hidden, hidden()))}
                    <button type="button" class="link" on:click=list_hidden>{text.clients().show_selected}</button>
                    <button type="button" class="link" on:click=drop_hidden>{text.clients().drop_hidden}</button>
                </span>
            }))}
            {live(move || summary().map(|_| view! {
                <button type="button" class="link" on:click=move |_| state.selection.update(|all| all.clear())>
                    {text.clients().clear_selection}
                </button>
            }))}
        </div>
    }
}
