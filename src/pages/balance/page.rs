//! The page: heading, panel, tabs with their filters, and the report of the open tab.

use leptos::prelude::*;
use partner_api::ledger::Expenses;

use super::{
    detail::DetailReport,
    expenses::ExpensesReport,
    filters::{FilterBar, Zone},
    panel::Panel,
    print::{self, PrintHead},
    published::PublishedBalance,
    state::BalanceState,
};
use crate::{
    api::ErrorKind,
    data::views::{Failure, QueryView, on_online},
    i18n::format::fill,
    pages::use_title,
    routes::{BalanceTab, Page, href},
    ui::{
        icon::Icon,
        tabs::{TabLink, TabLinks},
    },
};

#[component]
pub fn BalancePage(pid: String) -> impl IntoView {
    let state = BalanceState::new(pid);
    let only_published = state.session().only_published().get_untracked();
    if only_published {
        state.load_client();
    } else {
        state.follow_address();
        print::follow_printing(state);
    }
    on_online(move || state.retry_failed());
    let (i18n, text) = (state.i18n(), state.text());
    let title = move || fill(text.balance_title, &[("email", &state.client_name())]);
    use_title(title);
    // Show one failure for the whole page if the client does not exist: all other requests fail as well.
    let not_found = Memo::new(move |_| {
        state.client().state().with(|state| state.error().filter(|error| error.kind == ErrorKind::NotFound).cloned())
    });
    view! {
        <nav class="crumbs">
            <a href=href(i18n.locale, &Page::Clients, "")><Icon name="arrow-left" />{text.back_to_clients}</a>
        </nav>
        <h1 class="page-title" tabindex="-1">{title}</h1>
        {move || match not_found.get() {
            Some(error) => view! { <Failure error on_retry=Callback::new(move |()| state.refresh()) /> }.into_any(),
            None if only_published => view! { <PublishedBalance state /> }.into_any(),
            None => view! { <Report state /> }.into_any(),
        }}
    }
}

#[component]
fn Report(state: BalanceState) -> impl IntoView {
    let text = state.text();
    let tab = |tab: BalanceTab| TabLink {
        label: match tab {
            BalanceTab::Detail => text.tab_detail,
            BalanceTab::Expenses => text.tab_expenses,
        },
        href: Signal::derive(move || state.tab_href(tab)),
        is_current: Signal::derive(move || state.tab() == tab),
    };
    view! {
        <PrintHead state />
        <div class="balance">
            <Panel state />
            <div class="balance-head">
                <div class="balance-tabs">
                    <TabLinks label=text.tabs tabs=BalanceTab::ALL.map(tab).to_vec() />
                    <Zone state />
                </div>
                <FilterBar state />
            </div>
            <div class="balance-report">
                {move || match state.tab() {
                    BalanceTab::Detail => view! { <DetailReport state /> }.into_any(),
                    BalanceTab::Expenses => view! { <ExpensesTab state /> }.into_any(),
                }}
            </div>
        </div>
    }
}

#[component]
fn ExpensesTab(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n();
    let expenses = state.expenses();
    let stale_message = Signal::derive(move || {
        let period = expenses.with(|expenses| expenses.map(|expenses| i18n.period(expenses.period)));
        fill(state.text().old_figures, &[("period", &period.unwrap_or_default())])
    });
    view! {
        <QueryView
            state=expenses.state()
            has_value=Signal::derive(move || expenses.has_value())
            on_retry=Callback::new(move |()| state.refresh())
            stale_message
        >
            {expenses.get_untracked().map(|first| view! { <LoadedExpenses state first /> })}
        </QueryView>
    }
}

/// The report once the first expenses have arrived. `first` keeps the signal free of `Option`.
#[component]
fn LoadedExpenses(state: BalanceState, first: Expenses) -> impl IntoView {
    let expenses = Signal::derive(move || state.expenses().get().unwrap_or_else(|| first.clone()));
    let sort = Signal::derive(move || state.query().with(|query| query.sort.clone().unwrap_or_default()));
    let on_sort = Callback::new(move |sort: String| {
        state.change_query(|query| query.sort = (!sort.is_empty()).then_some(sort));
    });
    // The debits of *Detail* are comparable only if they are of the same period and service.
    let debits = Signal::derive(move || {
        let period = state.expenses().with(|expenses| expenses.map(|expenses| expenses.period));
        state.summary().with(|summary| {
            let summary = summary?;
            let service = state.filter().with(|filter| filter.as_ref().ok().map(|filter| filter.service.clone()))?;
            let is_same = Some(summary.filter.period) == period && summary.filter.service == service;
            (is_same && summary.filter.direction.is_none()).then_some(summary.movements.shown.debits)
        })
    });
    view! { <ExpensesReport expenses sort on_sort debits /> }
}
