//! The balance of a client: what it has, what moved and why, on Moscow's time. The address has the whole view.

mod detail;
mod download;
pub mod expenses;
mod filters;
mod grouped;
mod lines;
mod panel;
mod print;
mod published;
mod query;
mod state;
mod statement;
mod wording;

use leptos::prelude::*;
use partner_api::ledger::Expenses;

use self::{
    detail::DetailReport,
    expenses::ExpensesReport,
    filters::{FilterBar, Zone},
    panel::Panel,
    print::PrintHead,
    published::PublishedBalance,
    state::BalanceState,
};
use crate::{
    api::ErrorKind,
    app::use_title,
    data::load::{Failure, Fetch, Refreshed, on_online},
    i18n::format::fill,
    lazy_chunk,
    routes::{BalanceTab, Page, href},
    ui::{
        icon::Icon,
        live::{live, live_text},
        tabs::{TabLink, TabLinks},
    },
};

lazy_chunk! {
    /// [`BalancePage`]
    page in balance: (pid: String) => view! { <BalancePage pid /> }.into_any()
}

/// The page.
#[component]
pub fn BalancePage(
    /// PID of the client.
    pid: String,
) -> impl IntoView {
    let state = BalanceState::new(pid);
    let only_published = state.session.only_published().get_untracked();
    if only_published {
        state.load_client();
    } else {
        state.follow();
        print::follow_printing(state);
    }
    on_online(move || state.load_failed());
    let i18n = state.i18n;
    let title = move || fill(i18n.ledger().balance_title, &[("email", &state.client_name())]);
    use_title(title);
    // A client that is not there is said once, not by every part of the page.
    let missing = Memo::new(move |_| match state.client.newest.fetch.get() {
        Fetch::Failed(error) if error.kind == ErrorKind::NotFound => Some(error),
        _ => None,
    });
    view! {
        <nav class="crumbs">
            <a href=href(i18n.locale, &Page::Clients, "")><Icon name="arrow-left" />{i18n.ledger().back_to_clients}</a>
        </nav>
        <h1 class="page-title" tabindex="-1">{live_text(title)}</h1>
        {live(move || match missing.get() {
            Some(error) => view! { <Failure error on_retry=Callback::new(move |()| state.refresh()) /> }.into_any(),
            None if only_published => view! { <PublishedBalance state /> }.into_any(),
            None => view! { <Report state /> }.into_any(),
        })}
    }
}

#[component]
fn Report(state: BalanceState) -> impl IntoView {
    let text = state.i18n.ledger();
    let tab = |tab: BalanceTab| TabLink {
        label: match tab {
            BalanceTab::Detail => text.tab_detail,
            BalanceTab::Expenses => text.tab_expenses,
        },
        href: Signal::derive(move || state.tab_href(tab)),
        is_current: Signal::derive(move || state.tab.get() == tab),
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
                {live(move || match state.tab.get() {
                    BalanceTab::Detail => view! { <DetailReport state /> }.into_any(),
                    BalanceTab::Expenses => view! { <ExpensesTab state /> }.into_any(),
                })}
            </div>
        </div>
    }
}

/// The tab *Expenses on services*.
#[component]
fn ExpensesTab(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let value = state.expenses.value;
    let has_value = Signal::derive(move || value.with(Option::is_some));
    let old = Signal::derive(move || {
        let period = value.with(|expenses| expenses.as_ref().map(|expenses| i18n.period(expenses.period)));
        fill(i18n.ledger().old_figures, &[("period", &period.unwrap_or_default())])
    });
    view! {
        <Refreshed fetch=state.expenses.newest.fetch has_value old on_retry=Callback::new(move |()| state.refresh())>
            {value.get_untracked().map(|first| view! { <ExpensesFigures state first /> })}
        </Refreshed>
    }
}

#[component]
fn ExpensesFigures(state: BalanceState, first: Expenses) -> impl IntoView {
    let value = state.expenses.value;
    let expenses = Signal::derive(move || value.get().unwrap_or_else(|| first.clone()));
    let sort = Signal::derive(move || state.query.with(|query| query.sort.clone().unwrap_or_default()));
    let on_sort = Callback::new(move |sort: String| {
        state.change(|query| query.sort = (!sort.is_empty()).then_some(sort));
    });
    // Comparable only where both are of the same period and service.
    let debits = Signal::derive(move || {
        let period = value.with(|expenses| expenses.as_ref().map(|expenses| expenses.period));
        state.detail.value.with(|detail| {
            let detail = detail.as_ref()?;
            let service = state.filter.with(|filter| filter.as_ref().ok().map(|filter| filter.service.clone()))?;
            let is_same = Some(detail.filter.period) == period && detail.filter.service == service;
            (is_same && detail.filter.direction.is_none()).then_some(detail.summary.shown.debits)
        })
    });
    view! { <ExpensesReport expenses sort on_sort debits /> }
}
