//! What there is to say about figures, decided apart from how it looks: how long the money lasts, which periods to offer.

use chrono::{Datelike, Months};
use partner_api::{
    Amount, Day, Granularity, Period,
    ledger::{Balance, MovementsSummary, Sums},
};

/// What a balance means for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// So much is owed (never negative).
    Debt(Amount),
    /// There is exactly nothing.
    Zero,
    /// Nothing was spent lately.
    Idle,
    /// Less than a day's debit is left.
    Today,
    /// It lasts so many days, the last of which is this.
    Days(u32, Day),
    /// It lasts longer than anyone plans.
    Long,
}

impl Outlook {
    /// Of a balance.
    pub fn of(balance: &Balance) -> Self {
        let total = balance.total();
        let nothing = Amount::default();
        if total < nothing {
            return Self::Debt(Amount(-total.0));
        }
        if total == nothing {
            return Self::Zero;
        }
        match balance.lasts_days() {
            Some(0) => Self::Today,
            Some(days) => {
                let last = Day::of(balance.as_of.0).plus(i32::try_from(days).unwrap_or(i32::MAX));
                Self::Days(days, last)
            }
            None if balance.average_daily_debit.is_some_and(|debit| debit > nothing) => Self::Long,
            None => Self::Idle,
        }
    }

    /// Whether somebody should do something about it.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Debt(_) | Self::Zero | Self::Today | Self::Days(..=7, _))
    }
}

/// A period that is offered by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Today.
    Today,
    /// The day before.
    Yesterday,
    /// Seven days that end today.
    Days7,
    /// 30 days that end today.
    Days30,
    /// From the first of this month to today.
    ThisMonth,
    /// The whole month before this one.
    LastMonth,
    /// From the first day of this quarter to today.
    ThisQuarter,
}

impl Preset {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Today, Self::Yesterday, Self::Days7, Self::Days30, Self::ThisMonth, Self::LastMonth, Self::ThisQuarter];

    /// Its days, on the billing day `today`.
    pub fn period(self, today: Day) -> Period {
        let month = Granularity::Month.start(today);
        match self {
            Self::Today => Period::of_day(today),
            Self::Yesterday => Period::of_day(today.plus(-1)),
            Self::Days7 => Period { from: today.plus(-6), to: today },
            Self::Days30 => Period { from: today.plus(-29), to: today },
            Self::ThisMonth => Period { from: month, to: today },
            Self::LastMonth => {
                let to = month.plus(-1);
                Period { from: Granularity::Month.start(to), to }
            }
            Self::ThisQuarter => {
                let months = Months::new(month.date().month0() % 3);
                let from = month.date().checked_sub_months(months).map_or(month, Day::from);
                Period { from, to: today }
            }
        }
    }
}

/// A longer period, to be offered where one has no movements: 30 days, then a year; `None` where it is longer already.
pub fn wider(period: Period) -> Option<Period> {
    let days = [30, 365].into_iter().find(|days| *days > period.days())?;
    Some(Period { from: period.to.plus(1 - days), to: period.to })
}

/// Whether opening balance, deposits and debits make the closing balance, and the groups what is shown.
pub fn adds_up(summary: &MovementsSummary) -> bool {
    let MovementsSummary { opening, closing, all, shown, groups, .. } = summary;
    let debits: Amount = groups.iter().map(|group| group.sums.debits).sum();
    let deposits: Amount = groups.iter().map(|group| group.sums.deposits).sum();
    opening.0 + all.deposits.0 - all.debits.0 == closing.0 && (debits, deposits) == (shown.debits, shown.deposits)
}

