//! Instants of the ledger: RFC 3339, shown by Moscow's clock.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    calendar::{DAY_MILLIS, Day, MOSCOW_MILLIS},
    time::UnixTime,
};

/// An instant of the ledger: RFC 3339 with Moscow's offset on the wire, as `2026-11-25T14:03:00+03:00`; read with any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub UnixTime);

impl Instant {
    /// Hour, minute and second in Moscow.
    pub const fn time(self) -> (i64, i64, i64) {
        let seconds = (self.0.millis + MOSCOW_MILLIS).rem_euclid(DAY_MILLIS) / 1000;
        (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.time();
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}+03:00", Day::of(self.0))
    }
}

/// The text is no instant of RFC 3339.
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
        parse_instant(text).ok_or(NotAnInstant)
    }
}

fn parse_instant(text: &str) -> Option<Instant> {
    let day: Day = text.get(..10)?.parse().ok()?;
    text.get(10..11).filter(|mark| matches!(*mark, "T" | "t" | " "))?;
    let (hour, minute) = clock(text.get(11..16)?)?;
    text.get(16..17).filter(|colon| *colon == ":")?;
    // A leap second is the last one of its minute: the ledger has no other.
    let second = two_digits(text.get(17..19)?, 60)?.min(59);
    let rest = text.get(19..)?;
    let (fraction, offset) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("", rest),
    };
    if rest.starts_with('.') && fraction.is_empty() {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let offset = match (offset.get(..1)?, offset.get(1..)?) {
        ("Z" | "z", "") => 0,
        (sign @ ("+" | "-"), offset) => {
            let (hours, minutes) = clock(offset)?;
            let minutes = hours * 60 + minutes;
            if sign == "+" { minutes } else { -minutes }
        }
        _ => return None,
    };
    let seconds = i64::from(day.number()) * 86_400 + hour * 3600 + (minute - offset) * 60 + second;
    Some(Instant(UnixTime { millis: seconds * 1000 + thousandths }))
}

/// `HH:MM`
fn clock(text: &str) -> Option<(i64, i64)> {
    let (hour, minute) = text.split_once(':')?;
    Some((two_digits(hour, 23)?, two_digits(minute, 59)?))
}

fn two_digits(text: &str, most: i64) -> Option<i64> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && *number <= most)
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
