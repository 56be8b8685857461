//! Tolerant reading of JSON, because the published API sends numbers as strings, strings as numbers and lists with
//! single malformed elements.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer, de};
use serde_json::value::RawValue;

/// Decodes the elements of a list one by one. For each element that fails, returns its PID if at least that is readable.
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

/// A scalar that can be a number or a string.
pub(crate) enum Scalar {
    /// A number in the spelling of the JSON text, because `f64` would lose digits.
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

/// Digits of a phone number or an id, which can be a number; an empty string counts as missing.
pub(crate) fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = match Scalar::deserialize(deserializer)? {
        Scalar::Number(text) | Scalar::Text(text) => text,
        Scalar::Other => return Ok(None),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// A boolean, or a boolean as a string; any other value counts as missing.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(match raw.get() {
        "true" | "\"true\"" => Some(true),
        "false" | "\"false\"" => Some(false),
        _ => None,
    })
}

/// A value, or the default for `null`.
pub(crate) fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Currency code. A number counts as missing: the published example has one here.
pub(crate) fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(text(deserializer)?.filter(|text| !text.contains(|c: char| c.is_ascii_digit())))
}

/// An integer that can be a string; any other value counts as missing.
pub(crate) fn whole<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(digits(deserializer)?.and_then(|text| text.parse().ok()))
}

/// Text that can be a number; an empty string counts as missing.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    digits(deserializer)
}

/// Writes digits as a JSON number; a text that is not a number stays a string.
pub(crate) fn as_number<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(text) = value else { return serializer.serialize_none() };
    let digits = text.strip_prefix('+').unwrap_or(text);
    match digits.parse::<u64>() {
        Ok(number) if number.to_string() == digits => serializer.serialize_u64(number),
        _ => serializer.serialize_str(text),
    }
}