/// What the filters hide; `None` where they hide nothing.
pub fn hidden(summary: &MovementsSummary) -> Option<Sums> {
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
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a date")
    }

    fn amount(text: &str) -> Amount {
        text.parse().expect("an amount")
    }

    fn outlook(base: &str, bonus: &str, daily: Option<&str>) -> Outlook {
        Outlook::of(&Balance {
            base: amount(base),
            bonus: amount(bonus),
            currency: "RUB".into(),
            as_of: "2026-11-25T23:30:00+03:00".parse().expect("an instant"),
            bonuses: Vec::new(),
            average_daily_debit: daily.map(amount),
        })
    }

    #[test]
    fn each_balance_has_its_outlook() {
        assert_eq!(outlook("-100.50", "0.5", Some("7")), Outlook::Debt(amount("100.00")));
        assert_eq!(outlook("-5", "5", Some("7")), Outlook::Zero);
        assert_eq!(outlook("100", "0", None), Outlook::Idle);
        assert_eq!(outlook("100", "0", Some("0")), Outlook::Idle);
        assert_eq!(outlook("6.99", "0", Some("7")), Outlook::Today);
        assert_eq!(outlook("60", "40", Some("10")), Outlook::Days(10, day("2026-12-05")));
        assert_eq!(outlook("1000000", "0", Some("0.01")), Outlook::Long);
    }

    #[test]
    fn a_week_and_less_is_urgent() {
        assert!(outlook("70", "0", Some("10")).is_urgent());
        assert!(!outlook("80", "0", Some("10")).is_urgent());
        assert!(outlook("0", "0", None).is_urgent() && !outlook("1", "0", None).is_urgent());
    }

    #[test]
    fn presets_are_cut_at_moscow_s_months_and_never_reach_into_the_future() {
        let periods = |today: &str| {
            Preset::ALL.map(|preset| {
                let period = preset.period(day(today));
                assert!(period.from <= period.to && period.to <= day(today), "{preset:?}");
                (period.from.to_string(), period.to.to_string())
            })
        };
        let pairs = |days: [(&str, &str); 7]| days.map(|(from, to)| (from.to_owned(), to.to_owned()));
        assert_eq!(
            periods("2024-03-01"),
            pairs([
                ("2024-03-01", "2024-03-01"),
                ("2024-02-29", "2024-02-29"),
                ("2024-02-24", "2024-03-01"),
                ("2024-02-01", "2024-03-01"),
                ("2024-03-01", "2024-03-01"),
                ("2024-02-01", "2024-02-29"),
                ("2024-01-01", "2024-03-01"),
            ])
        );
        assert_eq!(periods("2026-01-01")[5], ("2025-12-01".to_owned(), "2025-12-31".to_owned()));
        assert_eq!(periods("2026-12-31")[6].0, "2026-10-01");
    }

    #[test]
    fn an_empty_period_is_offered_wider_until_it_is_a_year() {
        let of = |days: i32| Period { from: day("2026-11-25").plus(1 - days), to: day("2026-11-25") };
        assert_eq!(wider(of(7)), Some(of(30)));
        assert_eq!(wider(of(30)), Some(of(365)));
        assert_eq!(wider(of(365)), None);
    }

    fn summary(closing: &str) -> MovementsSummary {
        let sums = |debits: &str, deposits: &str, lines| Sums {
            debits: amount(debits),
            deposits: amount(deposits),
            lines,
            rounded: 0,
        };
        MovementsSummary {
            period: Period::of_day(day("2026-11-25")),
            granularity: Granularity::Day,
            currency: "RUB".into(),
            as_of: Default::default(),
            opening: amount("10"),
            closing: amount(closing),
            all: sums("7.25", "5", 3),
            shown: sums("7.25", "0", 2),
            groups: vec![partner_api::ledger::ServiceMovements {
                service: None,
                sums: sums("7.25", "0.00", 2),
                buckets: Vec::new(),
            }],
        }
    }

    #[test]
    fn sums_are_added_up_and_what_is_hidden_is_told() {
        assert!(adds_up(&summary("7.75")));
        assert!(!adds_up(&summary("7.76")));
        let hidden = hidden(&summary("7.75")).expect("a deposit is hidden");
        assert_eq!((hidden.debits, hidden.deposits, hidden.lines), (amount("0"), amount("5"), 1));
        assert_eq!(super::hidden(&MovementsSummary { shown: summary("0").all, ..summary("0") }), None);
    }
}
