//! Reads and changes the address of the balance page. The address holds the client, the tab, the period and the
//! filters.

use leptos::prelude::*;
use leptos_router::hooks::use_params;
use partner_api::{
    Day, FieldProblem, Granularity,
    ledger::{LedgerFilter, LedgerQuery},
};

use super::query::{self, STATEMENT};
use crate::{
    browser::clock::now,
    i18n::use_i18n,
    routes::{BalanceParams, BalanceTab, Locale, Navigation, Page, href, use_navigation, use_search},
};

#[derive(Clone, Copy)]
pub struct Address {
    locale: Locale,
    navigation: Navigation,
    client_pid: StoredValue<String>,
    tab: Memo<BalanceTab>,
    query: Memo<LedgerQuery>,
    today: RwSignal<Day>,
    filter: Memo<Result<LedgerFilter, Vec<FieldProblem>>>,
}

impl Address {
    /// Call this in the page component: the signals are disposed of together with the calling component.
    pub fn new(client_pid: String) -> Self {
        let (params, search) = (use_params::<BalanceParams>(), use_search());
        let tab = Memo::new(move |_| {
            params.with(|params| params.as_ref().ok().and_then(|params| params.tab)).unwrap_or_default()
        });
        let query = Memo::new(move |_| search.with(|search| query::read(search)));
        let today = RwSignal::new(today());
        Self {
            locale: use_i18n().locale,
            navigation: use_navigation(),
            client_pid: StoredValue::new(client_pid),
            tab,
            query,
            today,
            filter: Memo::new(move |_| query.with(|query| LedgerFilter::parse(query, today.get()))),
        }
    }

    pub fn client_pid(self) -> String {
        self.client_pid.get_value()
    }

    pub fn tab(self) -> BalanceTab {
        self.tab.get()
    }

    pub fn is_detail(self) -> bool {
        self.tab.get() == BalanceTab::Detail
    }

    /// Whether *Detail* shows movements line by line instead of grouped.
    pub fn is_statement(self) -> bool {
        self.query.with(|query| query.view.as_deref() == Some(STATEMENT))
    }

    /// Period and filters as the address has them. The values are not validated.
    pub fn query(self) -> Memo<LedgerQuery> {
        self.query
    }

    /// The validated period and filters, or the list of invalid parameters.
    pub fn filter(self) -> Memo<Result<LedgerFilter, Vec<FieldProblem>>> {
        self.filter
    }

    /// The last day of the default period. It does not change at midnight, only when [`Address::update_today`] is
    /// called.
    pub fn today(self) -> Day {
        self.today.get_untracked()
    }

    /// Sets [`Address::today`] to the current billing day, because the page may stay open past midnight.
    pub fn update_today(self) {
        self.today.set(today());
    }

    /// The address of a tab. It keeps the current period and filters.
    pub fn tab_href(self, tab: BalanceTab) -> String {
        self.href(tab, &self.query.get())
    }

    /// Changes the period or the filters in the address. The page then loads the data for the new address.
    pub fn change_query(self, change: impl FnOnce(&mut LedgerQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.navigation.replace(&self.href(self.tab.get_untracked(), &query));
    }

    /// The filter to request the sums with. `None` if the address is invalid.
    pub fn summary_filter(self) -> Option<LedgerFilter> {
        let filter = self.valid_filter()?;
        // On *Expenses*, drop the direction filter of *Detail*, because the page compares the expenses with all debits.
        Some(if self.is_detail() { filter } else { LedgerFilter { direction: None, ..filter } })
    }

    /// The filter to request the statement with. `None` if the statement is not open.
    pub fn statement_filter(self) -> Option<LedgerFilter> {
        let filter = self.valid_filter().filter(|_| self.is_detail() && self.is_statement())?;
        // Do not request the statement by day, because the server limits such a period to one year. A statement has no
        // buckets, so the granularity has no other effect.
        Some(LedgerFilter { granularity: Granularity::Year, ..filter })
    }

    /// The filter to request the expenses with. `None` if the tab *Expenses* is not open.
    pub fn expenses_filter(self) -> Option<LedgerFilter> {
        let filter = self.valid_filter().filter(|_| !self.is_detail())?;
        Some(LedgerFilter { direction: None, ..filter })
    }

    fn valid_filter(self) -> Option<LedgerFilter> {
        self.filter.with(|filter| filter.clone().ok())
    }

    fn href(self, tab: BalanceTab, query: &LedgerQuery) -> String {
        href(self.locale, &Page::Balance { pid: self.client_pid(), tab }, &query::write(query))
    }
}

/// The current billing day, in Moscow time.
pub fn today() -> Day {
    Day::of(now())
}
