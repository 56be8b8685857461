//! Billing days, periods and buckets.

use chrono::{Datelike, NaiveDate};
use partner_api::{Day, Granularity, Period, UnixTime};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect(text)
}

fn day_of(year: i32, month: u32, of_month: u32) -> Day {
    Day::from_ymd(year, month, of_month).expect("a day")
}

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

fn any_day() -> impl Strategy<Value = Day> {
    // Generate mostly days near the present, because the app shows such days.
    prop_oneof![
        (0..40_000).prop_map(Day::from_number),
        (Day::MIN.number()..=Day::MAX.number()).prop_map(Day::from_number)
    ]
}

fn any_granularity() -> impl Strategy<Value = Granularity> {
    prop::sample::select(Granularity::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_day_is_the_same_by_number_by_date_and_by_text(day in any_day()) {
        let date = day.date();
        prop_assert_eq!(Day::from_number(day.number()), day);
        prop_assert_eq!(Day::from_ymd(date.year(), date.month(), date.day()), Some(day));
        prop_assert_eq!(Day::from(date), day);
        prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        prop_assert_eq!(day.to_string(), format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()));
    }

    #[test]
    fn days_follow_each_other(day in any_day(), days in -800_000..800_000_i32) {
        let moved = day.plus(days);
        if moved != Day::MIN && moved != Day::MAX {
            prop_assert_eq!(moved.number() - day.number(), days);
            prop_assert_eq!(moved.plus(-days), day);
        }
    }

    #[test]
    fn dates_that_do_not_exist_are_none(year in -1..10_002_i32, month in 0..15_u32, of_month in 0..34_u32) {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let exists = (1..=9_999).contains(&year) && (1..=12).contains(&month) && (1..=last).contains(&of_month);
        prop_assert_eq!(Day::from_ymd(year, month, of_month).is_some(), exists);
        prop_assert_eq!(format!("{year:04}-{month:02}-{of_month:02}").parse::<Day>().is_ok(), exists);
    }

    #[test]
    fn a_billing_day_is_24_hours_from_midnight_in_moscow(millis in -60_000_000_000_000_i64..250_000_000_000_000) {
        const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
        let day = Day::of(UnixTime { millis });
        let start = day.start().millis;
        prop_assert!((start..start + DAY_MILLIS).contains(&millis));
        prop_assert_eq!(start, i64::from(day.number()) * DAY_MILLIS - 3 * 60 * 60 * 1000);
        prop_assert_eq!(Day::of(day.start()), day);
        prop_assert_eq!(Day::of(UnixTime { millis: start - 1 }), day.plus(-1));
    }

    #[test]
    fn a_bucket_begins_and_ends_at_the_calendars_borders(day in any_day(), granularity in any_granularity()) {
        let (start, end) = (granularity.start(day), granularity.end(day));
        prop_assert!(start <= day && day <= end);
        if start > Day::MIN.plus(7) && end < Day::MAX.plus(-7) {
            let (first, next) = (start.date(), end.plus(1).date());
            let is_border = |date: NaiveDate| match granularity {
                Granularity::Day => true,
                // 2026-11-23 is a Monday, so all Mondays are a multiple of seven days away.
                Granularity::Week => (Day::from(date).number() - day_of(2026, 11, 23).number()) % 7 == 0,
                Granularity::Month => date.day() == 1,
                Granularity::Year => date.ordinal() == 1,
            };
            prop_assert!(is_border(first) && is_border(next), "{first} {next}");
            for number in start.number() + 1..=end.number() {
                prop_assert!(!is_border(Day::from_number(number).date()));
            }
        }
    }

    #[test]
    fn buckets_cover_the_period_without_gaps_or_overlaps(from in any_day(), days in 0..1_200_i32, granularity in any_granularity()) {
        let period = Period { from, to: from.plus(days) };
        let buckets = period.buckets(granularity);
        prop_assert_eq!(buckets.first().map(|it| it.from), Some(period.from));
        prop_assert_eq!(buckets.last().map(|it| it.to), Some(period.to));
        for pair in buckets.windows(2) {
            prop_assert_eq!(pair[0].to.plus(1), pair[1].from);
            prop_assert_eq!(granularity.start(pair[1].from), pair[1].from, "split at the calendar's borders");
        }
        for bucket in &buckets {
            prop_assert!(bucket.from <= bucket.to);
            prop_assert_eq!(granularity.start(bucket.from), granularity.start(bucket.to));
        }
        prop_assert_eq!(buckets.iter().map(|it| it.days()).sum::<i32>(), period.days());
    }

    #[test]
    fn the_preceding_period_has_the_same_length_and_ends_the_day_before(from in 0..40_000_i32, days in 0..1_200_i32) {
        let period = Period { from: Day::from_number(from), to: Day::from_number(from + days) };
        let preceding = period.preceding();
        prop_assert_eq!(preceding.days(), period.days());
        prop_assert_eq!(preceding.to.plus(1), period.from);
        prop_assert!(!period.contains(preceding.to) && preceding.contains(preceding.from));
    }
}

