//! The tab *Detail*: from the opening to the closing balance, and the movements between them, grouped or line by line.

use leptos::prelude::*;
use partner_api::ledger::{Direction, LedgerQuery, MovementsSummary};

use super::{
    grouped::Grouped,
    query::set_period,
    state::{BalanceState, Detail},
    statement::StatementView,
    wording,
};
use crate::{
    data::load::Refreshed,
    i18n::format::fill,
    ui::{icon::Icon, live::live},
};

/// The tab.
#[component]
pub fn DetailReport(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let value = state.detail.value;
    let has_value = Signal::derive(move || value.with(Option::is_some));
    let old = Signal::derive(move || {
        let period = value.with(|detail| detail.as_ref().map(|detail| i18n.period(detail.summary.period)));
        fill(i18n.ledger().old_figures, &[("period", &period.unwrap_or_default())])
    });
    let on_retry = Callback::new(move |()| state.refresh());
    let is_statement = Memo::new(move |_| state.is_statement());
    let is_empty =
        Memo::new(move |_| value.with(|detail| detail.as_ref().is_some_and(|it| it.summary.shown.lines == 0)));
    view! {
        <Refreshed fetch=state.detail.newest.fetch has_value old on_retry>
            {live(move || value.with(|detail| detail.as_ref().map(|detail| strip(state, &detail.summary))))}
            {live(move || match (is_empty.get(), is_statement.get()) {
                (true, _) => value.with(|detail| detail.as_ref().map(|detail| nothing(state, detail))).into_any(),
                (false, true) => view! { <StatementView state /> }.into_any(),
                (false, false) => view! { <Grouped state /> }.into_any(),
            })}
        </Refreshed>
    }
}

/// Opening balance + deposits − debits = closing balance, and what the filters hide of it.
fn strip(state: BalanceState, summary: &MovementsSummary) -> impl IntoView + use<> {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let currency = &*summary.currency;
    let figure = |operator: &'static str, label: &'static str, amount: String| {
        view! {
            <div class="strip-figure">
                <dt>{label}</dt>
                <dd><span class="strip-operator" aria-hidden="true">{operator}</span><span class="amount">{amount}</span></dd>
            </div>
        }
    };
    let (debits, deposits) = (summary.all.debits, summary.all.deposits);
    let adds_up = wording::adds_up(summary);
    let (icon, verdict) = if adds_up { ("circle-check", text.adds_up) } else { ("triangle-alert", text.adds_not) };
    let hidden = wording::hidden(summary).map(|hidden| {
        let debits = i18n.moved(hidden.debits, Direction::Debit, currency);
        let deposits = i18n.moved(hidden.deposits, Direction::Deposit, currency);
        i18n.count_with(&text.hidden, hidden.lines as usize, &[("debits", &debits), ("deposits", &deposits)])
    });
    let title = fill(text.summary, &[("period", &i18n.period(summary.period))]);
    view! {
        <section class="strip" aria-label=title>
            <dl class="strip-figures">
                {figure("", text.opening, i18n.money(summary.opening, currency))}
                {figure("+", text.deposits, i18n.money(deposits, currency))}
                {figure("\u{2212}", text.debits, i18n.money(debits, currency))}
                {figure("=", text.closing, i18n.money(summary.closing, currency))}
            </dl>
            <p class="strip-verdict" data-bad=(!adds_up).then_some("")><Icon name=icon /><span>{verdict}</span></p>
            {hidden.map(|hidden| view! { <p class="strip-hidden"><Icon name="filter-x" /><span>{hidden}</span></p> })}
        </section>
    }
}

/// The period has no movements, or the filters hide all of them.
fn nothing(state: BalanceState, detail: &Detail) -> impl IntoView + use<> {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let is_filtered = detail.summary.all.lines > 0;
    let wider = wording::wider(detail.filter.period).filter(|_| !is_filtered);
    let show_all = move |_| {
        state.change(|query| {
            *query = LedgerQuery { direction: None, service: None, ..query.clone() };
        });
    };
    let hint = if is_filtered { Some(text.nothing_filtered) } else { wider.map(|_| text.nothing_wider) };
    view! {
        <section class="empty">
            <span class="empty-icon"><Icon name="calendar" /></span>
            <h2>{text.nothing}</h2>
            {hint.map(|hint| view! { <p>{hint}</p> })}
            {is_filtered.then(|| view! {
                <button type="button" class="button" on:click=show_all>{text.show_all}</button>
            })}
            {wider.map(|period| {
                let words = fill(text.show_wider, &[("period", &i18n.period(period))]);
                let today = state.today.get_untracked();
                let show = move |_| state.change(|query| set_period(query, period, today));
                view! { <button type="button" class="button" on:click=show>{words}</button> }
            })}
        </section>
    }
}
