//! The statement: movements line by line with the balance after each. All are fetched, page by page; a screenful is drawn.

use leptos::{html, prelude::*};
use partner_api::{
    ListMovements,
    ledger::{Account, LedgerFilter, LedgerQuery, Movement, MovementsPage},
};

use super::{
    lines::{counted_as, kind_words, time},
    state::BalanceState,
};
use crate::{
    data::load::{Fetch, Newest, Refreshed},
    i18n::format::fill,
    ui::{
        icon::Icon,
        live::{live, live_maybe},
        virtual_rows::visible_rows,
    },
};

/// Movements of the first page, soon on screen.
const FIRST_PAGE: u32 = 200;
/// Movements of every further page: no more than what is read within a frame or two.
const NEXT_PAGES: u32 = 2_000;
/// Height of a row in pixels, until a real one is measured.
const USUAL_HEIGHT: i32 = 52;

/// The movements of a period, as far as they are loaded.
#[derive(Clone, Copy)]
pub struct Statement {
    lines: RwSignal<Vec<Movement>>,
    /// Counts what `lines` was replaced by: rows of another filter are other rows.
    edition: RwSignal<u32>,
    /// What `lines` are the movements of.
    filter: RwSignal<Option<LedgerFilter>>,
    /// Where the next page starts.
    marker: StoredValue<Option<String>>,
    /// The request for the next page.
    pub(super) newest: Newest,
    /// What the newest request asked for.
    wanted: StoredValue<Option<LedgerFilter>>,
}

impl Statement {
    /// Nothing yet. Belongs to the calling component.
    pub fn new() -> Self {
        Self {
            lines: RwSignal::new(Vec::new()),
            edition: RwSignal::new(0),
            filter: RwSignal::new(None),
            marker: StoredValue::new(None),
            newest: Newest::new(),
            wanted: StoredValue::new(None),
        }
    }

    /// Loads the movements of a filter. Those that are there stay until the first of them have come.
    pub fn load(self, state: BalanceState, filter: LedgerFilter) {
        self.wanted.set_value(Some(filter.clone()));
        self.fetch(state, filter, None);
    }

    /// Goes on where it failed.
    fn go_on(self, state: BalanceState) {
        let Some(filter) = self.wanted.get_value() else { return };
        let has_begun = self.filter.with_untracked(|begun| begun.as_ref() == Some(&filter));
        let marker = self.marker.get_value().filter(|_| has_begun);
        self.fetch(state, filter, marker);
    }

    fn fetch(self, state: BalanceState, filter: LedgerFilter, mut marker: Option<String>) {
        let Some(ticket) = self.newest.begin() else { return };
        leptos::task::spawn_local(async move {
            loop {
                let limit = if marker.is_none() { FIRST_PAGE } else { NEXT_PAGES };
                let query = LedgerQuery { limit: Some(limit.to_string()), marker: marker.clone(), ..filter.query() };
                let call = state.ask::<ListMovements>(&query);
                let Some(reply) = self.newest.send(&ticket, state.session, call).await else { return };
                match reply.and_then(|reply| reply.decode::<ListMovements>()) {
                    Ok(page) => {
                        let next = page.marker.clone();
                        self.take(page, marker.is_none().then_some(&filter));
                        if next.is_none() {
                            return self.newest.end(Ok(()));
                        }
                        marker = next;
                    }
                    Err(error) => return self.newest.end(Err(error)),
                }
            }
        });
    }

    /// Takes a page; the first one of a filter replaces what was there.
    fn take(self, page: MovementsPage, first_of: Option<&LedgerFilter>) {
        self.marker.set_value(page.marker);
        if let Some(filter) = first_of {
            self.lines.set(page.data);
            self.filter.set(Some(filter.clone()));
            self.edition.update(|edition| *edition += 1);
        } else {
            self.lines.update(|lines| lines.extend(page.data));
        }
    }

    /// Whether what is there is what was asked for last, complete or not.
    fn has_begun(self) -> bool {
        self.filter.with(|filter| self.wanted.with_value(|wanted| filter.is_some() && filter == wanted))
    }
}

