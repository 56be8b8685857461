//! State of the balance page: the view that the address asks for, and the data that was loaded for it.

use leptos::prelude::*;
use leptos_router::hooks::use_params;
use partner_api::{
    Client, Day, FieldProblem, GetBalance, GetClient, GetExpenses, Granularity, ListServices, SummarizeMovements,
    endpoint::{ClientPath, Empty, Endpoint},
    ledger::{Balance, Expenses, LedgerFilter, LedgerQuery, MovementsSummary, Service},
};

use super::{
    detail::statement::Statement,
    query::{self, STATEMENT},
};
use crate::{
    api::{Call, ErrorKind, Reply},
    browser::clock::now,
    data::query::Query,
    i18n::{I18n, locales::LedgerText, use_i18n},
    routes::{BalanceParams, BalanceTab, Navigation, Page, href, use_navigation, use_search},
    session::{Session, use_session},
};

/// Sums of movements, with the filter they were requested for.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub filter: LedgerFilter,
    pub movements: MovementsSummary,
}

#[derive(Clone, Copy)]
pub struct BalanceState {
    session: Session,
    i18n: I18n,
    navigation: Navigation,
    client_path: StoredValue<ClientPath>,
    tab: Memo<BalanceTab>,
    query: Memo<LedgerQuery>,
    today: RwSignal<Day>,
    filter: Memo<Result<LedgerFilter, Vec<FieldProblem>>>,
    client: Query<Client>,
    balance: Query<Balance>,
    services: Query<Vec<Service>>,
    summary: Query<Summary>,
    statement: Statement,
    expenses: Query<Expenses>,
    is_printing: RwSignal<bool>,
}

impl BalanceState {
    /// Reads the address. The calling component owns the state.
    pub fn new(pid: String) -> Self {
        let session = use_session();
        let (params, search) = (use_params::<BalanceParams>(), use_search());
        let tab = Memo::new(move |_| {
            params.with(|params| params.as_ref().ok().and_then(|params| params.tab)).unwrap_or_default()
        });
        let query = Memo::new(move |_| search.with(|search| query::read(search)));
        let today = RwSignal::new(today());
        Self {
            session,
            i18n: use_i18n(),
            navigation: use_navigation(),
            client_path: StoredValue::new(ClientPath { pid: session.pid(), client_pid: pid }),
            tab,
            query,
            today,
            filter: Memo::new(move |_| query.with(|query| LedgerFilter::parse(query, today.get()))),
            client: Query::new(session),
            balance: Query::new(session),
            services: Query::new(session),
            summary: Query::new(session),
            statement: Statement::new(session),
            expenses: Query::new(session),
            is_printing: RwSignal::new(false),
        }
    }

    pub fn i18n(self) -> I18n {
        self.i18n
    }

    /// Texts of the page.
    pub fn text(self) -> &'static LedgerText {
        self.i18n.ledger()
    }

    pub fn session(self) -> Session {
        self.session
    }
}

