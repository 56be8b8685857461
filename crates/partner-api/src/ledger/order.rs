//! Order of services in an expense report. The page and the downloaded file share this code, so they have the same
//! order.

use std::cmp::Ordering;

use super::{Expenses, ServiceExpenses};
use crate::money::{Amount, Decimal};

/// Value by which services are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExpenseKey {
    /// Name of the service; the case of Latin letters is ignored.
    Service,
    /// [`ServiceExpenses::total`].
    #[default]
    Sum,
    /// [`ServiceExpenses::share`].
    Share,
    /// [`ServiceExpenses::change`].
    Change,
    /// [`ServiceExpenses::percent`].
    Percent,
}

impl ExpenseKey {
    /// All keys, in the order of the columns.
    pub const ALL: [Self; 5] = [Self::Service, Self::Sum, Self::Share, Self::Change, Self::Percent];

    /// Name of the key in URLs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Sum => "sum",
            Self::Share => "share",
            Self::Change => "change",
            Self::Percent => "percent",
        }
    }
}

/// Order of services, parsed from [`super::LedgerQuery::sort`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExpenseOrder {
    /// Value by which services are sorted.
    pub key: ExpenseKey,
    /// Whether the largest value comes first.
    pub descending: bool,
}

impl Default for ExpenseOrder {
    /// Sorts by sum, the largest first.
    fn default() -> Self {
        Self { key: ExpenseKey::Sum, descending: true }
    }
}

impl ExpenseOrder {
    /// Parses the name of a key, with a leading `-` for descending; `None` for an unknown name.
    pub fn parse(text: &str) -> Option<Self> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |word| (true, word));
        let key = ExpenseKey::ALL.into_iter().find(|key| key.code() == word)?;
        Some(Self { key, descending })
    }

    /// The order as text for a URL; [`ExpenseOrder::parse`] reads it.
    pub fn code(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.key.code())
    }

    /// Returns the services in this order. Services with equal values keep the order of the reply. Services without a
    /// name or a percentage come last in both directions.
    pub fn of(self, expenses: &Expenses) -> Vec<&ServiceExpenses> {
        let mut services: Vec<_> = expenses.services.iter().collect();
        services.sort_by(|a, b| match self.key {
            ExpenseKey::Service => self.compare(a.folded_name().as_ref(), b.folded_name().as_ref()),
            ExpenseKey::Sum | ExpenseKey::Share => self.compare(Some(&a.total), Some(&b.total)),
            ExpenseKey::Change => self.compare(Some(&a.change()), Some(&b.change())),
            ExpenseKey::Percent => self.compare(a.percent().as_ref(), b.percent().as_ref()),
        });
        services
    }

    fn compare<T: Ord>(self, a: Option<&T>, b: Option<&T>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.descending => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
}

impl Expenses {
    /// Difference from the preceding period; negative for a decrease.
    pub fn change(&self) -> Amount {
        Amount(self.total.0 - self.preceding_total.0)
    }

    /// Ratio of [`Self::change`] to the sum of the preceding period, 0.5 for 50 % more; `None` if that sum is zero.
    pub fn percent(&self) -> Option<Decimal> {
        ratio(self.change(), self.preceding_total)
    }
}

impl ServiceExpenses {
    /// Difference from the preceding period; negative for a decrease.
    pub fn change(&self) -> Amount {
        Amount(self.total.0 - self.preceding.0)
    }

    /// Ratio of [`Self::change`] to the sum of the preceding period, 0.5 for 50 % more; `None` if that sum is zero.
    pub fn percent(&self) -> Option<Decimal> {
        ratio(self.change(), self.preceding)
    }

    /// Ratio of the service's expenses to `of`, for example 0.25 for a quarter; `None` if `of` is zero.
    pub fn share(&self, of: Amount) -> Option<Decimal> {
        ratio(self.total, of)
    }

    /// Whether the service has expenses in the period but none in the preceding period.
    pub fn is_new(&self) -> bool {
        self.preceding.0.is_zero() && !self.total.0.is_zero()
    }

