//! Movements grouped by service. A group expands to buckets (days, weeks, months or years), and a bucket to movements.

use std::collections::BTreeSet;

use leptos::prelude::*;
use partner_api::{
    Granularity,
    ledger::{Bucket, Direction, LedgerFilter, MovementsSummary, NO_SERVICE, ServiceMovements, Sums},
};

use super::{super::state::BalanceState, lines::BucketLines, movement::amount_cell};
use crate::ui::icon::Icon;

/// The expanded rows. A group is identified by the code of its service, and a bucket by that code and its first day, so
/// the same rows stay expanded when the filters change.
#[derive(Clone, Copy)]
struct OpenRows(RwSignal<BTreeSet<String>>);

impl OpenRows {
    fn is_open(self, key: String) -> Memo<bool> {
        Memo::new(move |_| self.0.with(|open| open.contains(&key)))
    }

    fn toggle(self, key: &str) {
        self.0.update(|open| {
            if !open.remove(key) {
                open.insert(key.to_owned());
            }
        });
    }
}

#[component]
pub fn Grouped(state: BalanceState) -> impl IntoView {
    let text = state.text();
    let open = OpenRows(RwSignal::new(BTreeSet::new()));
    let body = move || {
        state.summary().with(|summary| {
            summary.map(|summary| {
                let (filter, movements) = (&summary.filter, &summary.movements);
                let groups = movements.groups.iter().map(|it| group(state, open, filter, movements, it)).collect_view();
                view! { {groups} {total(state, movements)} }
            })
        })
    };
    view! {
        <table class="ledger" id="grouped">
            <caption class="visually-hidden">{text.grouped_caption}</caption>
            <thead>
                <tr>
                    <th scope="col" class="ledger-what">{text.column_group}</th>
                    <th scope="col" class="ledger-amount">{text.debits}</th>
                    <th scope="col" class="ledger-amount">{text.deposits}</th>
                </tr>
            </thead>
            {body}
        </table>
    }
}

fn group(
    state: BalanceState,
    open: OpenRows,
    filter: &LedgerFilter,
    summary: &MovementsSummary,
    group: &ServiceMovements,
) -> impl IntoView + use<> {
    let code = group.service.as_ref().map_or_else(|| NO_SERVICE.to_owned(), |service| service.code.clone());
    let name = group.service.as_ref().map_or_else(|| state.text().no_service.to_owned(), |it| it.name.clone());
    let (buckets, granularity) = (group.buckets.clone(), summary.granularity);
    let currency = summary.currency.clone();
    let lines_filter = LedgerFilter { service: Some(code.clone()), granularity: Granularity::Year, ..filter.clone() };
    let is_open = open.is_open(code.clone());
    let rows = move || {
        is_open.get().then(|| {
            let row = |bucket: &Bucket| bucket_rows(state, open, &lines_filter, &currency, granularity, bucket);
            buckets.iter().map(row).collect_view()
        })
    };
    view! {
        <tbody class="ledger-group">
            <tr class="ledger-row" data-level="group">
                <th scope="row" class="ledger-what">
                    <Disclosure open key=code label=name />
                    {movement_count(state, &group.sums)}
                </th>
                {amounts(state, &group.sums, &summary.currency)}
            </tr>
            {rows}
        </tbody>
    }
}

fn bucket_rows(
    state: BalanceState,
    open: OpenRows,
    group_filter: &LedgerFilter,
    currency: &str,
    granularity: Granularity,
    bucket: &Bucket,
) -> impl IntoView + use<> {
    let filter = LedgerFilter { period: bucket.period, ..group_filter.clone() };
    let key = format!("{}/{}", group_filter.service.as_deref().unwrap_or_default(), bucket.period.from);
    let label = state.i18n().bucket(bucket.period, granularity);
    let is_open = open.is_open(key.clone());
    let (total, lines_currency) = (bucket.sums.lines, currency.to_owned());
    let lines = move || {
        is_open.get().then(|| {
            view! { <BucketLines state filter=filter.clone() currency=lines_currency.clone() total /> }
        })
    };
    view! {
        <tr class="ledger-row" data-level="bucket">
            <th scope="row" class="ledger-what">
                <Disclosure open key label />
                {movement_count(state, &bucket.sums)}
            </th>
            {amounts(state, &bucket.sums, currency)}
        </tr>
        {lines}
    }
}

/// The row with the sums of all groups.
fn total(state: BalanceState, summary: &MovementsSummary) -> impl IntoView + use<> {
    view! {
        <tbody>
            <tr class="ledger-row" data-level="total">
                <th scope="row" class="ledger-what">
                    {state.text().sum_total} {movement_count(state, &summary.shown)}
                </th>
                {amounts(state, &summary.shown, &summary.currency)}
            </tr>
        </tbody>
    }
}

/// The button that expands or collapses a row.
#[component]
fn Disclosure(open: OpenRows, key: String, label: String) -> impl IntoView {
    let is_open = open.is_open(key.clone());
    view! {
        <button type="button" class="disclosure" aria-expanded=move || is_open.get().to_string()
            on:click=move |_| open.toggle(&key)>
            <Icon name="chevron-right" />
            <bdi>{label}</bdi>
        </button>
    }
}

/// Shows the number of movements, and the number of movements whose amount was rounded to kopecks.
fn movement_count(state: BalanceState, sums: &Sums) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let rounded = (sums.rounded > 0).then(|| i18n.count(&text.rounded, sums.rounded as usize));
    view! {
        <small class="ledger-note">
            {i18n.count(&text.movements, sums.lines as usize)}
            {rounded.map(|count| view! { ", " <span class="rounded" title=text.rounded_hint>{count}</span> })}
        </small>
    }
}

/// Two table cells: the sum of debits and the sum of deposits.
fn amounts(state: BalanceState, sums: &Sums, currency: &str) -> impl IntoView + use<> {
    view! {
        {amount_cell(state, sums.debits, Direction::Debit, currency)}
        {amount_cell(state, sums.deposits, Direction::Deposit, currency)}
    }
}
