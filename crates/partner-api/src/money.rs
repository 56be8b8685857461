//! Exact amounts of money. No binary floating point arithmetic touches them.

use std::{fmt, str::FromStr};

pub use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::lenient::Scalar;

/// An exact amount, without its currency; a decimal string on our wire, a number or a string on the published one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub Decimal);

/// Millionths per unit: how amounts are kept where integers are needed (the smallest price is a millionth).
const MICROS: u32 = 6;

impl Amount {
    /// From millionths of the currency's unit.
    pub fn from_micros(micros: i64) -> Self {
        Self(Decimal::new(micros, MICROS).normalize())
    }

    /// In millionths of the currency's unit; `None` where it has more digits or is too large.
    pub fn to_micros(self) -> Option<i64> {
        let mut scaled = self.0;
        scaled.rescale(MICROS);
        (scaled == self.0).then(|| i64::try_from(scaled.mantissa()).ok()).flatten()
    }

    /// As shown and counted: the kopeck rule.
    ///
    /// An amount between nothing and a hundredth becomes a hundredth; everything else is rounded to hundredths, half
    /// away from zero.
    #[must_use]
    pub fn rounded(self) -> Self {
        let cent = Decimal::new(1, 2);
        if self.0 > Decimal::ZERO && self.0 < cent {
            return Self(cent);
        }
        let rounded = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        // Decimals know a negative zero, which nobody wants to read.
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
        // Some servers write 1e-5: that is a number as well.
        text.parse().or_else(|_| Decimal::from_scientific(text)).map(Self)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As a JSON number, where the published description has one. Its text goes out as it is: no floating point.
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
