//! Points in time in the published API: Unix seconds as a number or a string, possibly with a fraction.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::lenient::Scalar;

/// A point in time with millisecond precision. JSON has a number of Unix seconds with up to three decimals. On input, a
/// string that contains the number is accepted, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub millis: i64,
}

impl UnixTime {
    /// Converts from seconds since 1970-01-01T00:00:00Z.
    pub const fn from_secs(secs: i64) -> Self {
        Self { millis: secs * 1000 }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn secs(self) -> i64 {
        self.millis.div_euclid(1000)
    }
}

impl Serialize for UnixTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.millis % 1000 == 0 {
            return serializer.serialize_i64(self.secs());
        }
        // Convert through decimal text, because parsing text gives the nearest `f64` and dividing an `f64` by 1000 may
        // not.
        let seconds = rust_decimal::Decimal::new(self.millis, 3).to_string();
        serializer.serialize_f64(seconds.parse().map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for UnixTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let millis = match Scalar::deserialize(deserializer)? {
            Scalar::Number(text) | Scalar::Text(text) => parse_millis(text.trim()),
            Scalar::Other => None,
        };
        millis.map(|millis| Self { millis }).ok_or_else(|| de::Error::custom("not Unix seconds"))
    }
}

/// Converts Unix seconds such as `"1559826127.435"` to milliseconds, without the rounding errors of floating point.
fn parse_millis(text: &str) -> Option<i64> {
    let seconds: rust_decimal::Decimal = text.parse().ok()?;
    let mut millis = seconds.checked_mul(1000.into())?.floor();
    millis.rescale(0);
    i64::try_from(millis.mantissa()).ok()
}
