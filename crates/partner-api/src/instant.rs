//! Points in time in the ledger, written as RFC 3339 with Moscow's offset.

use std::{fmt, str::FromStr};

use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::time::UnixTime;

/// A point in time in the ledger. JSON has RFC 3339 with Moscow's offset and whole seconds, for example
/// `2026-11-25T14:03:00+03:00`. On input, any offset and any fraction of a second is accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub UnixTime);

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.in_moscow().to_rfc3339_opts(SecondsFormat::Secs, false))
    }
}

/// The text is not an RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnInstant;

impl fmt::Display for NotAnInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 instant with an offset")
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;

    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| NotAnInstant)?;
        // The ledger has no leap seconds, so drop the extra second: chrono reads 23:59:60 as 23:59:59 plus 1,000 ms.
        let millis = at.timestamp_subsec_millis() % 1000;
        Ok(Self(UnixTime { millis: at.timestamp() * 1000 + i64::from(millis) }))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
