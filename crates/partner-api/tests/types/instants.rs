//! Instants of the ledger: RFC 3339, read with any offset and written with Moscow's.

use chrono::Timelike;
use partner_api::{Day, Instant, UnixTime};
use proptest::prelude::*;

fn instant(text: &str) -> Instant {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

#[test]
fn billing_days_begin_at_midnight_in_moscow() {
    for (utc, moscow, day) in [
        // Times around midnight in Moscow, because the billing day changes there.
        ("2026-11-24T20:59:59Z", "2026-11-24T23:59:59+03:00", "2026-11-24"),
        ("2026-11-24T21:00:00Z", "2026-11-25T00:00:00+03:00", "2026-11-25"),
        ("2026-11-24T21:00:01Z", "2026-11-25T00:00:01+03:00", "2026-11-25"),
        // The last day of a month, of February in leap years and other years, and of a year.
        ("2026-04-30T20:59:59Z", "2026-04-30T23:59:59+03:00", "2026-04-30"),
        ("2026-04-30T21:00:00Z", "2026-05-01T00:00:00+03:00", "2026-05-01"),
        ("2024-02-28T21:00:00Z", "2024-02-29T00:00:00+03:00", "2024-02-29"),
        ("2024-02-29T20:59:59Z", "2024-02-29T23:59:59+03:00", "2024-02-29"),
        ("2024-02-29T21:00:00Z", "2024-03-01T00:00:00+03:00", "2024-03-01"),
        ("2100-02-28T21:00:00Z", "2100-03-01T00:00:00+03:00", "2100-03-01"),
        ("1900-02-28T21:00:00Z", "1900-03-01T00:00:00+03:00", "1900-03-01"),
        ("2000-02-28T21:00:00Z", "2000-02-29T00:00:00+03:00", "2000-02-29"),
        ("2026-12-31T20:59:59Z", "2026-12-31T23:59:59+03:00", "2026-12-31"),
        ("2026-12-31T21:00:00Z", "2027-01-01T00:00:00+03:00", "2027-01-01"),
        // Moscow had another offset in 2013 and summer time in 2010. The ledger always uses UTC+3.
        ("2013-06-30T21:00:00Z", "2013-07-01T00:00:00+03:00", "2013-07-01"),
        ("2010-07-31T21:00:00Z", "2010-08-01T00:00:00+03:00", "2010-08-01"),
        ("1969-12-31T20:59:59Z", "1969-12-31T23:59:59+03:00", "1969-12-31"),
    ] {
        assert_eq!(instant(utc).to_string(), moscow, "{utc}");
        assert_eq!(instant(moscow), instant(utc));
        assert_eq!(Day::of(instant(utc).0).to_string(), day, "{utc}");
    }
}

#[test]
fn every_offset_and_fraction_is_accepted() {
    let noon = UnixTime { millis: 1_795_600_980_000 };
    for text in [
        "2026-11-25T10:03:00Z",
        "2026-11-25t10:03:00z",
        "2026-11-25 13:03:00+03:00",
        "2026-11-25T13:03:00.000+03:00",
        "2026-11-25T02:03:00-08:00",
        "2026-11-25T20:03:00+10:00",
        "2026-11-26T00:03:00+14:00",
        "2026-11-24T22:03:00-12:00",
        "2026-11-25T15:48:00+05:45",
        "2026-11-25T10:03:00-00:00",
        "2026-11-25T10:03:00.0009Z",
    ] {
        assert_eq!(instant(text).0, noon, "{text}");
    }
    assert_eq!(instant("2026-11-25T10:03:00.5Z").0.millis, noon.millis + 500);
    assert_eq!(instant("2026-11-25T10:03:00.123456789Z").0.millis, noon.millis + 123);
    assert_eq!(instant("2026-06-30T23:59:60Z"), instant("2026-06-30T23:59:59Z"), "a leap second");
}

#[test]
fn a_malformed_instant_is_refused() {
    for text in [
        "",
        "2026-11-25",
        "2026-11-25T10:03:00",
        "2026-11-25T10:03Z",
        "2026-11-25T24:00:00Z",
        "2026-11-25T10:60:00Z",
        "2026-11-25T10:03:61Z",
        "2026-11-25T10:03:00.Z",
        "2026-11-25T10:03:00+0300",
        "2026-11-25T10:03:00+3:00",
        "2026-11-25T10:03:00+03:00 ",
        "2026-11-25T10:03:00+24:00",
        "2026-11-25T10:03:00 Europe/Moscow",
        "2026-02-30T10:03:00Z",
        "2026-11-25_10:03:00Z",
        "2026-11-25T1:003:00Z",
        "1795600980",
        "вчера",
    ] {
        assert!(text.parse::<Instant>().is_err(), "{text}");
    }
    assert!(serde_json::from_str::<Instant>("1795600980").is_err(), "a number has no offset");
}

proptest! {
    #[test]
    fn an_instant_survives_text_and_json_to_the_second(secs in -62_135_000_000_i64..253_402_000_000) {
        let at = Instant(UnixTime::from_secs(secs));
        prop_assert_eq!(at.to_string().parse::<Instant>(), Ok(at));
        prop_assert_eq!(serde_json::from_str::<Instant>(&serde_json::to_string(&at).unwrap()).unwrap(), at);
        let of_day = at.0.in_moscow().num_seconds_from_midnight();
        prop_assert_eq!(Day::of(at.0).start().secs() + i64::from(of_day), secs);
    }

    #[test]
    fn no_text_makes_parsing_panic(text in "[-0-9T:.Z+ ]{0,30}|\\PC{0,30}") {
        let _ = text.parse::<Instant>();
        let _ = text.parse::<Day>();
    }
}