    /// Whether the service has expenses in the preceding period but none in the period.
    pub fn is_vanished(&self) -> bool {
        self.total.0.is_zero() && !self.preceding.0.is_zero()
    }

    fn folded_name(&self) -> Option<String> {
        self.service.as_ref().map(|service| service.name.to_ascii_lowercase())
    }
}

fn ratio(amount: Amount, of: Amount) -> Option<Decimal> {
    amount.0.checked_div(of.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{Day, Granularity, Period},
        instant::Instant,
        ledger::Service,
    };

    fn service(name: &str, total: i64, preceding: i64) -> ServiceExpenses {
        let service = (!name.is_empty()).then(|| Service { code: name.to_lowercase(), name: name.into(), group: None });
        let amount = |cents| Amount(Decimal::new(cents, 2));
        ServiceExpenses { service, total: amount(total), preceding: amount(preceding), buckets: Vec::new() }
    }

    fn expenses(services: Vec<ServiceExpenses>) -> Expenses {
        let period = Period::of_day(Day::from_number(20_000));
        Expenses {
            period,
            preceding: period.preceding(),
            granularity: Granularity::Day,
            currency: "RUB".into(),
            as_of: Instant::default(),
            total: services.iter().map(|it| it.total).sum(),
            preceding_total: services.iter().map(|it| it.preceding).sum(),
            buckets: Vec::new(),
            services,
        }
    }

    fn names(order: &str, expenses: &Expenses) -> Vec<String> {
        let order = ExpenseOrder::parse(order).unwrap();
        let name = |it: &ServiceExpenses| it.service.as_ref().map_or("-", |service| &service.name).to_owned();
        order.of(expenses).into_iter().map(name).collect()
    }

    #[test]
    fn an_order_is_read_back_from_its_text_and_unknown_names_are_refused() {
        for key in ExpenseKey::ALL {
            for descending in [false, true] {
                let order = ExpenseOrder { key, descending };
                assert_eq!(ExpenseOrder::parse(&order.code()), Some(order));
            }
        }
        assert_eq!(ExpenseOrder::default().code(), "-sum");
        for odd in ["", "-", "--sum", "sums", "Sum", " sum"] {
            assert_eq!(ExpenseOrder::parse(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn each_key_sorts_by_its_value_and_missing_values_come_last_in_both_directions() {
        let all = expenses(vec![
            service("Servers", 500, 1000),
            service("cdn", 300, 100),
            service("", 200, 200),
            service("DNS", 100, 0),
            service("Backup", 0, 400),
        ]);
        for (order, expected) in [
            ("service", ["Backup", "cdn", "DNS", "Servers", "-"]),
            ("-service", ["Servers", "DNS", "cdn", "Backup", "-"]),
            ("-sum", ["Servers", "cdn", "-", "DNS", "Backup"]),
            ("share", ["Backup", "DNS", "-", "cdn", "Servers"]),
            ("change", ["Servers", "Backup", "-", "DNS", "cdn"]),
            ("-change", ["cdn", "DNS", "-", "Backup", "Servers"]),
            ("percent", ["Backup", "Servers", "-", "cdn", "DNS"]),
            ("-percent", ["cdn", "-", "Servers", "Backup", "DNS"]),
        ] {
            assert_eq!(names(order, &all), expected, "{order}");
        }
    }

    #[test]
    fn ratios_are_exact_and_missing_if_the_divisor_is_zero() {
        let [half, new, gone] = [service("a", 150, 100), service("b", 1, 0), service("c", 0, 7)];
        assert_eq!(
            (half.percent(), half.share(Amount(Decimal::new(600, 2)))),
            (Some(Decimal::new(5, 1)), Some(Decimal::new(25, 2)))
        );
        assert_eq!((new.percent(), new.is_new(), new.is_vanished()), (None, true, false));
        assert_eq!((gone.percent(), gone.is_new(), gone.is_vanished()), (Some(Decimal::from(-1)), false, true));
        assert_eq!(gone.share(Amount::default()), None);
        assert_eq!(expenses(vec![half, gone]).change(), Amount(Decimal::new(43, 2)));
        let none = service("d", 0, 0);
        assert!(!none.is_new() && !none.is_vanished());
    }
}
