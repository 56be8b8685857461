//! The view of the page in its address: period, granularity, filters, layout. Both tabs share it.

use form_urlencoded::{Serializer, parse};
use partner_api::{Day, Granularity, Period, ledger::LedgerFilter, ledger::LedgerQuery};

/// Word of [`LedgerQuery::view`] for the layout line by line; the other one is as usual.
pub const STATEMENT: &str = "statement";

/// Reads the query string of an address, without checking: what is wrong with a value is said at its field.
pub fn read(query: &str) -> LedgerQuery {
    let mut wanted = LedgerQuery::default();
    for (name, value) in parse(query.as_bytes()) {
        if let Some(field) = field(&mut wanted, &name) {
            *field = Some(value.into_owned()).filter(|value| !value.is_empty());
        }
    }
    wanted.view = wanted.view.filter(|view| view == STATEMENT);
    wanted
}

/// Query string, without `?`; what is as usual is left out.
pub fn write(wanted: &LedgerQuery) -> String {
    let mut wanted = wanted.clone();
    wanted.granularity = wanted.granularity.filter(|code| *code != Granularity::Day.code());
    let mut query = Serializer::new(String::new());
    for name in ["from", "to", "granularity", "direction", "service", "view", "sort"] {
        if let Some(value) = field(&mut wanted, name).and_then(Option::take) {
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

/// Asks for a period. The usual one stays unnamed: the address of tomorrow then means tomorrow's.
pub fn set_period(wanted: &mut LedgerQuery, period: Period, today: Day) {
    let is_usual = period == LedgerFilter::usual(today).period;
    wanted.from = (!is_usual).then(|| period.from.to_string());
    wanted.to = (!is_usual).then(|| period.to.to_string());
    // Nobody has to be told that a year and more is too much by day: months are what they want.
    let is_by_day = wanted.granularity.as_deref().is_none_or(|code| code == Granularity::Day.code());
    if is_by_day && period.days() > partner_api::ledger::MAX_DAYS_BY_DAY {
        wanted.granularity = Some(Granularity::Month.code().to_owned());
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
        fn a_view_that_is_written_reads_back(
            from in proptest::option::of("[ -~а-я]{1,12}"),
            granularity in proptest::option::of("week|month|year|odd"),
            service in proptest::option::of("[ -~а-я]{1,12}"),
            view in proptest::option::of("statement"),
        ) {
            let wanted = LedgerQuery { from, granularity, service, view, ..LedgerQuery::default() };
            prop_assert_eq!(read(&write(&wanted)), wanted);
        }
    }

    #[test]
    fn the_usual_view_has_no_query() {
        let today = day("2026-11-25");
        let mut wanted = LedgerQuery { granularity: Some("day".into()), ..read("x=1&view=grouped&service=&limit=3") };
        set_period(&mut wanted, LedgerFilter::usual(today).period, today);
        assert_eq!(write(&wanted), "");
    }

    #[test]
    fn a_period_is_named_unless_it_is_the_usual_one() {
        let today = day("2026-11-25");
        let mut wanted = LedgerQuery::default();
        set_period(&mut wanted, Period { from: day("2026-11-01"), to: day("2026-11-07") }, today);
        assert_eq!(write(&wanted), "from=2026-11-01&to=2026-11-07");
        set_period(&mut wanted, Period { from: day("2026-11-19"), to: today }, today);
        assert_eq!(write(&wanted), "");
    }

    #[test]
    fn a_period_that_is_too_long_by_day_is_asked_for_by_month() {
        let today = day("2026-11-25");
        let mut wanted = LedgerQuery::default();
        set_period(&mut wanted, Period { from: day("2025-06-01"), to: today }, today);
        assert_eq!(wanted.granularity.as_deref(), Some("month"));
        assert!(LedgerFilter::parse(&wanted, today).is_ok());
    }
}
