//! Reading what the published API sends: numbers as strings, strings as numbers, one bad element in a good list.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serializer,
    de::{self, Visitor},
};
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
    Integer(i128),
    /// Shortest decimal text that names the same number: what the sender wrote, up to 15 significant digits.
    Fraction(String),
    Text(String),
    Other,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a string")
    }
    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(v.into()))
    }
    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(v.into()))
    }
    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Scalar, E> {
        Ok(Scalar::Fraction(v.to_string()))
    }
    fn visit_str<E: de::Error>(self, v: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(v.to_owned()))
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::Other)
    }
    fn visit_unit<E: de::Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::Other)
    }
}

/// Digits (a phone, an id) that may arrive as a number; empty counts as missing.
pub(crate) fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = match Scalar::deserialize(deserializer)? {
        Scalar::Integer(number) => number.to_string(),
        Scalar::Fraction(text) | Scalar::Text(text) => text,
        Scalar::Other => return Ok(None),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
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
