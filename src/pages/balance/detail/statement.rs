//! The statement: a table with one row per movement and the balance after the movement. Except for printing, only rows
//! near the screen are drawn.

use leptos::{html, prelude::*};
use partner_api::{
    Amount,
    ledger::{Account, MovementsSummary},
};

use super::{
    super::state::BalanceState,
    movement::{kind_label, rounding_note, time},
};
use crate::{
    data::{request::RequestState, views::QueryView},
    i18n::format::fill,
    ui::{
        icon::Icon,
        virtual_list::{ListLayout, SpacerRow, VirtualList},
    },
};

/// Estimated height of a row in pixels, used until a drawn row has been measured.
const USUAL_ROW_HEIGHT: i32 = 52;

#[component]
pub fn StatementView(state: BalanceState) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let statement = state.statement();
    let pages = statement.pages();
    // Treat the request as idle while further pages load. Otherwise the page would mark the rows as outdated.
    let request = Signal::derive(move || match pages.state().get() {
        RequestState::Loading | RequestState::Slow if pages.has_first_page() => RequestState::Idle,
        request => request,
    });
    let stale_message = Signal::derive(move || {
        let period = statement.with_filter(|filter| filter.map(|filter| i18n.period(filter.period)));
        if pages.has_first_page() {
            text.rest_failed.to_owned()
        } else {
            fill(text.old_figures, &[("period", &period.unwrap_or_default())])
        }
    });
    view! {
        <QueryView
            state=request
            has_value=Signal::derive(move || statement.with_filter(|filter| filter.is_some()))
            on_retry=Callback::new(move |()| pages.resume())
            stale_message
        >
            <Progress state />
            <Table state />
        </QueryView>
    }
}

/// Reads the summary. Returns `None` until a summary with the same filter as the statement has arrived.
fn with_summary<T>(state: BalanceState, read: impl FnOnce(&MovementsSummary) -> T) -> Option<T> {
    state.summary().with(|summary| {
        let summary = summary?;
        let is_same = state.statement().with_filter(|filter| {
            filter.is_some_and(|filter| {
                (filter.period, filter.direction, &filter.service)
                    == (summary.filter.period, summary.filter.direction, &summary.filter.service)
            })
        });
        is_same.then(|| read(&summary.movements))
    })
}

/// Shows how many movements have arrived while further pages load.
#[component]
fn Progress(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n();
    let statement = state.statement();
    let pages = statement.pages();
    move || {
        let is_loading = pages.state().with(RequestState::is_loading) && pages.has_first_page();
        is_loading.then(|| {
            let total = with_summary(state, |summary| i18n.number(summary.shown.lines as usize));
            let values = [("total", total.as_deref().unwrap_or("…"))];
            let line = i18n.count_with(&state.text().loaded_of, statement.count(), &values);
            view! { <p class="notice" data-kind="info"><Icon name="loader" /><span>{line}</span></p> }
        })
    }
}

#[component]
fn Table(state: BalanceState) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let statement = state.statement();
    let body = NodeRef::<html::Tbody>::new();
    let count = Signal::derive(move || statement.count());
    let layout = ListLayout {
        element: body,
        row: "tr[data-level='line']",
        usual_row_height: USUAL_ROW_HEIGHT,
        count,
        is_whole: Signal::derive(move || state.is_printing()),
    };
    let list = VirtualList::new(layout, move |rows| {
        // Make the services part of the row keys. Rows that are drawn before the services arrive show codes, and a new
        // key draws them again with names.
        let edition = (statement.edition(), state.services().has_value());
        rows.map(|at| (edition, at)).collect()
    });
    let total =
        move || with_summary(state, |summary| summary.shown.lines as usize).unwrap_or_default().max(count.get());
    let balance = move |of: fn(&MovementsSummary) -> Amount| {
        let shown = with_summary(state, |summary| i18n.money(of(summary), &summary.currency));
        shown.unwrap_or_else(|| "…".to_owned())
    };
    let edge = move |label: &'static str, index: Signal<usize>, of: fn(&_) -> _| {
        view! {
            <tr class="ledger-row" data-level="edge" aria-rowindex=move || index.get().to_string()>
                <th scope="row" class="ledger-what" colspan="3">{label}</th>
                // Use separate cells instead of a `colspan`, because narrow screens hide these columns, and a `colspan`
                // over a hidden column creates an extra column.
                <td class={"statement-account"}></td>
                <td class={"ledger-amount"}></td>
                <td class="ledger-amount"><span class="amount">{move || balance(of)}</span></td>
            </tr>
        }
    };
    view! {
        <table class="ledger statement" id="statement" aria-rowcount=move || (total() + 3).to_string()>
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
                <SpacerRow height=list.above columns=6 />
                <For each=move || list.keys.get() key=|key| *key children=move |(_, at)| row(state, at) />
                <SpacerRow height=list.below columns=6 />
            </tbody>
            <tbody>{edge(text.closing, Signal::derive(move || total() + 3), |summary| summary.closing)}</tbody>
        </table>
    }
}

fn row(state: BalanceState, at: usize) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let line = state.statement().line(at)?;
    let currency = state.summary().with_untracked(|summary| summary.map(|it| it.movements.currency.clone()));
    let currency = currency.unwrap_or_default();
    let account = match line.account {
        Account::Personal => text.account_personal,
        Account::Bonus => text.account_bonus,
    };
    let service = line.service.clone();
    let service = untrack(|| service.map(|code| state.service_name(&code).unwrap_or(code)));
    let kind = kind_label(text, line.kind).to_owned();
    let (what, kind) = match line.description.clone() {
        Some(description) => (description, Some(kind)),
        None => (kind, None),
    };
    let notes = [kind, rounding_note(state, &line, &currency)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
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
