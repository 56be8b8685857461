//! The strip above the movements: opening balance + deposits − debits = closing balance.

use leptos::prelude::*;
use partner_api::{
    Amount,
    ledger::{Direction, MovementsSummary, Sums},
};

use super::super::state::BalanceState;
use crate::{i18n::format::fill, ui::icon::Icon};

pub fn strip(state: BalanceState, summary: &MovementsSummary) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let currency = &*summary.currency;
    let figure = |operator: &'static str, label: &'static str, amount: Amount| {
        let amount = i18n.money(amount, currency);
        view! {
            <div class="strip-figure">
                <dt>{label}</dt>
                <dd><span class="strip-operator" aria-hidden="true">{operator}</span><span class="amount">{amount}</span></dd>
            </div>
        }
    };
    let adds_up = adds_up(summary);
    let (icon, verdict) = if adds_up { ("circle-check", text.adds_up) } else { ("triangle-alert", text.adds_not) };
    let hidden = hidden_sums(summary).map(|hidden| {
        let debits = i18n.moved(hidden.debits, Direction::Debit, currency);
        let deposits = i18n.moved(hidden.deposits, Direction::Deposit, currency);
        i18n.count_with(&text.hidden, hidden.lines as usize, &[("debits", &debits), ("deposits", &deposits)])
    });
    let title = fill(text.summary, &[("period", &i18n.period(summary.period))]);
    view! {
        <section class="strip" aria-label=title>
            <dl class="strip-figures">
                {figure("", text.opening, summary.opening)}
                {figure("+", text.deposits, summary.all.deposits)}
                {figure("\u{2212}", text.debits, summary.all.debits)}
                {figure("=", text.closing, summary.closing)}
            </dl>
            <p class="strip-check" data-bad=(!adds_up).then_some("")><Icon name=icon /><span>{verdict}</span></p>
            {hidden.map(|hidden| view! { <p class="strip-hidden"><Icon name="filter-x" /><span>{hidden}</span></p> })}
        </section>
    }
}

/// Whether opening balance + deposits − debits equals the closing balance, and the sums of all groups equal the totals.
fn adds_up(summary: &MovementsSummary) -> bool {
    let MovementsSummary { opening, closing, all, shown, groups, .. } = summary;
    let debits: Amount = groups.iter().map(|group| group.sums.debits).sum();
    let deposits: Amount = groups.iter().map(|group| group.sums.deposits).sum();
    opening.0 + all.deposits.0 - all.debits.0 == closing.0 && (debits, deposits) == (shown.debits, shown.deposits)
}

/// Sums of the movements that the filters hide. `None` if the filters hide no movement.
fn hidden_sums(summary: &MovementsSummary) -> Option<Sums> {
    let MovementsSummary { all, shown, .. } = summary;
    (all.lines > shown.lines).then(|| Sums {
        debits: Amount(all.debits.0 - shown.debits.0),
        deposits: Amount(all.deposits.0 - shown.deposits.0),
        lines: all.lines - shown.lines,
        rounded: all.rounded.saturating_sub(shown.rounded),
    })
}

#[cfg(test)]
mod tests {
    use partner_api::{Granularity, Period, ledger::ServiceMovements};

    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().expect("an amount")
    }

    fn summary(closing: &str) -> MovementsSummary {
        let sums = |debits: &str, deposits: &str, lines| Sums {
            debits: amount(debits),
            deposits: amount(deposits),
            lines,
            rounded: 0,
        };
        MovementsSummary {
            period: Period::of_day("2026-11-25".parse().expect("a date")),
            granularity: Granularity::Day,
            currency: "RUB".into(),
            as_of: Default::default(),
            opening: amount("10"),
            closing: amount(closing),
            all: sums("7.25", "5", 3),
            shown: sums("7.25", "0", 2),
            groups: vec![ServiceMovements { service: None, sums: sums("7.25", "0.00", 2), buckets: Vec::new() }],
        }
    }

    #[test]
    fn sums_add_up_to_the_closing_balance() {
        assert!(adds_up(&summary("7.75")));
        assert!(!adds_up(&summary("7.76")));
    }

    #[test]
    fn sums_of_hidden_movements_are_returned() {
        let hidden = hidden_sums(&summary("7.75")).expect("a deposit is hidden");
        assert_eq!((hidden.debits, hidden.deposits, hidden.lines), (amount("0"), amount("5"), 1));
        assert_eq!(hidden_sums(&MovementsSummary { shown: summary("0").all, ..summary("0") }), None);
    }
}
