//! The periods that the page offers. A period consists of billing days, which are days in Moscow time.

use chrono::{Datelike, Months};
use partner_api::{Day, Granularity, Period};

/// A period that the user can choose by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Today,
    Yesterday,
    /// The last seven days, including today.
    Days7,
    /// The last 30 days, including today.
    Days30,
    ThisMonth,
    /// The whole calendar month before the current month.
    LastMonth,
    ThisQuarter,
}

impl Preset {
    /// All presets, in the order in which the date picker lists them.
    pub const ALL: [Self; 7] =
        [Self::Today, Self::Yesterday, Self::Days7, Self::Days30, Self::ThisMonth, Self::LastMonth, Self::ThisQuarter];

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

/// A longer period to offer if `period` has no movements: 30 days, then a year. `None` if `period` is a year or longer.
pub fn wider(period: Period) -> Option<Period> {
    let days = [30, 365].into_iter().find(|days| *days > period.days())?;
    Some(Period { from: period.to.plus(1 - days), to: period.to })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a date")
    }

    #[test]
    fn presets_follow_calendar_months_and_never_reach_into_the_future() {
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
    fn an_empty_period_is_widened_to_a_month_and_then_to_a_year() {
        let of = |days: i32| Period { from: day("2026-11-25").plus(1 - days), to: day("2026-11-25") };
        assert_eq!(wider(of(7)), Some(of(30)));
        assert_eq!(wider(of(30)), Some(of(365)));
        assert_eq!(wider(of(365)), None);
    }
}
