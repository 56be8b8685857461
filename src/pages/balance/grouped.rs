//! Movements by service: a group opens into buckets, a bucket into its movements.

use std::collections::BTreeSet;

use leptos::prelude::*;
use partner_api::{
    Amount, Granularity,
    ledger::{Bucket, Direction, LedgerFilter, MovementsSummary, NO_SERVICE, ServiceMovements, Sums},
};

use super::{lines::BucketLines, state::BalanceState};
use crate::ui::{
    icon::Icon,
    live::{live, live_maybe},
};

/// What is open, by code of the service, or by that and the first day of a bucket. It survives other filters.
type Open = RwSignal<BTreeSet<String>>;

/// The table.
#[component]
pub fn Grouped(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let open: Open = RwSignal::new(BTreeSet::new());
    let value = state.detail.value;
    let body = move || {
        value.with(|detail| {
            detail.as_ref().map(|detail| {
                let groups = detail.summary.groups.iter();
                let groups = groups.map(|it| group(state, open, &detail.filter, &detail.summary, it)).collect_view();
                view! { {groups} {total(state, &detail.summary)} }
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
            {live(body)}
        </table>
    }
}

fn group(
    state: BalanceState,
    open: Open,
    filter: &LedgerFilter,
    summary: &MovementsSummary,
    group: &ServiceMovements,
) -> impl IntoView + use<> {
    let code = group.service.as_ref().map_or_else(|| NO_SERVICE.to_owned(), |service| service.code.clone());
    let name = state.service_name(group.service.as_ref());
    let (buckets, granularity) = (group.buckets.clone(), summary.granularity);
    let currency = summary.currency.clone();
    let lines = LedgerFilter { service: Some(code.clone()), granularity: Granularity::Year, ..filter.clone() };
    let key = code.clone();
    let rows = move || {
        open.with(|open| open.contains(&key)).then(|| {
            let row = |bucket: &Bucket| bucket_rows(state, open, &lines, &currency, granularity, bucket);
            buckets.iter().map(row).collect_view()
        })
    };
    view! {
        <tbody class="ledger-group">
            <tr class="ledger-row" data-level="group">
                <th scope="row" class="ledger-what">
                    <Disclosure open key=code words=name />
                    {notes(state, &group.sums)}
                </th>
                {amounts(state, &group.sums, &summary.currency)}
            </tr>
            {live(rows)}
        </tbody>
    }
}

fn bucket_rows(
    state: BalanceState,
    open: Open,
    group: &LedgerFilter,
    currency: &str,
    granularity: Granularity,
    bucket: &Bucket,
) -> impl IntoView + use<> {
    let filter = LedgerFilter { period: bucket.period, ..group.clone() };
    let key = format!("{}/{}", group.service.as_deref().unwrap_or_default(), bucket.period.from);
    let words = state.i18n.bucket(bucket.period, granularity);
    let is_open = {
        let key = key.clone();
        Memo::new(move |_| open.with(|open| open.contains(&key)))
    };
    let (count, shown) = (bucket.sums.lines, currency.to_owned());
    let rows = move || {
        is_open.get().then(|| {
            view! { <BucketLines state filter=filter.clone() currency=shown.clone() count /> }
        })
    };
    view! {
        <tr class="ledger-row" data-level="bucket">
            <th scope="row" class="ledger-what">
                <Disclosure open key words />
                {notes(state, &bucket.sums)}
            </th>
            {amounts(state, &bucket.sums, currency)}
        </tr>
        {live(rows)}
    }
}

/// The sum of all groups.
fn total(state: BalanceState, summary: &MovementsSummary) -> impl IntoView + use<> {
    view! {
        <tbody>
            <tr class="ledger-row" data-level="total">
                <th scope="row" class="ledger-what">{state.i18n.ledger().sum_total} {notes(state, &summary.shown)}</th>
                {amounts(state, &summary.shown, &summary.currency)}
            </tr>
        </tbody>
    }
}

/// A button that opens what stands under its row.
#[component]
fn Disclosure(open: Open, key: String, words: String) -> impl IntoView {
    let is_open = {
        let key = key.clone();
        Memo::new(move |_| open.with(|open| open.contains(&key)))
    };
    let toggle = move |_| {
        open.update(|open| {
            if !open.remove(&key) {
                open.insert(key.clone());
            }
        });
    };
    view! {
        <button type="button" class="disclosure" aria-expanded=live_maybe(move || Some(is_open.get().to_string()))
            on:click=toggle>
            <Icon name="chevron-right" />
            <bdi>{words}</bdi>
        </button>
    }
}

/// How many movements, and how many of them the kopeck rule changed.
fn notes(state: BalanceState, sums: &Sums) -> impl IntoView + use<> {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let rounded = (sums.rounded > 0).then(|| i18n.count(&text.rounded, sums.rounded as usize));
    view! {
        <small class="ledger-note">
            {i18n.count(&text.movements, sums.lines as usize)}
            {rounded.map(|words| view! { ", " <span class="rounded" title=text.rounded_hint>{words}</span> })}
        </small>
    }
}

/// The two cells of sums.
fn amounts(state: BalanceState, sums: &Sums, currency: &str) -> impl IntoView + use<> {
    view! {
        {amount_cell(state, sums.debits, Direction::Debit, currency)}
        {amount_cell(state, sums.deposits, Direction::Deposit, currency)}
    }
}

/// A cell with an amount and its sign; a dash for nothing.
pub fn amount_cell(state: BalanceState, amount: Amount, direction: Direction, currency: &str) -> impl IntoView + use<> {
    let is_nothing = amount == Amount::default();
    let shown = if is_nothing { "–".to_owned() } else { state.i18n.moved(amount, direction, currency) };
    let kind = if is_nothing { "nothing" } else { direction.code() };
    view! { <td class="ledger-amount"><span class="amount" data-moved=kind>{shown}</span></td> }
}
