//! State of the balance page: the address, and the data that was loaded for the address.

use leptos::prelude::*;
use partner_api::{
    Client, FieldProblem, GetBalance, GetClient, GetExpenses, ListServices, SummarizeMovements,
    endpoint::{ClientPath, Empty, Endpoint},
    ledger::{Balance, Expenses, LedgerFilter, LedgerQuery, MovementsSummary, Service},
};

use super::{address::Address, statement::Statement};
use crate::{
    api::{Call, ErrorKind, Reply},
    data::query::Query,
    i18n::{I18n, locales::BalanceText, use_i18n},
    session::{Session, use_session},
};

/// Sums of movements, with the filter that the request used.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub filter: LedgerFilter,
    pub movements: MovementsSummary,
}

#[derive(Clone, Copy)]
pub struct BalanceState {
    session: Session,
    i18n: I18n,
    address: Address,
    client: Query<Client>,
    balance: Query<Balance>,
    services: Query<Vec<Service>>,
    summary: Query<Summary>,
    statement: Statement,
    expenses: Query<Expenses>,
    is_printing: RwSignal<bool>,
}

impl BalanceState {
    /// Call this in the page component: the signals are disposed of together with the calling component.
    pub fn new(client_pid: String) -> Self {
        let session = use_session();
        Self {
            session,
            i18n: use_i18n(),
            address: Address::new(client_pid),
            client: Query::new(session),
            balance: Query::new(session),
            services: Query::new(session),
            summary: Query::new(session),
            statement: Statement::new(session),
            expenses: Query::new(session),
            is_printing: RwSignal::new(false),
        }
    }

    pub fn session(self) -> Session {
        self.session
    }

    pub fn i18n(self) -> I18n {
        self.i18n
    }

    pub fn text(self) -> &'static BalanceText {
        self.i18n.text.balance()
    }

    pub fn address(self) -> Address {
        self.address
    }

    pub fn client(self) -> Query<Client> {
        self.client
    }

    /// The email of the client or, if the email is not known, the PID of the client.
    pub fn client_name(self) -> String {
        let email = self.client.with(|client| client.and_then(|client| client.owner.email.clone()));
        email.unwrap_or_else(|| self.address.client_pid())
    }

    pub fn balance(self) -> Query<Balance> {
        self.balance
    }

    /// The services for which the client has movements.
    pub fn services(self) -> Query<Vec<Service>> {
        self.services
    }

    /// The name of the service with this code. `None` while the services are loading, or if no service has this code.
    pub fn service_name(self, code: &str) -> Option<String> {
        self.services.with(|services| {
            let service = services?.iter().find(|service| service.code == code)?;
            Some(service.name.clone())
        })
    }

    /// Sums of the movements in the selected period.
    pub fn summary(self) -> Query<Summary> {
        self.summary
    }

    pub fn statement(self) -> Statement {
        self.statement
    }

    pub fn expenses(self) -> Query<Expenses> {
        self.expenses
    }

    /// Invalid parameters of the address, found by the app or, if the app finds none, by the server.
    pub fn filter_problems(self) -> Vec<FieldProblem> {
        let by_server = || {
            self.summary.state().with(|state| match state.error().map(|error| &error.kind) {
                Some(ErrorKind::Invalid(problems)) => problems.clone(),
                _ => Vec::new(),
            })
        };
        self.address.filter().with(|filter| filter.as_ref().err().cloned()).unwrap_or_else(by_server)
    }

    /// Whether the page is being printed. Printing draws all rows, including those that are not on screen.
    pub fn is_printing(self) -> bool {
        self.is_printing.get()
    }

    pub fn set_printing(self, is_printing: bool) {
        self.is_printing.try_set(is_printing);
    }

    pub fn client_path(self) -> ClientPath {
        ClientPath { pid: self.session.pid(), client_pid: self.address.client_pid() }
    }

    /// Prepares a call to a ledger endpoint of the client.
    pub fn ledger_call<E>(self, query: &LedgerQuery) -> Call
    where
        E: Endpoint<Path = ClientPath, Query = LedgerQuery, Body = Empty>,
    {
        Call::new::<E>(&self.client_path(), query, &Empty {})
    }

    /// Loads all data, and loads the report again whenever the address changes.
    pub fn follow_address(self) {
        self.load_client();
        self.load_balance();
        let (summary, statement, expenses) = (
            Memo::new(move |_| self.address.summary_filter()),
            Memo::new(move |_| self.address.statement_filter()),
            Memo::new(move |_| self.address.expenses_filter()),
        );
        Effect::new(move |_| summary.get().map(|filter| self.load_summary(filter)));
        Effect::new(move |_| expenses.get().map(|filter| self.load_expenses(&filter)));
        Effect::new(move |_| statement.get().map(|filter| self.statement.load(self.client_path(), filter)));
    }

    /// Loads all data of the page again.
    pub fn refresh(self) {
        self.load_client();
        self.load_balance();
        self.address.update_today();
        self.load_report();
    }

    /// Repeats the requests that failed, together with the other requests for the same part of the page.
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
        let path = self.client_path();
        self.client.load(Call::new::<GetClient>(&path, &Empty {}, &Empty {}), Reply::decode::<GetClient>);
        if !self.session.only_published().get_untracked() {
            let call = Call::new::<ListServices>(&path, &Empty {}, &Empty {});
            self.services.load(call, |reply| Ok(reply.decode::<ListServices>()?.data));
        }
    }

    fn load_balance(self) {
        let call = Call::new::<GetBalance>(&self.client_path(), &Empty {}, &Empty {});
        self.balance.load(call, Reply::decode::<GetBalance>);
    }

    fn load_report(self) {
        untrack(|| {
            _ = self.address.expenses_filter().map(|filter| self.load_expenses(&filter));
            _ = self.address.statement_filter().map(|filter| self.statement.load(self.client_path(), filter));
            _ = self.address.summary_filter().map(|filter| self.load_summary(filter));
        });
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
