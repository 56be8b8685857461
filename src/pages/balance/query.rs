//! The query string of the balance page: period, granularity, filters, layout and order. Both tabs use the same one.

use form_urlencoded::{Serializer, parse};
use partner_api::{Day, Granularity, Period, ledger::LedgerFilter, ledger::LedgerQuery};

/// The value of [`LedgerQuery::view`] for the statement. The grouped layout is the default, so the address omits it.
pub const STATEMENT: &str = "statement";

/// Reads a query string without validating the dates and filters, so that the filter bar can show invalid values with a
/// message.
pub fn read(query: &str) -> LedgerQuery {
    let mut values = LedgerQuery::default();
    for (name, value) in parse(query.as_bytes()) {
        if let Some(field) = field(&mut values, &name) {
            *field = Some(value.into_owned()).filter(|value| !value.is_empty());
        }
    }
    values.view = values.view.filter(|view| view == STATEMENT);
    values
}

/// Writes a query string without `?`. Omits missing values and the default granularity.
pub fn write(values: &LedgerQuery) -> String {
    let mut values = values.clone();
    values.granularity = values.granularity.filter(|code| *code != Granularity::Day.code());
    let mut query = Serializer::new(String::new());
    for name in ["from", "to", "granularity", "direction", "service", "view", "sort"] {
        if let Some(value) = field(&mut values, name).and_then(Option::take) {
            query.append_pair(name, &value);
        }
    }
    query.finish()
}

fn field<'a>(query: &'a mut LedgerQuery, name: &str) -> Option<&'a mut Option<String>> {
    Some(match name {
        "from" => &mut query.from,
        "to" => &mut query.to,
        "granularity" => &mut query.granularity,
        "direction" => &mut query.direction,
        "service" => &mut query.service,
        "view" => &mut query.view,
        "sort" => &mut query.sort,
        _ => return None,
    })
}

/// Sets the period. The address omits the default period, so that a bookmark of it always shows the most recent days.
pub fn set_period(values: &mut LedgerQuery, period: Period, today: Day) {
    let is_default = period == LedgerFilter::usual(today).period;
    values.from = (!is_default).then(|| period.from.to_string());
    values.to = (!is_default).then(|| period.to.to_string());
    // Switch to months if the period is too long to show by day, so that the user does not get an error message.
    let is_by_day = values.granularity.as_deref().is_none_or(|code| code == Granularity::Day.code());
    if is_by_day && period.days() > partner_api::ledger::MAX_DAYS_BY_DAY {
        values.granularity = Some(Granularity::Month.code().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a date")
    }

    proptest! {
        #[test]
        fn a_written_query_reads_back(
            from in proptest::option::of("[ -~а-я]{1,12}"),
            granularity in proptest::option::of("week|month|year|odd"),
            service in proptest::option::of("[ -~а-я]{1,12}"),
            view in proptest::option::of("statement"),
        ) {
            let values = LedgerQuery { from, granularity, service, view, ..LedgerQuery::default() };
            prop_assert_eq!(read(&write(&values)), values);
        }
    }

    #[test]
    fn the_default_view_has_no_query() {
        let today = day("2026-11-25");
        let mut values = LedgerQuery { granularity: Some("day".into()), ..read("x=1&view=grouped&service=&limit=3") };
        set_period(&mut values, LedgerFilter::usual(today).period, today);
        assert_eq!(write(&values), "");
    }

    #[test]
    fn a_period_is_written_unless_it_is_the_default() {
        let today = day("2026-11-25");
        let mut values = LedgerQuery::default();
        set_period(&mut values, Period { from: day("2026-11-01"), to: day("2026-11-07") }, today);
        assert_eq!(write(&values), "from=2026-11-01&to=2026-11-07");
        set_period(&mut values, Period { from: day("2026-11-19"), to: today }, today);
        assert_eq!(write(&values), "");
    }

    #[test]
    fn a_period_that_is_too_long_by_day_is_shown_by_month() {
        let today = day("2026-11-25");
        let mut values = LedgerQuery::default();
        set_period(&mut values, Period { from: day("2025-06-01"), to: today }, today);
        assert_eq!(values.granularity.as_deref(), Some("month"));
        assert!(LedgerFilter::parse(&values, today).is_ok());
    }
}
