//! Explains in one sentence why expenses changed, by naming services whose expenses differ from the preceding period.

use partner_api::{
    Amount,
    ledger::{Expenses, ServiceExpenses},
    money::Decimal,
};

use crate::i18n::{format::fill, locales::ExpensesText};

/// The table of causes lists at most this many services.
const MAX_CAUSES: usize = 5;
/// The sentence names a second service if its change is at least one fifth of the total difference and has the same
/// sign.
const SECOND_CAUSE_DIVISOR: i64 = 5;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// There are no expenses in either period.
    None,
    /// There are expenses in the preceding period, but none in this period.
    Ended,
    /// There are expenses in this period, but none in the preceding period.
    Started,
    /// The expenses of every service are the same as in the preceding period.
    Same,
    /// The total is the same as in the preceding period, but the expenses of single services changed.
    Balanced,
    /// The total differs from the preceding period by this amount.
    Total(Amount),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons<'a> {
    change: Change,
    /// The services whose expenses differ most from the preceding period, largest difference first; at most
    /// [`MAX_CAUSES`].
    pub causes: Vec<&'a ServiceExpenses>,
    has_single_cause: bool,
}

/// Texts and number formats of a language. Callers pass functions, because `Intl` does not exist in tests on the host.
pub struct Formats<'a> {
    pub text: &'a ExpensesText,
    /// The preceding period as text.
    pub preceding: &'a str,
    pub name: &'a dyn Fn(&ServiceExpenses) -> String,
    pub money: &'a dyn Fn(Amount) -> String,
    /// Formats the change of an amount with its sign.
    pub change: &'a dyn Fn(Amount) -> String,
}

impl<'a> Reasons<'a> {
    pub fn of(expenses: &'a Expenses) -> Self {
        let mut causes: Vec<_> = expenses.services.iter().filter(|it| !it.change().0.is_zero()).collect();
        causes.sort_by_key(|it| std::cmp::Reverse(it.change().0.abs()));
        let has_single_cause = causes.len() == 1;
        let change = match (expenses.total.0.is_zero(), expenses.preceding_total.0.is_zero()) {
            (true, true) => Change::None,
            (true, false) => Change::Ended,
            (false, true) => Change::Started,
            _ if !expenses.change().0.is_zero() => Change::Total(expenses.change()),
            _ if causes.is_empty() => Change::Same,
            _ => Change::Balanced,
        };
        causes.truncate(MAX_CAUSES);
        Self { change, causes, has_single_cause }
    }

    /// The reasons in one sentence. Empty if there are no expenses in either period.
    pub fn sentence(&self, expenses: &Expenses, formats: &Formats<'_>) -> String {
        let text = formats.text;
        let amount = |amount: Amount| (formats.money)(amount);
        let preceding = ("preceding", formats.preceding);
        match self.change {
            Change::None => String::new(),
            Change::Ended => fill(text.why_gone, &[preceding, ("was", &amount(expenses.preceding_total))]),
            Change::Started => fill(text.why_new, &[preceding, ("total", &amount(expenses.total))]),
            Change::Same => fill(text.why_same, &[preceding]),
            Change::Balanced => fill(text.why_balanced, &[preceding]),
            Change::Total(difference) => {
                let sentence = if difference.0.is_sign_negative() { text.why_less } else { text.why_more };
                let causes = self.named_causes(difference, formats);
                let difference = amount(Amount(difference.0.abs()));
                fill(sentence, &[("difference", &difference), preceding, ("causes", &causes)])
            }
        }
    }

