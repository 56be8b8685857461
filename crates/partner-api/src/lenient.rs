//! Tolerant reading of JSON, because the published API sends numbers as strings, strings as numbers, and lists in which
//! some elements are malformed.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer, de};
use serde_json::value::RawValue;

/// Decodes the elements of a list one by one. Returns the decoded elements and, for each element that failed, its PID
/// if the PID is readable.
pub(crate) fn each<'a, T: Deserialize<'a>>(raw: &[&'a RawValue]) -> (Vec<T>, Vec<Option<String>>) {
    #[derive(Deserialize)]
    struct OnlyPid {
        pid: String,
    }
    let mut good = Vec::with_capacity(raw.len());
    let mut bad = Vec::new();
    for value in raw {
        match serde_json::from_str(value.get()) {
            Ok(item) => good.push(item),
            Err(_) => bad.push(serde_json::from_str::<OnlyPid>(value.get()).ok().map(|it| it.pid)),
        }
    }
    (good, bad)
}

/// Schema of a number or a string with a number, because the published API sends both.
#[cfg(feature = "openapi")]
pub(crate) struct NumberOrText;

/// Schema of a number.
#[cfg(feature = "openapi")]
pub(crate) struct Number;

/// A JSON value, classified as a number, a string or anything else.
pub(crate) enum Scalar {
    /// The characters of the number in the JSON text, because `f64` would lose digits.
    Number(String),
    Text(String),
    Other,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        Ok(match json.as_bytes().first() {
            Some(b'"') => Self::Text(serde_json::from_str(json).map_err(de::Error::custom)?),
            Some(b'-' | b'0'..=b'9') => Self::Number(String::from(Box::<str>::from(raw))),
            _ => Self::Other,
        })
    }
}

/// Reads a phone number or an id from a JSON number or string. An empty string and any other JSON value count as
/// missing.
pub(crate) fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = match Scalar::deserialize(deserializer)? {
        Scalar::Number(text) | Scalar::Text(text) => text,
        Scalar::Other => return Ok(None),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Reads a boolean, also from a string. Any other value counts as missing.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(match raw.get() {
        "true" | "\"true\"" => Some(true),
        "false" | "\"false\"" => Some(false),
        _ => None,
    })
}

/// Reads a value. `null` becomes the default.
pub(crate) fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a currency code. A number or a text with a digit counts as missing, because the published example has a number
/// instead of a code.
pub(crate) fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(text(deserializer)?.filter(|text| !text.contains(|c: char| c.is_ascii_digit())))
}

/// Reads an integer, also from a string. Any other value counts as missing.
pub(crate) fn whole<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(digits(deserializer)?.and_then(|text| text.parse().ok()))
}

/// Reads a text, also from a JSON number. An empty string and any other JSON value count as missing.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    digits(deserializer)
}

/// Writes a text of digits as a JSON number, without a leading `+`. A text that would not keep its digits as a number
/// stays a string.
pub(crate) fn as_number<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(text) = value else { return serializer.serialize_none() };
    let digits = text.strip_prefix('+').unwrap_or(text);
    match digits.parse::<u64>() {
        Ok(number) if number.to_string() == digits => serializer.serialize_u64(number),
        _ => serializer.serialize_str(text),
    }
}
