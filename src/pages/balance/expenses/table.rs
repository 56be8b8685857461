//! The same as a table: sum, share and change of each service, and how the total compares with Detail.

use leptos::prelude::*;
use partner_api::{
    Amount,
    ledger::{ExpenseKey, ExpenseOrder, Expenses, ServiceExpenses},
    money::Decimal,
};

use super::{
    Words,
    figures::{Group, code, groups},
};
use crate::{
    i18n::{format::fill, locales},
    ui::{icon::Icon, sort_head::SortHead},
};

/// In place of a percentage where there is nothing to compare with.
const NONE: &str = "–";

/// Another order for a press on the head of a column: the other way round for the one it is sorted by, else the way
/// that people look for first.
fn pressed(order: ExpenseOrder, key: ExpenseKey) -> ExpenseOrder {
    let descending = if order.key == key { !order.descending } else { key != ExpenseKey::Service };
    ExpenseOrder { key, descending }
}

/// What stands in the address for an order; the usual one is left out.
fn written(order: ExpenseOrder) -> String {
    if order == ExpenseOrder::default() { String::new() } else { order.code() }
}

fn column(key: ExpenseKey) -> fn(&locales::ExpensesText) -> locales::Words {
    match key {
        ExpenseKey::Service => |text| text.column_service,
        ExpenseKey::Sum => |text| text.column_sum,
        ExpenseKey::Share => |text| text.column_share,
        ExpenseKey::Change => |text| text.column_change,
        ExpenseKey::Percent => |text| text.column_percent,
    }
}

/// The table.
#[component]
pub(super) fn ServicesTable(
    /// Texts and formats.
    words: Words,
    /// The newest answer.
    expenses: Signal<Expenses>,
    /// `sort` of the address.
    sort: Signal<String>,
    /// Asks for another.
    on_sort: Callback<String>,
) -> impl IntoView {
    let order = move || sort.with(|sort| ExpenseOrder::parse(sort)).unwrap_or_default();
    let head = |key: ExpenseKey| {
        let of_key = Signal::derive(move || Some(order()).filter(|it| it.key == key).map(|it| it.descending));
        let on_sort = Callback::new(move |()| on_sort.run(written(pressed(order(), key))));
        view! { <SortHead label=column(key)(words.text) order=of_key on_sort /> }
    };
    view! {
        <table class="report">
            <caption class="visually-hidden">{words.text.by_service}</caption>
            <thead><tr>{ExpenseKey::ALL.map(head).collect_view()}</tr></thead>
            <tbody>{move || expenses.with(|expenses| rows(words, expenses, order()))}</tbody>
            <tfoot>{move || expenses.with(|expenses| total(words, expenses))}</tfoot>
        </table>
    }
}

fn rows(words: Words, expenses: &Expenses, order: ExpenseOrder) -> impl IntoView + use<> {
    let groups = groups(expenses);
    order.of(expenses).into_iter().map(|service| row(words, expenses, service, &groups)).collect_view()
}

fn row(words: Words, expenses: &Expenses, service: &ServiceExpenses, groups: &[Group<'_>]) -> impl IntoView + use<> {
    let Words { i18n, text } = words;
    let is_it = |it: &ServiceExpenses| code(it) == code(service);
    let colour = groups.iter().find(|group| group.services.iter().any(|it| is_it(it))).map(|group| group.colour);
    let badge = match (service.is_new(), service.is_vanished()) {
        (true, _) => Some(("new", text.is_new)),
        (_, true) => Some(("vanished", text.is_vanished)),
        _ => None,
    };
    view! {
        <tr>
            <th scope="row">
                <span class="swatch" data-colour=colour.map(|colour| colour.to_string())></span>
                <bdi>{words.name(service)}</bdi>
                {badge.map(|(kind, word)| view! { " " <span class="badge" data-kind=kind>{word}</span> })}
            </th>
            <td>{i18n.money(service.total, &expenses.currency)}</td>
            <td data-label=text.column_share>
                {service.share(expenses.total).map_or_else(|| NONE.into(), |share| i18n.share(share))}
            </td>
            {changes(words, service.change(), service.percent(), &expenses.currency)}
        </tr>
    }
}

fn total(words: Words, expenses: &Expenses) -> impl IntoView + use<> {
    let Words { i18n, text } = words;
    let share = (!expenses.total.0.is_zero()).then(|| i18n.share(Decimal::ONE));
    view! {
        <tr>
            <th scope="row">{text.total}</th>
            <td>{i18n.money(expenses.total, &expenses.currency)}</td>
            <td data-label=text.column_share>{share.unwrap_or_else(|| NONE.into())}</td>
            {changes(words, expenses.change(), expenses.percent(), &expenses.currency)}
        </tr>
    }
}

fn changes(words: Words, change: Amount, percent: Option<Decimal>, currency: &str) -> impl IntoView + use<> {
    let percent = percent.map_or_else(|| NONE.into(), |percent| words.i18n.relative_change(percent));
    view! {
        <td>{words.i18n.change(change, currency)}</td>
        <td>{percent}</td>
    }
}

/// Says that the total is what Detail says; nothing while Detail has said nothing.
pub(super) fn agreement(words: Words, expenses: &Expenses, debits: Option<Amount>) -> impl IntoView + use<> {
    debits.map(|debits| {
        let difference = Amount((expenses.total.0 - debits.0).abs());
        let (is_equal, line) = if difference.0.is_zero() {
            (true, words.text.equal.to_owned())
        } else {
            let amount = words.i18n.money(difference, &expenses.currency);
            (false, fill(words.text.unequal, &[("amount", &amount)]))
        };
        view! {
            <p class="agreement" data-equal=is_equal.to_string()>
                <Icon name=if is_equal { "circle-check" } else { "triangle-alert" } />
                <span>{line}</span>
            </p>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_sorts_by_the_column_and_then_the_other_way_round() {
        let mut order = ExpenseOrder::default();
        let mut press = |key| {
            order = pressed(order, key);
            written(order)
        };
        let presses = [ExpenseKey::Sum, ExpenseKey::Sum, ExpenseKey::Service, ExpenseKey::Service, ExpenseKey::Change];
        assert_eq!(presses.map(&mut press), ["sum", "", "service", "-service", "-change"]);
    }
}
