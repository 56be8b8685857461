//! What the balance page knows: what its address asks for, and what was fetched for it.

use leptos::prelude::*;
use partner_api::{
    Client, Day, FieldProblem, GetBalance, GetClient, GetExpenses, Granularity, ListServices, SummarizeMovements,
    endpoint::{ClientPath, Empty, Endpoint},
    ledger::{Balance, Expenses, LedgerFilter, LedgerQuery, MovementsSummary, Service},
};

use super::{query, statement::Statement};
use crate::{
    api::{Call, ErrorKind, Reply},
    browser::clock::now,
    data::load::{Fetch, Kept, Newest},
    i18n::{I18n, use_i18n},
    navigation::Navigation,
    routes::{BalanceTab, Page, href},
    session::{Session, use_session},
};

/// Movements by service, and what was asked for to get them.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// What was asked for.
    pub filter: LedgerFilter,
    /// The reply.
    pub summary: MovementsSummary,
}

/// The state of the page.
#[derive(Clone, Copy)]
pub struct BalanceState {
    /// For calls.
    pub session: Session,
    /// Language.
    pub i18n: I18n,
    /// Partner and client.
    pub path: StoredValue<ClientPath>,
    /// Which tab is open.
    pub tab: Memo<BalanceTab>,
    /// What the address asks for, unchecked.
    pub query: Memo<LedgerQuery>,
    /// The billing day; of the last refreshing.
    pub today: RwSignal<Day>,
    /// What the address asks for, checked.
    pub filter: Memo<Result<LedgerFilter, Vec<FieldProblem>>>,
    /// The client.
    pub client: Kept<Client>,
    /// What it has.
    pub balance: Kept<Balance>,
    /// The services that occur in its ledger.
    pub services: Kept<Vec<Service>>,
    /// What moved.
    pub detail: Kept<Detail>,
    /// The same line by line.
    pub statement: Statement,
    /// What it was spent on.
    pub expenses: Kept<Expenses>,
    /// Everything is printed, not only what is on screen.
    pub is_printing: RwSignal<bool>,
    navigation: Navigation,
}

impl BalanceState {
    /// Reads the address and follows it. Belongs to the calling component.
    pub fn new(pid: String) -> Self {
        let (session, navigation) = (use_session(), expect_context::<Navigation>());
        let location = navigation.location();
        // The address of another page, in the moment of leaving, changes nothing here.
        let tab = Memo::new(move |before: Option<&BalanceTab>| match location.with(|location| location.page.clone()) {
            Some(Page::Balance { tab, .. }) => tab,
            _ => before.copied().unwrap_or_default(),
        });
        let query = Memo::new(move |before: Option<&LedgerQuery>| {
            location.with(|location| match location.page {
                Some(Page::Balance { .. }) => query::read(&location.query),
                _ => before.cloned().unwrap_or_default(),
            })
        });
        let today = RwSignal::new(today());
        Self {
            session,
            i18n: use_i18n(),
            path: StoredValue::new(ClientPath { pid: session.pid(), client_pid: pid }),
            tab,
            query,
            today,
            filter: Memo::new(move |_| query.with(|query| LedgerFilter::parse(query, today.get()))),
            client: Kept::new(),
            balance: Kept::new(),
            services: Kept::new(),
            detail: Kept::new(),
            statement: Statement::new(),
            expenses: Kept::new(),
            is_printing: RwSignal::new(false),
            navigation,
        }
    }

    /// Fetches what the address asks for, now and whenever it asks for something else.
    pub fn follow(self) {
        self.load_client();
        self.load_balance();
        let filter = move || self.filter.with(|filter| filter.clone().ok());
        let wanted = Memo::new(move |_| {
            // Expenses are debits: their total is compared with all debits, whatever Detail was filtered by.
            filter().map(|filter| match self.tab.get() {
                BalanceTab::Detail => filter,
                BalanceTab::Expenses => LedgerFilter { direction: None, ..filter },
            })
        });
        Effect::new(move |_| {
            if let Some(filter) = wanted.get() {
                self.load_detail(filter);
            }
        });
        let wanted = Memo::new(move |_| {
            let filter = filter().filter(|_| self.tab.get() == BalanceTab::Expenses);
            filter.map(|filter| LedgerFilter { direction: None, ..filter })
        });
        Effect::new(move |_| {
            if let Some(filter) = wanted.get() {
                self.load_expenses(&filter);
            }
        });
        let wanted = Memo::new(move |_| {
            let filter = filter().filter(|_| self.tab.get() == BalanceTab::Detail && self.is_statement());
            // Lines have no buckets: the longest granularity is never too fine for a period.
            filter.map(|filter| LedgerFilter { granularity: Granularity::Year, ..filter })
        });
        Effect::new(move |_| {
            if let Some(filter) = wanted.get() {
                self.statement.load(self, filter);
            }
        });
    }

