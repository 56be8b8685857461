//! The quick filters, each with the number of rows that it shows.

use leptos::prelude::*;

use super::super::{
    query,
    state::ClientsState,
    store::{QuickFilter, ViewQuery},
};
use crate::{
    i18n::use_i18n,
    routes::{Page, href},
};

/// The quick filters. Each filter is a link, so that users can bookmark it or open it in a new tab.
#[component]
pub fn QuickFilters() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.clients();
    let filter = |filter: QuickFilter| {
        let label = match filter {
            QuickFilter::All => text.filter_all,
            QuickFilter::Active => text.filter_active,
            QuickFilter::Blocked => text.filter_blocked,
            QuickFilter::Invited => text.filter_invited,
            QuickFilter::RunsOut => text.filter_runs_out,
        };
        let address = move || {
            let view = ViewQuery { filter, ..state.query().get() };
            href(i18n.locale, &Page::Clients, &query::write(&view))
        };
        let is_current = move || state.query().with(|query| query.filter == filter);
        let count = move || i18n.number(state.view().with(|view| view.counts.of(filter)));
        // Hide the filter for balances that run out, unless it is the current filter, if the API does not return how
        // long balances last, because the filter would never find a row.
        let is_hidden = move || {
            filter == QuickFilter::RunsOut && !is_current() && state.view().with(|view| view.counts.with_outlook == 0)
        };
        view! {
            <li hidden=is_hidden>
                <a class="filter" href=address aria-current=move || is_current().then_some("true")>
                    {label} " " <span class="filter-count">{count}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=text.filter>
            <ul class="filters">{QuickFilter::ALL.map(filter).collect_view()}</ul>
        </nav>
    }
}
