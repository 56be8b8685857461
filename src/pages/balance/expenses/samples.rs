//! Sample data for the unit tests of the tab *Expenses*.

use partner_api::{
    Amount, Day, Granularity, Instant, Period,
    ledger::{Expenses, Service, ServiceExpenses},
    money::Decimal,
};

/// A service with all expenses in one bucket. Both amounts are in hundredths of the currency unit.
pub fn service(name: &str, total: i64, preceding: i64) -> ServiceExpenses {
    let amount = |hundredths| Amount(Decimal::new(hundredths, 2));
    ServiceExpenses {
        service: Some(Service { code: name.into(), name: name.into(), group: None }),
        total: amount(total),
        preceding: amount(preceding),
        buckets: vec![amount(total)],
    }
}

pub fn expenses(services: Vec<ServiceExpenses>) -> Expenses {
    let period = Period::of_day(Day::from_number(20_000));
    Expenses {
        period,
        preceding: period.preceding(),
        granularity: Granularity::Day,
        currency: "RUB".into(),
        as_of: Instant::default(),
        total: services.iter().map(|it| it.total).sum(),
        preceding_total: services.iter().map(|it| it.preceding).sum(),
        buckets: vec![period],
        services,
    }
}