#[test]
fn leap_years_follow_the_gregorian_rule() {
    for (year, is_leap) in [(2024, true), (2000, true), (1900, false), (2100, false), (2026, false), (2028, true)] {
        assert_eq!(Day::from_ymd(year, 2, 29).is_some(), is_leap, "{year}");
        let february = Granularity::Month.end(day_of(year, 2, 1));
        assert_eq!(february.date().day(), if is_leap { 29 } else { 28 }, "{year}");
    }
    assert_eq!(day("2024-02-28").plus(1), day("2024-02-29"));
    assert_eq!(day("2024-02-29").plus(1), day("2024-03-01"));
    assert_eq!(day("2023-12-31").plus(1), day("2024-01-01"));
}

#[test]
fn weeks_cross_the_ends_of_months_and_years() {
    let borders = |text: &str| {
        let day = day(text);
        (Granularity::Week.start(day).to_string(), Granularity::Week.end(day).to_string())
    };
    assert_eq!(borders("2026-01-01"), ("2025-12-29".into(), "2026-01-04".into()));
    assert_eq!(borders("2024-03-01"), ("2024-02-26".into(), "2024-03-03".into()));
    assert_eq!(borders("2026-11-23"), ("2026-11-23".into(), "2026-11-29".into()), "a Monday");
    assert_eq!(borders("2026-11-29"), ("2026-11-23".into(), "2026-11-29".into()), "a Sunday");
}

#[test]
fn the_first_and_the_last_bucket_are_cut_to_the_period() {
    let buckets = |granularity| {
        let texts = period("2023-12-30", "2024-03-01").buckets(granularity);
        texts.iter().map(|it| format!("{}/{}", it.from, it.to)).collect::<Vec<_>>()
    };
    assert_eq!(
        buckets(Granularity::Month),
        ["2023-12-30/2023-12-31", "2024-01-01/2024-01-31", "2024-02-01/2024-02-29", "2024-03-01/2024-03-01"]
    );
    assert_eq!(buckets(Granularity::Year), ["2023-12-30/2023-12-31", "2024-01-01/2024-03-01"]);
    assert_eq!(buckets(Granularity::Week)[..2], ["2023-12-30/2023-12-31", "2024-01-01/2024-01-07"]);
    assert_eq!(Period::of_day(day("2024-02-29")).buckets(Granularity::Year), [period("2024-02-29", "2024-02-29")]);
}

#[test]
fn days_stop_at_the_years_1_and_9999() {
    assert_eq!((Day::MIN.to_string(), Day::MAX.to_string()), ("0001-01-01".into(), "9999-12-31".into()));
    assert_eq!((Day::MIN.plus(-1), Day::MAX.plus(1)), (Day::MIN, Day::MAX));
    assert_eq!((Day::of(UnixTime { millis: i64::MIN }), Day::of(UnixTime { millis: i64::MAX })), (Day::MIN, Day::MAX));
    let last = Period { from: day("9999-12-30"), to: Day::MAX };
    assert_eq!(last.buckets(Granularity::Day).len(), 2, "buckets end with the calendar");
    assert_eq!(Granularity::Year.end(day("9999-06-01")), Day::MAX);
}

#[test]
fn a_malformed_date_is_refused() {
    for text in [
        "",
        "2026",
        "2026-11",
        "2026-11-31",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-10-00",
        "0000-01-01",
        "26-11-01",
        "2026-1-01",
        "2026/11/01",
        "2026-11-01T00:00:00Z",
        " 2026-11-01",
        "+026-11-01",
        "2026-11--1",
        "٢٠٢٦-11-01",
        "12026-11-01",
    ] {
        assert!(text.parse::<Day>().is_err(), "{text}");
        assert!(serde_json::from_value::<Day>(text.into()).is_err(), "{text}");
    }
}
