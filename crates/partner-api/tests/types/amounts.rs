//! Parsing of amounts and Unix times. Amounts must keep all digits.

use partner_api::{Amount, UnixTime, money::Decimal};
use proptest::prelude::*;

fn amount(text: &str) -> Amount {
    text.parse().expect(text)
}

#[test]
fn amounts_are_read_from_numbers_and_strings() {
    for (json, expected) in [
        ("0", "0"),
        ("-40", "-40"),
        ("1410", "1410"),
        ("0.1", "0.1"),
        ("1240.50", "1240.50"),
        ("0.1000000000000000000000000001", "0.1000000000000000000000000001"),
        ("123456789012.34", "123456789012.34"),
        ("1e3", "1000"),
        ("1E-6", "0.000001"),
        ("-2.5e-3", "-0.0025"),
        (r#""1240.50""#, "1240.50"),
        (r#"" 7 ""#, "7"),
        (r#""+7.00""#, "7.00"),
        (r#""-0.000001""#, "-0.000001"),
        (r#""1e-5""#, "0.00001"),
        (r#""2.5E3""#, "2500"),
        (r#""0.1000000000000000000000000001""#, "0.1000000000000000000000000001"),
        (r#""79228162514264337593543950335""#, "79228162514264337593543950335"),
    ] {
        let read: Amount = serde_json::from_str(json).expect(json);
        assert_eq!(read.to_string(), expected, "{json}");
        assert_eq!(serde_json::to_string(&read).expect(json), format!("\"{expected}\""), "{json}");
    }
}

#[test]
fn a_malformed_amount_is_refused() {
    for json in [
        "null",
        "true",
        "[]",
        r#""""#,
        r#"" ""#,
        r#""1,5""#,
        r#""1 000""#,
        r#""NaN""#,
        r#""0x10""#,
        r#""1.2.3""#,
        "1e300",
        r#""1e""#,
        r#""٣""#,
    ] {
        assert!(serde_json::from_str::<Amount>(json).is_err(), "{json}");
    }
}

#[test]
fn the_kopeck_rule_rounds_to_two_decimals_and_small_amounts_up() {
    for (exact, shown) in [
        ("0", "0"),
        ("-0", "0"),
        ("0.000001", "0.01"),
        ("0.004", "0.01"),
        ("0.005", "0.01"),
        ("0.00999999", "0.01"),
        ("0.01", "0.01"),
        ("0.014", "0.01"),
        ("0.015", "0.02"),
        ("0.0149999", "0.01"),
        ("1.004", "1.00"),
        ("1.005", "1.01"),
        ("2.675", "2.68"),
        ("1240.5", "1240.5"),
        ("99999999.995", "100000000.00"),
        ("-0.004", "0"),
        ("-0.005", "-0.01"),
        ("-0.000001", "0"),
        ("-1.005", "-1.01"),
        ("-1.004", "-1.00"),
        ("-2.675", "-2.68"),
    ] {
        let rounded = amount(exact).rounded();
        assert_eq!(rounded, amount(shown), "{exact}");
        assert!(
            !rounded.to_string().starts_with("-0.00") && rounded.to_string() != "-0",
            "{exact} is shown as {rounded}"
        );
    }
}

#[test]
fn an_amount_in_millionths_is_exact_or_missing() {
    for (text, micros) in [
        ("0", Some(0)),
        ("1.5", Some(1_500_000)),
        ("-0.000001", Some(-1)),
        ("0.0000010", Some(1)),
        ("0.0000001", None),
        ("9223372036854.775807", Some(i64::MAX)),
        ("-9223372036854.775808", Some(i64::MIN)),
        ("9223372036854.775808", None),
        ("79228162514264337593543950335", None),
    ] {
        assert_eq!(amount(text).to_micros(), micros, "{text}");
    }
}

#[test]
fn unix_times_are_read_from_numbers_and_strings() {
    for (json, millis) in [
        ("0", 0),
        ("1559826127", 1_559_826_127_000),
        ("1559826127.435", 1_559_826_127_435),
        ("1559826127.4359", 1_559_826_127_435),
        ("1.5598e9", 1_559_800_000_000),
        (r#""1559826127""#, 1_559_826_127_000),
        (r#"" 1559826127.5 ""#, 1_559_826_127_500),
        ("-1", -1_000),
        ("-0.0005", -1),
    ] {
        assert_eq!(serde_json::from_str::<UnixTime>(json).expect(json).millis, millis, "{json}");
    }
    for json in
        ["null", "true", r#""""#, r#""yesterday""#, r#""2019-06-06""#, "1e300", "9223372036854775807", r#""9e99""#]
    {
        assert!(serde_json::from_str::<UnixTime>(json).is_err(), "{json}");
    }
}

#[test]
fn whole_seconds_round_down_before_and_after_1970() {
    assert_eq!(UnixTime { millis: -1 }.secs(), -1);
    assert_eq!(UnixTime { millis: 1_999 }.secs(), 1);
    assert_eq!(UnixTime::from_secs(-2).millis, -2_000);
}

proptest! {
    #[test]
    fn an_amount_survives_the_conversion_to_millionths(micros in any::<i64>()) {
        let amount = Amount::from_micros(micros);
        prop_assert_eq!(amount.to_micros(), Some(micros));
        prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
    }

    #[test]
    fn an_amount_survives_json_digit_by_digit(mantissa in any::<i64>(), scale in 0..=28_u32) {
        let amount = Amount(Decimal::new(mantissa, scale));
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(serde_json::from_str::<Amount>(&json).unwrap().to_string(), amount.to_string());
    }

    #[test]
    fn a_json_number_of_fifteen_digits_keeps_all_of_them(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0..=9_u32) {
        let text = Decimal::new(mantissa, scale).to_string();
        prop_assert_eq!(serde_json::from_str::<Amount>(&text).unwrap(), text.parse().unwrap(), "{}", text);
    }

    #[test]
    fn the_kopeck_rule_agrees_with_integer_arithmetic(micros in -10_000_000_000_i64..10_000_000_000) {
        let expected = match micros {
            1..10_000 => 1,
            _ => (micros.abs() + 5_000) / 10_000 * micros.signum(),
        };
        prop_assert_eq!(Amount::from_micros(micros).rounded(), Amount(Decimal::new(expected, 2)));
        let twice = Amount::from_micros(micros).rounded().rounded();
        prop_assert_eq!(twice, Amount::from_micros(micros).rounded());
    }

    #[test]
    fn a_unix_time_survives_json(millis in -900_000_000_000_000..900_000_000_000_000_i64) {
        let json = serde_json::to_string(&UnixTime { millis }).unwrap();
        prop_assert_eq!(serde_json::from_str::<UnixTime>(&json).unwrap().millis, millis, "{}", json);
    }
}
