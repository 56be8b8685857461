//! Estimates how long the balance of a client lasts.

use partner_api::{Amount, Day, ledger::Balance};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// The balance is negative. The amount of the debt is a positive number.
    Debt(Amount),
    Zero,
    /// The average daily debit is zero or unknown, so the app expects no decrease.
    Idle,
    /// The balance is smaller than the average debit of one day.
    Today,
    /// The balance lasts for this number of days, until this date.
    Days(u32, Day),
    /// There are debits, but the balance lasts too long for a useful estimate.
    Long,
}

impl Outlook {
    pub fn of(balance: &Balance) -> Self {
        let total = balance.total();
        let zero = Amount::default();
        if total < zero {
            return Self::Debt(Amount(-total.0));
        }
        if total == zero {
            return Self::Zero;
        }
        match balance.lasts_days() {
            Some(0) => Self::Today,
            Some(days) => {
                let last = Day::of(balance.as_of.0).plus(i32::try_from(days).unwrap_or(i32::MAX));
                Self::Days(days, last)
            }
            None if balance.average_daily_debit.is_some_and(|debit| debit > zero) => Self::Long,
            None => Self::Idle,
        }
    }

    /// Whether the partner should top up the balance soon: it is zero or negative, or lasts at most seven days.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Debt(_) | Self::Zero | Self::Today | Self::Days(..=7, _))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let last = "2026-12-05".parse().expect("a date");
        assert_eq!(outlook("60", "40", Some("10")), Outlook::Days(10, last));
        assert_eq!(outlook("1000000", "0", Some("0.01")), Outlook::Long);
    }

    #[test]
    fn a_week_or_less_is_urgent() {
        assert!(outlook("70", "0", Some("10")).is_urgent());
        assert!(!outlook("80", "0", Some("10")).is_urgent());
        assert!(outlook("0", "0", None).is_urgent() && !outlook("1", "0", None).is_urgent());
    }
}
