//! The tab *Expenses*: the costs of each service compared with the preceding period, and the reasons for the change.

mod causes;
mod chart;
mod groups;
mod reasons;
#[cfg(test)]
mod samples;
mod table;

use leptos::prelude::*;
use partner_api::{
    Amount,
    ledger::{Expenses, ServiceExpenses},
};

use self::{
    causes::causes,
    chart::chart,
    table::{ServicesTable, agreement},
};
use super::state::BalanceState;
use crate::{
    data::views::QueryView,
    i18n::{I18n, format::fill, locales::ExpensesText},
    ui::icon::Icon,
};

fn text_of(i18n: I18n) -> &'static ExpensesText {
    i18n.text.expenses()
}

fn service_name(i18n: I18n, service: &ServiceExpenses) -> String {
    service.service.as_ref().map_or_else(|| i18n.text.balance().no_service.to_owned(), |it| it.name.clone())
}

#[component]
pub fn ExpensesTab(state: BalanceState) -> impl IntoView {
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
            <Report state />
        </QueryView>
    }
}

#[component]
fn Report(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n();
    let expenses = state.expenses();
    // This component owns the list of hidden series, so that series stay hidden when the chart gets other expenses.
    let hidden_series = RwSignal::new(Vec::new());
    let content = Memo::new(move |_| {
        expenses.with(|expenses| match expenses {
            Some(expenses) if !expenses.total.0.is_zero() => Content::Full,
            Some(expenses) if !expenses.services.is_empty() => Content::PrecedingOnly,
            _ => Content::Nothing,
        })
    });
    view! {
        <div class="expenses">
            {move || match content.get() {
                Content::Nothing => no_expenses(i18n).into_any(),
                shown => view! {
                    {move || expenses.with(|expenses| expenses.map(|it| head(i18n, it)))}
                    {(shown == Content::Full).then_some(
                        move || expenses.with(|expenses| expenses.map(|it| chart(i18n, it, hidden_series))),
                    )}
                    <div class="expenses-tables">
                        <section class="services">
                            <h3>{text_of(i18n).by_service}</h3>
                            <div class="report-frame"><ServicesTable state /></div>
                            {move || {
                                let debits = debits_in_detail(state);
                                expenses.with(|expenses| expenses.map(|it| agreement(i18n, it, debits)))
                            }}
                            {move || expenses.with(|expenses| expenses.map(|it| compared(i18n, it)))}
                        </section>
                        {move || expenses.with(|expenses| expenses.map(|it| causes(i18n, it)))}
                    </div>
                }
                .into_any(),
            }}
        </div>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Content {
    /// There are no expenses in either period.
    Nothing,
    /// There are expenses in the preceding period, but none in this period, so a chart would be empty.
    PrecedingOnly,
    Full,
}

/// The debits that *Detail* shows. `None` unless they have the same period and service filter as the expenses.
fn debits_in_detail(state: BalanceState) -> Option<Amount> {
    let period = state.expenses().with(|expenses| expenses.map(|expenses| expenses.period));
    let service = state.address().filter().with(|filter| filter.as_ref().ok().map(|filter| filter.service.clone()))?;
    state.summary().with(|summary| {
        let summary = summary?;
        let is_same = Some(summary.filter.period) == period && summary.filter.service == service;
        (is_same && summary.filter.direction.is_none()).then_some(summary.movements.shown.debits)
    })
}

/// The heading, the total, and the difference to the preceding period.
fn head(i18n: I18n, expenses: &Expenses) -> impl IntoView + use<> {
    let percent = expenses.percent().map(|percent| format!("({})", i18n.relative_change(percent)));
    view! {
        <header class="expenses-head">
            <h2>{fill(text_of(i18n).title, &[("period", &i18n.period(expenses.period))])}</h2>
            <p class="expenses-total">
                <strong>{i18n.money(expenses.total, &expenses.currency)}</strong>
                " "
                <span>{i18n.change(expenses.change(), &expenses.currency)} " " {percent}</span>
            </p>
        </header>
    }
}

fn compared(i18n: I18n, expenses: &Expenses) -> impl IntoView + use<> {
    let preceding = i18n.period(expenses.preceding);
    view! { <p class="report-note">{fill(text_of(i18n).compared, &[("preceding", &preceding)])}</p> }
}

fn no_expenses(i18n: I18n) -> impl IntoView {
    let text = text_of(i18n);
    view! {
        <section class="empty">
            <span class="empty-icon"><Icon name="wallet" /></span>
            <h2>{text.nothing}</h2>
            <p>{text.nothing_lead}</p>
        </section>
    }
}