/// The view that the address asks for.
impl BalanceState {
    pub fn client_pid(self) -> String {
        self.client_path.with_value(|path| path.client_pid.clone())
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

    /// The query of the address, which may be invalid.
    pub fn query(self) -> Memo<LedgerQuery> {
        self.query
    }

    /// The query of the address, validated.
    pub fn filter(self) -> Memo<Result<LedgerFilter, Vec<FieldProblem>>> {
        self.filter
    }

    /// The billing day when the page was last refreshed.
    pub fn today(self) -> Day {
        self.today.get_untracked()
    }

    /// Moves on to the current billing day: a page may stay open past midnight.
    pub fn update_today(self) {
        self.today.set(today());
    }

    /// Address of a tab, with the same period and filters.
    pub fn tab_href(self, tab: BalanceTab) -> String {
        self.href(tab, &self.query.get())
    }

    /// Changes the query of the address; the data follows the address.
    pub fn change_query(self, change: impl FnOnce(&mut LedgerQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.navigation.replace(&self.href(self.tab.get_untracked(), &query));
    }

    fn href(self, tab: BalanceTab, query: &LedgerQuery) -> String {
        href(self.i18n.locale, &Page::Balance { pid: self.client_pid(), tab }, &query::write(query))
    }

    /// Problems of the address, found by the app or by the server.
    pub fn filter_problems(self) -> Vec<FieldProblem> {
        match self.filter.get() {
            Err(problems) => problems,
            Ok(_) => self.summary.state().with(|state| match state.error().map(|error| &error.kind) {
                Some(ErrorKind::Invalid(problems)) => problems.clone(),
                _ => Vec::new(),
            }),
        }
    }

    /// Whether all rows are drawn, because the page is being printed.
    pub fn is_printing(self) -> bool {
        self.is_printing.get()
    }

    pub fn set_printing(self, is_printing: bool) {
        self.is_printing.try_set(is_printing);
    }
}

/// The data.
impl BalanceState {
    pub fn client(self) -> Query<Client> {
        self.client
    }

    pub fn balance(self) -> Query<Balance> {
        self.balance
    }

    /// Services that occur in the ledger of the client.
    pub fn services(self) -> Query<Vec<Service>> {
        self.services
    }

    pub fn summary(self) -> Query<Summary> {
        self.summary
    }

    pub fn statement(self) -> Statement {
        self.statement
    }

    pub fn expenses(self) -> Query<Expenses> {
        self.expenses
    }

    /// Email of the client, or its PID while the email is unknown.
    pub fn client_name(self) -> String {
        let email = self.client.with(|client| client.and_then(|client| client.owner.email.clone()));
        email.unwrap_or_else(|| self.client_pid())
    }

    /// Name of a service by its code, if that service is known.
    pub fn service_name(self, code: &str) -> Option<String> {
        self.services.with(|services| {
            let services = services.into_iter().flatten();
            services.into_iter().find(|service| service.code == code).map(|service| service.name.clone())
        })
    }

    /// A call about the ledger of the client.
    pub fn ledger_call<E: Endpoint<Path = ClientPath, Query = LedgerQuery, Body = Empty>>(
        self,
        query: &LedgerQuery,
    ) -> Call {
        Call::new::<E>(&self.client_path.get_value(), query, &Empty {})
    }

    pub fn client_path(self) -> ClientPath {
        self.client_path.get_value()
    }

    /// Loads the client, the balance and the report, and the report again whenever the address changes.
    pub fn follow_address(self) {
        self.load_client();
        self.load_balance();
        let summary = Memo::new(move |_| self.summary_filter());
        Effect::new(move |_| {
            if let Some(filter) = summary.get() {
                self.load_summary(filter);
            }
        });
        let expenses = Memo::new(move |_| self.expenses_filter());
        Effect::new(move |_| {
            if let Some(filter) = expenses.get() {
                self.load_expenses(&filter);
            }
        });
        let statement = Memo::new(move |_| self.statement_filter());
        Effect::new(move |_| {
            if let Some(filter) = statement.get() {
                self.statement.load(self, filter);
            }
        });
    }

    /// Loads everything again.
    pub fn refresh(self) {
        self.load_client();
        self.load_balance();
        self.update_today();
        self.load_report();
    }

    /// Loads again the data whose last request failed.
    pub fn retry_failed(self) {
        if self.client.has_failed() || self.services.has_failed() {
            self.load_client();
        }
        if self.balance.has_failed() {
            self.load_balance();
        }
        if self.summary.has_failed() || self.expenses.has_failed() || self.statement.has_failed() {
            self.load_report();
        }
    }

    pub fn load_client(self) {
        let path = self.client_path.get_value();
        self.client.load(Call::new::<GetClient>(&path, &Empty {}, &Empty {}), Reply::decode::<GetClient>);
        if self.session.only_published().get_untracked() {
            return;
        }
        let call = Call::new::<ListServices>(&path, &Empty {}, &Empty {});
        self.services.load(call, |reply| Ok(reply.decode::<ListServices>()?.data));
    }

    fn load_balance(self) {
        let call = Call::new::<GetBalance>(&self.client_path.get_value(), &Empty {}, &Empty {});
        self.balance.load(call, Reply::decode::<GetBalance>);
    }

    /// Loads the data of the open tab.
    fn load_report(self) {
        let (expenses, statement, summary) =
            untrack(|| (self.expenses_filter(), self.statement_filter(), self.summary_filter()));
        if let Some(filter) = expenses {
            self.load_expenses(&filter);
        }
        if let Some(filter) = statement {
            self.statement.load(self, filter);
        }
        if let Some(filter) = summary {
            self.load_summary(filter);
        }
    }

    fn valid_filter(self) -> Option<LedgerFilter> {
        self.filter.with(|filter| filter.clone().ok())
    }

    fn summary_filter(self) -> Option<LedgerFilter> {
        let filter = self.valid_filter()?;
        // Expenses are debits: compare their total with all debits, regardless of the direction that *Detail* shows.
        Some(if self.is_detail() { filter } else { LedgerFilter { direction: None, ..filter } })
    }

    fn expenses_filter(self) -> Option<LedgerFilter> {
        let filter = self.valid_filter().filter(|_| !self.is_detail())?;
        Some(LedgerFilter { direction: None, ..filter })
    }

    fn statement_filter(self) -> Option<LedgerFilter> {
        let filter = self.valid_filter().filter(|_| self.is_detail() && self.is_statement())?;
        // A statement has no buckets. The server limits the period by granularity, so ask for the coarsest.
        Some(LedgerFilter { granularity: Granularity::Year, ..filter })
    }

    fn load_summary(self, filter: LedgerFilter) {
        self.summary.load(self.ledger_call::<SummarizeMovements>(&filter.query()), move |reply| {
            Ok(Summary { movements: reply.decode::<SummarizeMovements>()?, filter })
        });
    }

    fn load_expenses(self, filter: &LedgerFilter) {
        self.expenses.load(self.ledger_call::<GetExpenses>(&filter.query()), Reply::decode::<GetExpenses>);
    }
}

/// The current billing day.
pub fn today() -> Day {
    Day::of(now())
}
