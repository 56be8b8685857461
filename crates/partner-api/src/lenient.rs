//! Reading what the published API sends: numbers as strings, strings as numbers, one bad element in a good list.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer, de};
use serde_json::value::RawValue;

/// Decodes the elements of a list one by one; of those that fail, the PID where it can be read.
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

/// A scalar that may arrive as a number or a string.
pub(crate) enum Scalar {
    /// A number, letter by letter as it was sent: it passes through no floating point.
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

/// Digits (a phone, an id) that may arrive as a number; empty counts as missing.
pub(crate) fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = match Scalar::deserialize(deserializer)? {
        Scalar::Number(text) | Scalar::Text(text) => text,
        Scalar::Other => return Ok(None),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Yes or no, also as text; anything else counts as missing.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(match raw.get() {
        "true" | "\"true\"" => Some(true),
        "false" | "\"false\"" => Some(false),
        _ => None,
    })
}

/// What stands there, or the default where that is `null`.
pub(crate) fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Code of a currency; the published example has a number here, which names none.
pub(crate) fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(text(deserializer)?.filter(|text| !text.contains(|c: char| c.is_ascii_digit())))
}

/// A count or a status that may arrive as a string; what is no whole number counts as missing.
pub(crate) fn whole<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(digits(deserializer)?.and_then(|text| text.parse().ok()))
}

/// Text that may arrive as a number; empty counts as missing.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    digits(deserializer)
}

/// Digits as a JSON number where they are one, else as they are.
pub(crate) fn as_number<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(text) = value else { return serializer.serialize_none() };
    let digits = text.strip_prefix('+').unwrap_or(text);
    match digits.parse::<u64>() {
        Ok(number) if number.to_string() == digits => serializer.serialize_u64(number),
        _ => serializer.serialize_str(text),
    }
}
