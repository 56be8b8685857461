//! Table cells and notes for one movement, shared by the grouped table and the statement.

use leptos::prelude::*;
use partner_api::{
    Amount,
    ledger::{Direction, Movement, MovementKind},
};

use super::super::state::BalanceState;
use crate::i18n::{format::fill, locales::BalanceText};

/// Shows the time of a movement in Moscow time. A tooltip shows the time in the user's time zone if the two differ.
pub fn time(state: BalanceState, movement: &Movement) -> impl IntoView + use<> {
    let i18n = state.i18n();
    let local = i18n.local(movement.at).map(|time| fill(state.text().local_time, &[("time", &time)]));
    view! { <time datetime=movement.at.to_string() title=local>{i18n.moment(movement.at)}</time> }
}

/// A note with the exact amount. `None` if the amount has no fractions of a kopeck, so that rounding did not change it.
pub fn rounding_note(state: BalanceState, movement: &Movement, currency: &str) -> Option<String> {
    let i18n = state.i18n();
    let exact = movement.exact.filter(|exact| *exact != movement.amount)?;
    let (exact, counted) = (i18n.exact_money(exact, currency), i18n.money(movement.amount, currency));
    Some(fill(state.text().counted_as, &[("exact", &exact), ("counted", &counted)]))
}

pub const fn kind_label(text: &BalanceText, kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Usage => text.kind_usage,
        MovementKind::Subscription => text.kind_subscription,
        MovementKind::Payment => text.kind_payment,
        MovementKind::Bonus => text.kind_bonus,
        MovementKind::Refund => text.kind_refund,
        MovementKind::Expiry => text.kind_expiry,
        MovementKind::Other => text.kind_other,
    }
}

/// A table cell with an amount and its sign, or a dash for zero.
pub fn amount_cell(state: BalanceState, amount: Amount, direction: Direction, currency: &str) -> impl IntoView + use<> {
    let is_zero = amount == Amount::default();
    let shown = if is_zero { "–".to_owned() } else { state.i18n().moved(amount, direction, currency) };
    let kind = if is_zero { "nothing" } else { direction.code() };
    view! { <td class="ledger-amount"><span class="amount" data-moved=kind>{shown}</span></td> }
}