/// The statement.
#[component]
pub fn StatementView(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let statement = state.statement;
    // Further pages make no old figures of the first.
    let fetch = Signal::derive(move || match statement.newest.fetch.get() {
        Fetch::UnderWay | Fetch::Slow if statement.has_begun() => Fetch::Idle,
        fetch => fetch,
    });
    let has_value = Signal::derive(move || statement.filter.with(Option::is_some));
    let old = Signal::derive(move || {
        let period = statement.filter.with(|filter| filter.as_ref().map(|filter| i18n.period(filter.period)));
        let is_part = statement.has_begun();
        if is_part {
            text.rest_failed.to_owned()
        } else {
            fill(text.old_figures, &[("period", &period.unwrap_or_default())])
        }
    });
    view! {
        <Refreshed fetch has_value old on_retry=Callback::new(move |()| statement.go_on(state))>
            <Progress state />
            <Table state />
        </Refreshed>
    }
}

/// The sums of the same period, once they are there.
fn of_summary<T>(state: BalanceState, of: impl FnOnce(&partner_api::ledger::MovementsSummary) -> T) -> Option<T> {
    state.detail.value.with(|detail| {
        let detail = detail.as_ref()?;
        let is_same = state.statement.filter.with(|filter| {
            filter.as_ref().is_some_and(|filter| {
                (filter.period, filter.direction, &filter.service)
                    == (detail.filter.period, detail.filter.direction, &detail.filter.service)
            })
        });
        is_same.then(|| of(&detail.summary))
    })
}

#[component]
fn Progress(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let statement = state.statement;
    live(move || {
        let is_loading = statement.newest.fetch.with(Fetch::is_under_way) && statement.has_begun();
        is_loading.then(|| {
            let loaded = i18n.number(statement.lines.with(Vec::len));
            let total = of_summary(state, |summary| i18n.number(summary.shown.lines as usize));
            let values = [("n", &*loaded), ("total", total.as_deref().unwrap_or("…"))];
            let line = fill(i18n.ledger().loaded_of, &values);
            view! { <p class="notice" data-kind="info"><Icon name="loader" /><span>{line}</span></p> }
        })
    })
}

#[component]
fn Table(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let statement = state.statement;
    let body = NodeRef::<html::Tbody>::new();
    let top = move || body.get_untracked().map(|body| body.get_bounding_client_rect().top() as i32);
    let height = RwSignal::new(USUAL_HEIGHT);
    let count = Signal::derive(move || statement.lines.with(Vec::len));
    let on_screen = visible_rows(count, height.into(), top);
    let range = Memo::new(move |_| if state.is_printing.get() { 0..count.get() } else { on_screen.get() });
    let keys = Memo::new(move |_| {
        // Rows that came before the names of their services are drawn again with them.
        let edition = (statement.edition.get(), state.services.value.with(Option::is_some));
        range.get().map(|at| (edition, at)).collect::<Vec<_>>()
    });
    measure(keys, height);
    let pixels = move |rows: usize| format!("{}px", rows * height.get().unsigned_abs() as usize);
    let above = Signal::derive(move || pixels(range.get().start));
    let below = Signal::derive(move || pixels(count.get().saturating_sub(range.get().end)));
    let total = move || of_summary(state, |it| it.shown.lines as usize).unwrap_or_default().max(count.get());
    let balance = move |of: fn(&partner_api::ledger::MovementsSummary) -> partner_api::Amount| {
        let shown = of_summary(state, |summary| i18n.money(of(summary), &summary.currency));
        shown.unwrap_or_else(|| "…".to_owned())
    };
    let edge = move |label: &'static str, index: Signal<usize>, of: fn(&_) -> _| {
        view! {
            <tr class="ledger-row" data-level="edge" aria-rowindex=live_maybe(move || Some(index.get().to_string()))>
                <th scope="row" class="ledger-what" colspan="3">{label}</th>
                // A cell for each column that may be hidden: what spans hidden ones makes columns of its own.
                <td class={"statement-account"}></td>
                <td class={"ledger-amount"}></td>
                <td class="ledger-amount"><span class="amount">{live_maybe(move || Some(balance(of)))}</span></td>
            </tr>
        }
    };
    view! {
        <table class="ledger statement" id="statement" aria-rowcount=live_maybe(move || Some((total() + 3).to_string()))>
            <caption class="visually-hidden">{text.statement_caption}</caption>
            <thead>
                <tr aria-rowindex="1">
                    <th scope="col" class="statement-time">{text.column_time}</th>
                    <th scope="col" class="statement-what">{text.column_what}</th>
                    <th scope="col" class="statement-service">{text.service}</th>
                    <th scope="col" class="statement-account">{text.column_account}</th>
                    <th scope="col" class="ledger-amount">{text.column_amount}</th>
                    <th scope="col" class="ledger-amount">{text.column_balance}</th>
                </tr>
            </thead>
            <tbody>{edge(text.opening, Signal::stored(2), |summary| summary.opening)}</tbody>
            <tbody node_ref=body>
                <tr class="spacer" aria-hidden="true"><td colspan="6" style:height=above></td></tr>
                <For each=move || keys.get() key=|key| *key children=move |(_, at)| row(state, at) />
                <tr class="spacer" aria-hidden="true"><td colspan="6" style:height=below></td></tr>
            </tbody>
            <tbody>{edge(text.closing, Signal::derive(move || total() + 3), |summary| summary.closing)}</tbody>
        </table>
    }
}