    /// Whether movements are laid out line by line.
    pub fn is_statement(self) -> bool {
        self.query.with(|query| query.view.is_some())
    }

    /// Address of a tab, with the same view.
    pub fn tab_href(self, tab: BalanceTab) -> String {
        let pid = self.path.with_value(|path| path.client_pid.clone());
        href(self.i18n.locale, &Page::Balance { pid, tab }, &self.query.with(query::write))
    }

    /// Asks for something else: it goes into the address, and what follows the address follows.
    pub fn change(self, change: impl FnOnce(&mut LedgerQuery)) {
        let pid = self.path.with_value(|path| path.client_pid.clone());
        let mut query = self.query.get_untracked();
        change(&mut query);
        let page = Page::Balance { pid, tab: self.tab.get_untracked() };
        self.navigation.replace(&href(self.i18n.locale, &page, &query::write(&query)));
    }

    /// Fetches everything anew.
    pub fn refresh(self) {
        self.load_client();
        self.load_balance();
        self.today.set(today());
        self.load_report();
    }

    /// Fetches what could not be fetched.
    pub fn load_failed(self) {
        if self.client.newest.has_failed() || self.services.newest.has_failed() {
            self.load_client();
        }
        if self.balance.newest.has_failed() {
            self.load_balance();
        }
        let report = [self.detail.newest, self.expenses.newest, self.statement.newest];
        if report.into_iter().any(Newest::has_failed) {
            self.load_report();
        }
    }

    /// What the open tab shows.
    fn load_report(self) {
        let Ok(filter) = self.filter.get_untracked() else { return };
        if self.tab.get_untracked() == BalanceTab::Expenses {
            let filter = LedgerFilter { direction: None, ..filter };
            self.load_expenses(&filter);
            self.load_detail(filter);
        } else {
            if self.query.with_untracked(|query| query.view.is_some()) {
                self.statement.load(self, LedgerFilter { granularity: Granularity::Year, ..filter.clone() });
            }
            self.load_detail(filter);
        }
    }

    /// Who the client is, and which services it has.
    pub fn load_client(self) {
        let path = self.path.get_value();
        let call = Call::new::<GetClient>(&path, &Empty {}, &Empty {});
        self.client.load(self.session, call, Reply::decode::<GetClient>);
        if self.session.only_published().get_untracked() {
            return;
        }
        let call = Call::new::<ListServices>(&path, &Empty {}, &Empty {});
        self.services.load(self.session, call, |reply| Ok(reply.decode::<ListServices>()?.data));
    }

    /// What it has.
    fn load_balance(self) {
        let call = Call::new::<GetBalance>(&self.path.get_value(), &Empty {}, &Empty {});
        self.balance.load(self.session, call, Reply::decode::<GetBalance>);
    }

    fn load_detail(self, filter: LedgerFilter) {
        self.detail.load(self.session, self.ask::<SummarizeMovements>(&filter.query()), move |reply| {
            Ok(Detail { summary: reply.decode::<SummarizeMovements>()?, filter })
        });
    }

    fn load_expenses(self, filter: &LedgerFilter) {
        self.expenses.load(self.session, self.ask::<GetExpenses>(&filter.query()), Reply::decode::<GetExpenses>);
    }

    /// A call about the ledger of the client.
    pub fn ask<E: Endpoint<Path = ClientPath, Query = LedgerQuery, Body = Empty>>(self, query: &LedgerQuery) -> Call {
        Call::new::<E>(&self.path.get_value(), query, &Empty {})
    }

    /// What is wrong with what the address asks for: by our own check, or by the server's.
    pub fn problems(self) -> Vec<FieldProblem> {
        let by_server = |fetch: &Fetch| match fetch {
            Fetch::Failed(error) => match &error.kind {
                ErrorKind::Invalid(problems) => problems.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        match self.filter.get() {
            Err(problems) => problems,
            Ok(_) => self.detail.newest.fetch.with(by_server),
        }
    }

    /// What the client is called: its email, else its PID.
    pub fn client_name(self) -> String {
        let email = self.client.value.with(|client| client.as_ref().and_then(|client| client.owner.email.clone()));
        email.unwrap_or_else(|| self.path.with_value(|path| path.client_pid.clone()))
    }

    /// What a service is called; `None` for no service in particular.
    pub fn service_name(self, service: Option<&Service>) -> String {
        service.map_or_else(|| self.i18n.ledger().no_service.to_owned(), |service| service.name.clone())
    }
}

/// The billing day of now.
pub fn today() -> Day {
    Day::of(now())
}
