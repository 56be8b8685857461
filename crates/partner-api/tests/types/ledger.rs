//! Queries of a ledger, and the days until a balance is used up.

use partner_api::{
    Amount, Day, Granularity, Period,
    ledger::{Balance, Direction, LedgerFilter, LedgerQuery, NO_SERVICE, lasts_days},
};
use proptest::prelude::*;

const TODAY: &str = "2026-11-25";

fn parse(query: &LedgerQuery) -> Result<LedgerFilter, Vec<String>> {
    let filter = LedgerFilter::parse(query, TODAY.parse().expect("a day"));
    filter.map_err(|problems| problems.into_iter().map(|it| format!("{} {}", it.pointer, it.code)).collect())
}

fn of(from: &str, to: &str, granularity: &str) -> LedgerQuery {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    LedgerQuery { from: text(from), to: text(to), granularity: text(granularity), ..LedgerQuery::default() }
}

#[test]
fn the_default_period_is_seven_days_that_end_today() {
    let today: Day = TODAY.parse().expect("a day");
    assert_eq!(parse(&LedgerQuery::default()), Ok(LedgerFilter::usual(today)));
    let filter = LedgerFilter::usual(today);
    assert_eq!((filter.period.from.to_string(), filter.period.days()), ("2026-11-19".into(), 7));
    let only_to = parse(&of("", "2026-11-10", "")).expect("valid");
    assert_eq!((only_to.period.from.to_string(), only_to.period.days()), ("2026-11-04".into(), 7));
    let only_from = parse(&of("2026-11-24", "", "month")).expect("valid");
    assert_eq!((only_from.period.days(), only_from.granularity), (2, Granularity::Month));
}

#[test]
fn each_wrong_parameter_is_a_problem_of_its_field() {
    for (from, to, granularity, problems) in [
        ("2026-11-20", "2026-11-19", "", vec!["/to reversed"]),
        ("2026-11-26", "", "", vec!["/from future"]),
        ("", "2026-11-26", "", vec!["/to future"]),
        ("2026-11-26", "9999-12-31", "", vec!["/from future", "/to future"]),
        ("0001-01-01", "", "", vec!["/from too_early"]),
        ("0001-01-01", "0001-01-01", "", vec!["/from too_early"]),
        ("2009-12-31", "2010-01-05", "", vec!["/from too_early"]),
        ("", "2010-01-05", "", vec!["/from too_early"]),
        ("2023-11-24", "2026-11-24", "month", vec!["/to too_long"]),
        ("2025-11-23", "2026-11-24", "day", vec!["/granularity too_fine"]),
        ("2025-11-23", "2026-11-24", "", vec!["/granularity too_fine"]),
        ("2026-02-29", "yesterday", "hour", vec!["/from malformed", "/to malformed", "/granularity malformed"]),
        ("10000-01-01", "0000-00-00", "", vec!["/from malformed", "/to malformed"]),
    ] {
        let found = parse(&of(from, to, granularity)).expect_err("has problems");
        assert_eq!(found, problems, "{from} {to} {granularity}");
    }
    let direction = LedgerQuery { direction: Some("sideways".into()), ..LedgerQuery::default() };
    assert_eq!(parse(&direction), Err(vec!["/direction malformed".into()]));
}

#[test]
fn periods_of_the_largest_length_are_allowed() {
    for (from, to, granularity, days) in [
        ("2023-11-25", "2026-11-24", "month", 1_096),
        ("2025-11-24", "2026-11-24", "day", 366),
        ("2010-01-01", "2010-01-01", "day", 1),
        ("2026-11-25", "2026-11-25", "year", 1),
    ] {
        assert_eq!(parse(&of(from, to, granularity)).expect("valid").period.days(), days, "{from}");
    }
}

proptest! {
    #[test]
    fn a_filter_survives_its_query_string(
        ago in 0..5_000_i32,
        days in 0..366_i32,
        granularity in prop::sample::select(Granularity::ALL.to_vec()),
        direction in prop::option::of(prop::sample::select(vec![Direction::Debit, Direction::Deposit])),
        service in prop::option::of(prop::sample::select(vec!["cdn", NO_SERVICE])),
    ) {
        let to = TODAY.parse::<Day>().unwrap().plus(-ago);
        let period = Period { from: to.plus(-days), to };
        let filter = LedgerFilter { period, granularity, direction, service: service.map(str::to_owned) };
        prop_assert_eq!(parse(&filter.query()), Ok(filter));
    }

    #[test]
    fn no_query_makes_parsing_panic(from in "\\PC{0,12}", to in "[-0-9]{0,12}", granularity in "[a-z]{0,6}") {
        let _ = parse(&of(&from, &to, &granularity));
    }

    #[test]
    fn a_balance_covers_the_calculated_days_and_not_one_more(total in -1_000_000_i64..100_000_000, daily in 1_i64..1_000_000) {
        let (total, daily) = (total * 10_000, daily * 10_000);
        if let Some(days) = lasts_days(Amount::from_micros(total), Amount::from_micros(daily)) {
            let spent = i64::from(days) * daily;
            prop_assert!(days == 0 || spent <= total, "{} days of {} in {}", days, daily, total);
            prop_assert!(spent + daily > total, "the balance does not cover one more day");
        } else {
            prop_assert!(total / daily > 10_000);
        }
    }
}

#[test]
fn a_balance_lasts_whole_days() {
    let lasts = |total: &str, daily: &str| lasts_days(total.parse().expect(total), daily.parse().expect(daily));
    assert_eq!(lasts("100", "33.33"), Some(3));
    assert_eq!(lasts("99.99", "33.33"), Some(3));
    assert_eq!(lasts("99.98", "33.33"), Some(2));
    assert_eq!(lasts("0.01", "33.33"), Some(0));
    assert_eq!(lasts("0", "33.33"), Some(0));
    assert_eq!(lasts("-15320.45", "33.33"), Some(0), "a debt lasts 0 days");
    assert_eq!(lasts("100", "0"), None, "there are no debits");
    assert_eq!(lasts("0", "0"), None);
    assert_eq!(lasts("100", "0.01"), Some(10_000));
    assert_eq!(lasts("100.01", "0.01"), None, "more than 10,000 days");
    assert_eq!(lasts("79228162514264337593543950335", "0.01"), None, "the largest number does not overflow");
}

#[test]
fn both_accounts_count_for_the_balance() {
    let balance: Balance = serde_json::from_str(
        r#"{"base":"-5","bonus":"12.5","currency":"RUB","as_of":"2026-11-25T10:00:00Z","average_daily_debit":"2.5"}"#,
    )
    .expect("a balance");
    assert_eq!((balance.total().to_string(), balance.lasts_days()), ("7.5".into(), Some(3)));
    assert_eq!(Balance { average_daily_debit: None, ..balance }.lasts_days(), None, "there is no complete day yet");
}