fn row(state: BalanceState, at: usize) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let line = state.statement.lines.with_untracked(|lines| lines.get(at).cloned())?;
    let currency = state.detail.value.with_untracked(|detail| detail.as_ref().map(|it| it.summary.currency.clone()));
    let currency = currency.unwrap_or_default();
    let account = match line.account {
        Account::Personal => text.account_personal,
        Account::Bonus => text.account_bonus,
    };
    let service = line.service.as_ref().map(|code| {
        let name = state.services.value.with_untracked(|services| {
            services.iter().flatten().find(|service| service.code == *code).map(|service| service.name.clone())
        });
        name.unwrap_or_else(|| code.clone())
    });
    let kind = kind_words(text, line.kind).to_owned();
    let (what, kind) = match line.description.clone() {
        Some(description) => (description, Some(kind)),
        None => (kind, None),
    };
    let notes = [kind, counted_as(state, &line, &currency)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let dot = (!notes.is_empty()).then_some(" · ");
    Some(view! {
        <tr class="ledger-row" data-level="line" aria-rowindex=(at + 3).to_string()>
            <td class="statement-time">{time(state, &line)}</td>
            <th scope="row" class="statement-what">
                <bdi class="statement-text">{what}</bdi>
                <small class="ledger-note" title=notes.clone()>
                    {service.clone().map(|service| view! { <span class="statement-in"><bdi>{service}</bdi>{dot}</span> })}
                    {notes.clone()}
                </small>
            </th>
            <td class="statement-service"><bdi>{service}</bdi></td>
            <td class="statement-account">{account}</td>
            <td class="ledger-amount">
                <span class="amount" data-moved=line.direction.code()>
                    {i18n.moved(line.amount, line.direction, &currency)}
                </span>
            </td>
            <td class="ledger-amount statement-balance">
                <span class="amount">{line.balance.map(|balance| i18n.money(balance, &currency))}</span>
            </td>
        </tr>
    })
}

/// What a row is drawn for: the edition of the lines, whether services have names, and which line.
type RowKey = ((u32, bool), usize);

/// Takes the real height of a row: it differs with the size of the text, and on a phone.
fn measure(keys: Memo<Vec<RowKey>>, height: RwSignal<i32>) {
    Effect::new(move |_| {
        _ = keys.get();
        request_animation_frame(move || {
            let row = document().query_selector("#statement tr[data-level='line']");
            let Ok(Some(row)) = row else { return };
            let real = row.get_bounding_client_rect().height() as i32;
            if real > 0 && height.try_get_untracked().is_some_and(|known| known != real) {
                height.set(real);
            }
        });
    });
}
