//! The tab *Expenses on services*: what the services cost over the period, against the preceding one, and why.
//!
//! The frame loads [`Expenses`] and mounts [`ExpensesReport`] once it has the first answer; later answers come through
//! the same signal, so that services which were switched off stay so. The order of the table is `sort` of the address
//! ([`partner_api::ledger::LedgerQuery::sort`]): the report reads it and asks for another by `on_sort`, with the empty
//! text for the usual order, which an address leaves out. The same word goes into the download.

mod causes;
mod chart;
mod figures;
#[cfg(test)]
mod samples;
mod table;
mod why;

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
use crate::{
    i18n::{
        I18n,
        format::fill,
        locales::{self, ExpensesText},
        use_i18n,
    },
    ui::icon::Icon,
};

/// Texts and formats of the report.
#[derive(Clone, Copy)]
struct Words {
    i18n: I18n,
    text: &'static ExpensesText,
}

impl Words {
    /// Name of a service.
    fn name(self, service: &ServiceExpenses) -> String {
        service.service.as_ref().map_or_else(|| self.i18n.ledger().no_service.to_owned(), |it| it.name.clone())
    }
}

/// The report.
#[component]
pub fn ExpensesReport(
    /// The newest answer.
    #[prop(into)]
    expenses: Signal<Expenses>,
    /// `sort` of the address; empty, or no word it knows: as usual.
    #[prop(into)]
    sort: Signal<String>,
    /// Another order was asked for: what `sort` has to be in the address; empty to leave it out.
    on_sort: Callback<String>,
    /// Debits that Detail shows for the same period and service (`MovementsSummary::shown.debits` without a filter by
    /// direction); `None` while nobody knows.
    #[prop(into)]
    debits: Signal<Option<Amount>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = Words { i18n, text: locales::expenses_of(i18n.locale) };
    let off = RwSignal::new(Vec::new());
    // Nothing in either period, nothing in this one, or something: the parts below come and go with it.
    let shown =
        Memo::new(move |_| expenses.with(|expenses| (!expenses.services.is_empty(), !expenses.total.0.is_zero())));
    view! {
        <div class="expenses">
            {move || match shown.get() {
                (false, _) => nothing(words).into_any(),
                (true, has_total) => view! {
                    {move || expenses.with(|expenses| head(words, expenses))}
                    {has_total.then(|| move || expenses.with(|expenses| chart(words, expenses, off)))}
                    <div class="expenses-tables">
                        <section class="services">
                            <h3>{words.text.by_service}</h3>
                            <div class="report-frame"><ServicesTable words expenses sort on_sort /></div>
                            {move || expenses.with(|expenses| agreement(words, expenses, debits.get()))}
                            {move || expenses.with(|expenses| compared(words, expenses))}
                        </section>
                        {move || expenses.with(|expenses| causes(words, expenses))}
                    </div>
                }
                .into_any(),
            }}
        </div>
    }
}

/// Title, total, and how it compares.
fn head(words: Words, expenses: &Expenses) -> impl IntoView + use<> {
    let Words { i18n, text } = words;
    let percent = expenses.percent().map(|percent| format!("({})", i18n.relative_change(percent)));
    view! {
        <header class="expenses-head">
            <h2>{fill(text.title, &[("period", &i18n.period(expenses.period))])}</h2>
            <p class="expenses-total">
                <strong>{i18n.money(expenses.total, &expenses.currency)}</strong>
                " "
                <span>{i18n.change(expenses.change(), &expenses.currency)} " " {percent}</span>
            </p>
        </header>
    }
}

fn compared(words: Words, expenses: &Expenses) -> impl IntoView + use<> {
    let preceding = words.i18n.period(expenses.preceding);
    view! { <p class="report-note">{fill(words.text.compared, &[("preceding", &preceding)])}</p> }
}

fn nothing(words: Words) -> impl IntoView {
    view! {
        <section class="empty">
            <span class="empty-icon"><Icon name="wallet" /></span>
            <h2>{words.text.nothing}</h2>
            <p>{words.text.nothing_lead}</p>
        </section>
    }
}
