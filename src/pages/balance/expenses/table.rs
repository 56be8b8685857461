//! The table of services with the sum, share and change of each service. A note below says whether the total equals the
//! debits in *Detail*.

use leptos::prelude::*;
use partner_api::{
    Amount,
    ledger::{ExpenseKey, ExpenseOrder, Expenses, ServiceExpenses},
    money::Decimal,
};

use super::{
    super::state::BalanceState,
    groups::{Group, code, groups},
    service_name, text_of,
};
use crate::{
    i18n::{I18n, format::fill, locales::ExpensesText},
    ui::{icon::Icon, sort_head::SortHead},
};

/// Replaces a percentage that cannot be calculated, for example because the preceding period has no expenses.
const NO_PERCENTAGE: &str = "–";

/// The order after a click on a column heading. A click on the sorted column reverses the order. Any other column
/// starts with the largest amount or with A.
fn next_order(order: ExpenseOrder, key: ExpenseKey) -> ExpenseOrder {
    let descending = if order.key == key { !order.descending } else { key != ExpenseKey::Service };
    ExpenseOrder { key, descending }
}

/// The value of the query parameter `sort`. `None` for the default order.
fn sort_parameter(order: ExpenseOrder) -> Option<String> {
    (order != ExpenseOrder::default()).then(|| order.code())
}

const fn column_label(text: &ExpensesText, key: ExpenseKey) -> &'static str {
    match key {
        ExpenseKey::Service => text.column_service,
        ExpenseKey::Sum => text.column_sum,
        ExpenseKey::Share => text.column_share,
        ExpenseKey::Change => text.column_change,
        ExpenseKey::Percent => text.column_percent,
    }
}

#[component]
pub fn ServicesTable(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n();
    let text = text_of(i18n);
    let expenses = state.expenses();
    let order = Memo::new(move |_| {
        state.address().query().with(|query| query.sort.as_deref().and_then(ExpenseOrder::parse)).unwrap_or_default()
    });
    let head = |key: ExpenseKey| {
        let order_of_column = Signal::derive(move || order.with(|it| (it.key == key).then_some(it.descending)));
        let on_sort = Callback::new(move |()| {
            let sort = sort_parameter(next_order(order.get_untracked(), key));
            state.address().change_query(|query| query.sort = sort);
        });
        view! { <SortHead label=column_label(text, key) order=order_of_column on_sort /> }
    };
    view! {
        <table class="report">
            <caption class="visually-hidden">{text.by_service}</caption>
            <thead><tr>{ExpenseKey::ALL.map(head).collect_view()}</tr></thead>
            <tbody>{move || expenses.with(|expenses| expenses.map(|it| rows(i18n, it, order.get())))}</tbody>
            <tfoot>{move || expenses.with(|expenses| expenses.map(|it| total(i18n, it)))}</tfoot>
        </table>
    }
}

fn rows(i18n: I18n, expenses: &Expenses, order: ExpenseOrder) -> impl IntoView + use<> {
    let groups = groups(expenses);
    order.of(expenses).into_iter().map(|service| row(i18n, expenses, service, &groups)).collect_view()
}

fn row(i18n: I18n, expenses: &Expenses, service: &ServiceExpenses, groups: &[Group<'_>]) -> impl IntoView + use<> {
    let text = text_of(i18n);
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
                <bdi>{service_name(i18n, service)}</bdi>
                {badge.map(|(kind, word)| view! { " " <span class="badge" data-kind=kind>{word}</span> })}
            </th>
            <td>{i18n.money(service.total, &expenses.currency)}</td>
            <td data-label=text.column_share>
                {service.share(expenses.total).map_or_else(|| NO_PERCENTAGE.into(), |share| i18n.share(share))}
            </td>
            {changes(i18n, service.change(), service.percent(), &expenses.currency)}
        </tr>
    }
}

fn total(i18n: I18n, expenses: &Expenses) -> impl IntoView + use<> {
    let text = text_of(i18n);
    let share = (!expenses.total.0.is_zero()).then(|| i18n.share(Decimal::ONE));
    view! {
        <tr>
            <th scope="row">{text.total}</th>
            <td>{i18n.money(expenses.total, &expenses.currency)}</td>
            <td data-label=text.column_share>{share.unwrap_or_else(|| NO_PERCENTAGE.into())}</td>
            {changes(i18n, expenses.change(), expenses.percent(), &expenses.currency)}
        </tr>
    }
}

fn changes(i18n: I18n, change: Amount, percent: Option<Decimal>, currency: &str) -> impl IntoView + use<> {
    let percent = percent.map_or_else(|| NO_PERCENTAGE.into(), |percent| i18n.relative_change(percent));
    view! {
        <td>{i18n.change(change, currency)}</td>
        <td>{percent}</td>
    }
}

/// Says whether the total equals the debits in *Detail*. Draws nothing if the debits are unknown.
pub fn agreement(i18n: I18n, expenses: &Expenses, debits: Option<Amount>) -> impl IntoView + use<> {
    debits.map(|debits| {
        let difference = Amount((expenses.total.0 - debits.0).abs());
        let (is_equal, line) = if difference.0.is_zero() {
            (true, text_of(i18n).equal.to_owned())
        } else {
            let amount = i18n.money(difference, &expenses.currency);
            (false, fill(text_of(i18n).unequal, &[("amount", &amount)]))
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
    fn a_press_sorts_by_the_column_and_the_next_press_reverses_the_order() {
        let mut order = ExpenseOrder::default();
        let mut press = |key| {
            order = next_order(order, key);
            sort_parameter(order).unwrap_or_default()
        };
        let presses = [ExpenseKey::Sum, ExpenseKey::Sum, ExpenseKey::Service, ExpenseKey::Service, ExpenseKey::Change];
        assert_eq!(presses.map(&mut press), ["sum", "", "service", "-service", "-change"]);
    }
}
