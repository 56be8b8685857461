//! The search field above the list of clients.

use leptos::prelude::*;

use super::super::state::ClientsState;
use crate::{i18n::use_i18n, ui::icon::Icon};

#[component]
pub fn Search() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.clients();
    let found = move || {
        let is_searching = state.query().with(|query| !query.search.trim().is_empty());
        is_searching.then(|| i18n.count(&text.found, state.view().with(|view| view.keys.len())))
    };
    view! {
        <div class="search" role="search">
            <Icon name="search" />
            <input
                type="search"
                class="input"
                id="search"
                placeholder=text.search
                aria-label=text.search
                autocomplete="off"
                spellcheck="false"
                prop:value=move || state.query().with(|query| query.search.clone())
                on:input=move |event| state.search(event_target_value(&event))
            />
            <span class="visually-hidden" role="status">{found}</span>
        </div>
    }
}
