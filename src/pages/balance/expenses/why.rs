//! Why expenses changed: which services account for the difference to the preceding period, in one sentence.

use partner_api::{
    Amount,
    ledger::{Expenses, ServiceExpenses},
    money::Decimal,
};

use crate::i18n::{format::fill, locales::ExpensesText};

/// Most services in the table of causes.
const MOST_CAUSES: usize = 5;
/// The second cause is named as well where it is at least this part of the difference.
const WORTH_NAMING: i64 = 5;

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was spent in either period.
    Nothing,
    /// Only in the preceding one.
    Gone,
    /// Only in this one.
    New,
    /// The same on every service.
    Same,
    /// The same in total.
    Balanced,
    /// So much more (positive) or less (negative).
    Changed(Amount),
}

/// Why expenses changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why<'a> {
    /// In short.
    pub verdict: Verdict,
    /// Services whose expenses changed, the greatest change first, at most five.
    pub causes: Vec<&'a ServiceExpenses>,
    /// Whether a single service changed.
    is_only: bool,
}

/// What a sentence needs to be written: names, amounts and the preceding period as text.
pub struct Wording<'a> {
    /// Texts of the language.
    pub text: &'a ExpensesText,
    /// The preceding period.
    pub preceding: &'a str,
    /// Name of a service.
    pub name: &'a dyn Fn(&ServiceExpenses) -> String,
    /// An amount.
    pub money: &'a dyn Fn(Amount) -> String,
    /// An amount with its sign.
    pub change: &'a dyn Fn(Amount) -> String,
}

impl<'a> Why<'a> {
    /// Finds the reasons.
    pub fn of(expenses: &'a Expenses) -> Self {
        let mut causes: Vec<_> = expenses.services.iter().filter(|it| !it.change().0.is_zero()).collect();
        causes.sort_by_key(|it| std::cmp::Reverse(it.change().0.abs()));
        let is_only = causes.len() == 1;
        let verdict = match (expenses.total.0.is_zero(), expenses.preceding_total.0.is_zero()) {
            (true, true) => Verdict::Nothing,
            (true, false) => Verdict::Gone,
            (false, true) => Verdict::New,
            _ if !expenses.change().0.is_zero() => Verdict::Changed(expenses.change()),
            _ if causes.is_empty() => Verdict::Same,
            _ => Verdict::Balanced,
        };
        causes.truncate(MOST_CAUSES);
        Self { verdict, causes, is_only }
    }

    /// In one sentence; empty where there is nothing to say.
    pub fn sentence(&self, expenses: &Expenses, words: &Wording<'_>) -> String {
        let text = words.text;
        let amount = |amount: Amount| (words.money)(amount);
        let preceding = ("preceding", words.preceding);
        match self.verdict {
            Verdict::Nothing => String::new(),
            Verdict::Gone => fill(text.why_gone, &[preceding, ("was", &amount(expenses.preceding_total))]),
            Verdict::New => fill(text.why_new, &[preceding, ("total", &amount(expenses.total))]),
            Verdict::Same => fill(text.why_same, &[preceding]),
            Verdict::Balanced => fill(text.why_balanced, &[preceding]),
            Verdict::Changed(difference) => {
                let sentence = if difference.0.is_sign_negative() { text.why_less } else { text.why_more };
                let causes = self.named(difference, words);
                let difference = amount(Amount(difference.0.abs()));
                fill(sentence, &[("difference", &difference), preceding, ("causes", &causes)])
            }
        }
    }

    /// The one or two services that went the way the total went, and went furthest.
    fn named(&self, difference: Amount, words: &Wording<'_>) -> String {
        let is_same_way = |it: &&&ServiceExpenses| it.change().0.is_sign_negative() == difference.0.is_sign_negative();
        let named = |it: &&ServiceExpenses| format!("{} ({})", (words.name)(it), (words.change)(it.change()));
        let mut causes = self.causes.iter().filter(is_same_way);
        let first = causes.next().map(named).unwrap_or_default();
        let is_worth = |it: &&&ServiceExpenses| it.change().0.abs() * Decimal::from(WORTH_NAMING) >= difference.0.abs();
        match causes.next().filter(is_worth).map(named) {
            _ if self.is_only => fill(words.text.cause_only, &[("first", &first)]),
            Some(second) => fill(words.text.cause_two, &[("first", &first), ("second", &second)]),
            None => fill(words.text.cause_one, &[("first", &first)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::samples::{expenses, service},
        *,
    };
    use crate::{i18n::locales, routes::Locale};

    fn say(locale: Locale, services: &[(&str, i64, i64)]) -> String {
        let services = services.iter().map(|(name, total, preceding)| service(name, *total, *preceding)).collect();
        let expenses = expenses(services);
        let money = |amount: Amount| format!("₽{:.2}", amount.0);
        let words = Wording {
            text: locales::expenses_of(locale),
            preceding: "1–7 Nov",
            name: &|it| it.service.as_ref().map_or("-", |service| &service.name).to_owned(),
            money: &money,
            change: &|amount| format!("{}₽{:.2}", if amount.0.is_sign_negative() { '−' } else { '+' }, amount.0.abs()),
        };
        Why::of(&expenses).sentence(&expenses, &words)
    }

    #[test]
    fn each_way_of_changing_has_its_sentence() {
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
    fn causes_are_the_greatest_changes_either_way_and_at_most_five() {
        let all = expenses(vec![
            service("a", 100, 90),
            service("b", 0, 70),
            service("c", 60, 0),
            service("d", 5, 5),
            service("e", 1, 2),
            service("f", 2, 4),
            service("g", 3, 6),
        ]);
        let names: Vec<_> = Why::of(&all).causes.iter().map(|it| it.service.as_ref().unwrap().code.clone()).collect();
        assert_eq!(names, ["b", "c", "a", "g", "f"]);
    }

    #[test]
    fn a_named_cause_always_goes_the_way_of_the_total() {
        // The greatest change is a fall, yet the total rose.
        let sentence = say(Locale::En, &[("Servers", 0, 500), ("CDN", 400, 0), ("DNS", 300, 0)]);
        assert!(sentence.ends_with("mostly for CDN (+₽4.00) and DNS (+₽3.00)."), "{sentence}");
    }
}
