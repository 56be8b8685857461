//! Exact amounts of money, without binary floating point.

use std::{fmt, str::FromStr};

pub use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::lenient::Scalar;

/// An exact amount of money without a currency. JSON has a decimal string, for example `"1240.50"`. On input, a number
/// is accepted, too, because the published calls send both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub Decimal);

/// Number of decimals in a stored amount. Amounts are stored as whole millionths, because the smallest price is a
/// millionth of the currency unit.
const MICROS: u32 = 6;

impl Amount {
    /// Converts from millionths of the currency unit.
    pub fn from_micros(micros: i64) -> Self {
        Self(Decimal::new(micros, MICROS).normalize())
    }

    /// Converts to millionths of the currency unit; `None` if the amount has more than six decimals or does not fit
    /// into the integer.
    pub fn to_micros(self) -> Option<i64> {
        let mut scaled = self.0;
        scaled.rescale(MICROS);
        (scaled == self.0).then(|| i64::try_from(scaled.mantissa()).ok()).flatten()
    }

    /// Rounds the amount by the kopeck rule. Totals are sums of rounded amounts.
    ///
    /// Kopeck rule: an amount above 0 and below 0.01 counts as 0.01. Any other amount is rounded to two decimals, half
    /// away from zero.
    #[must_use]
    pub fn rounded(self) -> Self {
        let cent = Decimal::new(1, 2);
        if self.0 > Decimal::ZERO && self.0 < cent {
            return Self(cent);
        }
        let rounded = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        // Replace a negative zero, because it would be shown as "-0".
        Self(if rounded.is_zero() { Decimal::ZERO } else { rounded })
    }
}

impl std::ops::Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |sum, amount| sum + amount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Amount {
    type Err = rust_decimal::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Accept the scientific notation, because some servers write small amounts as 1e-5.
        text.parse().or_else(|_| Decimal::from_scientific(text)).map(Self)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Writes the amount as a JSON number with exact digits, for calls whose published description has a number.
pub(crate) fn as_number<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    let number = serde_json::value::RawValue::from_string(amount.to_string()).map_err(serde::ser::Error::custom)?;
    number.serialize(serializer)
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Scalar::deserialize(deserializer)? {
            Scalar::Number(text) | Scalar::Text(text) => text,
            Scalar::Other => return Err(de::Error::custom("an amount is a number or a decimal string")),
        };
        text.trim().parse().map_err(|_| de::Error::custom("not a decimal amount"))
    }
}