    /// Names one or two services: those with the largest changes in the same direction as the total.
    fn named_causes(&self, difference: Amount, formats: &Formats<'_>) -> String {
        let is_same_direction =
            |it: &&&ServiceExpenses| it.change().0.is_sign_negative() == difference.0.is_sign_negative();
        let named = |it: &&ServiceExpenses| format!("{} ({})", (formats.name)(it), (formats.change)(it.change()));
        let mut causes = self.causes.iter().filter(is_same_direction);
        let first = causes.next().map(named).unwrap_or_default();
        let is_large =
            |it: &&&ServiceExpenses| it.change().0.abs() * Decimal::from(SECOND_CAUSE_DIVISOR) >= difference.0.abs();
        match causes.next().filter(is_large).map(named) {
            _ if self.has_single_cause => fill(formats.text.cause_only, &[("first", &first)]),
            Some(second) => fill(formats.text.cause_two, &[("first", &first), ("second", &second)]),
            None => fill(formats.text.cause_one, &[("first", &first)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::samples::{expenses, service},
        *,
    };
    use crate::routes::Locale;

    fn say(locale: Locale, services: &[(&str, i64, i64)]) -> String {
        let services = services.iter().map(|(name, total, preceding)| service(name, *total, *preceding)).collect();
        let expenses = expenses(services);
        let money = |amount: Amount| format!("₽{:.2}", amount.0);
        let formats = Formats {
            text: locale.text().expenses(),
            preceding: "1–7 Nov",
            name: &|it| it.service.as_ref().map_or("-", |service| &service.name).to_owned(),
            money: &money,
            change: &|amount| format!("{}₽{:.2}", if amount.0.is_sign_negative() { '−' } else { '+' }, amount.0.abs()),
        };
        Reasons::of(&expenses).sentence(&expenses, &formats)
    }

    #[test]
    fn each_kind_of_change_has_its_sentence() {
        let more = [("Cloud Servers", 190_000, 100_000), ("CDN", 40_000, 10_000), ("DNS", 5_050, 1_000), ("-", 7, 7)];
        for (services, english, russian) in [
            (
                &more[..],
                "₽1240.50 more than in the preceding period (1–7 Nov), mostly for Cloud Servers (+₽900.00) and CDN (+₽300.00).",
                "На ₽1240.50 больше, чем за предыдущий период (1–7 Nov): в основном Cloud Servers (+₽900.00) и CDN (+₽300.00).",
            ),
            (
                &[("Cloud Servers", 100, 1_000), ("CDN", 50, 20), ("DNS", 0, 30)],
                "₽9.00 less than in the preceding period (1–7 Nov), mostly for Cloud Servers (−₽9.00).",
                "На ₽9.00 меньше, чем за предыдущий период (1–7 Nov): в основном Cloud Servers (−₽9.00).",
            ),
            (
                &[("Cloud Servers", 100, 1_000), ("CDN", 50, 50)],
                "₽9.00 less than in the preceding period (1–7 Nov), all of it for Cloud Servers (−₽9.00).",
                "На ₽9.00 меньше, чем за предыдущий период (1–7 Nov): только Cloud Servers (−₽9.00).",
            ),
            (
                &[("CDN", 500, 500)],
                "Exactly as much as in the preceding period (1–7 Nov), for every service.",
                "Ровно столько же, сколько за предыдущий период (1–7 Nov), по каждому сервису.",
            ),
            (
                &[("CDN", 500, 400), ("DNS", 0, 100)],
                "Exactly as much as in the preceding period (1–7 Nov): increases for some services equal decreases for others.",
                "Ровно столько же, сколько за предыдущий период (1–7 Nov): рост по одним сервисам равен снижению по другим.",
            ),
            (
                &[("CDN", 0, 500)],
                "Nothing was spent in this period, compared with ₽5.00 in the preceding period (1–7 Nov).",
                "В этом периоде расходов нет. За предыдущий период (1–7 Nov) было ₽5.00.",
            ),
            (
                &[("CDN", 500, 0)],
                "Nothing was spent in the preceding period (1–7 Nov), so all of ₽5.00 is new.",
                "За предыдущий период (1–7 Nov) расходов не было: вся сумма ₽5.00 — новые расходы.",
            ),
            (&[], "", ""),
        ] {
            assert_eq!(say(Locale::En, services), english);
            assert_eq!(say(Locale::Ru, services), russian);
        }
    }

    #[test]
    fn causes_are_the_five_largest_changes_in_either_direction() {
        let all = expenses(vec![
            service("a", 100, 90),
            service("b", 0, 70),
            service("c", 60, 0),
            service("d", 5, 5),
            service("e", 1, 2),
            service("f", 2, 4),
            service("g", 3, 6),
        ]);
        let names: Vec<_> =
            Reasons::of(&all).causes.iter().map(|it| it.service.as_ref().unwrap().code.clone()).collect();
        assert_eq!(names, ["b", "c", "a", "g", "f"]);
    }

    #[test]
    fn a_named_cause_changed_in_the_direction_of_the_total() {
        // The largest change is a decrease, but the sentence names only increases, because the total increased.
        let sentence = say(Locale::En, &[("Servers", 0, 500), ("CDN", 400, 0), ("DNS", 300, 0)]);
        assert!(sentence.ends_with("mostly for CDN (+₽4.00) and DNS (+₽3.00)."), "{sentence}");
    }
}
