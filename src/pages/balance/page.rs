//! The balance page: heading, panel with the current balance, tabs with filters, and the report of the open tab.

use leptos::prelude::*;

use super::{
    detail::DetailReport,
    expenses::ExpensesTab,
    filters::{FilterBar, Zone},
    panel::Panel,
    print::{self, PrintHead},
    published::PublishedBalance,
    state::BalanceState,
};
use crate::{
    api::ErrorKind,
    data::views::{Failure, on_online},
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
    // If the client does not exist, show one failure for the whole page, because all other requests fail as well.
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
        href: Signal::derive(move || state.address().tab_href(tab)),
        is_current: Signal::derive(move || state.address().tab() == tab),
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
                {move || match state.address().tab() {
                    BalanceTab::Detail => view! { <DetailReport state /> }.into_any(),
                    BalanceTab::Expenses => view! { <ExpensesTab state /> }.into_any(),
                }}
            </div>
        </div>
    }
}
