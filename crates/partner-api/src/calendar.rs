//! Billing days, periods and buckets. All of them follow Moscow time (UTC+3, no daylight saving time), regardless of
//! the browser's time zone.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::time::UnixTime;

/// Moscow's offset from UTC. The ledger uses this offset for all years, even those in which Moscow had another offset.
pub const MOSCOW: FixedOffset = FixedOffset::east_opt(3 * 60 * 60).expect("three hours are less than a day");

impl UnixTime {
    /// Converts to Moscow time. An instant before [`Day::MIN`] becomes the first instant of that day, and an instant
    /// after [`Day::MAX`] becomes the last instant of that day.
    pub fn in_moscow(self) -> DateTime<FixedOffset> {
        let after_last = Day::MAX.start().millis + 24 * 60 * 60 * 1000;
        let millis = self.millis.clamp(Day::MIN.start().millis, after_last - 1);
        DateTime::from_timestamp_millis(millis).unwrap_or_default().with_timezone(&MOSCOW)
    }
}

/// A billing day: a date of the Gregorian calendar in the years 1 to 9999; `YYYY-MM-DD` in JSON and in URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The earliest day, 0001-01-01.
    pub const MIN: Self = Self(NaiveDate::from_ymd_opt(1, 1, 1).expect("a date"));
    /// The latest day, 9999-12-31.
    pub const MAX: Self = Self(NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date"));

    /// The day with this date; `None` for a date that does not exist, such as 30 February, or is out of range.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let date = Self(NaiveDate::from_ymd_opt(year, month, day)?);
        (Self::MIN..=Self::MAX).contains(&date).then_some(date)
    }

    /// The day that is `number` days after 1970-01-01; a number out of range gives [`Day::MIN`] or [`Day::MAX`].
    pub fn from_number(number: i32) -> Self {
        let nearest = if number < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        NaiveDate::from_epoch_days(number).unwrap_or(nearest).into()
    }

    /// Days since 1970-01-01; negative before.
    pub const fn number(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The date as a chrono type, for date arithmetic and formatting.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The billing day of an instant; an instant out of range gives [`Day::MIN`] or [`Day::MAX`].
    pub fn of(at: UnixTime) -> Self {
        at.in_moscow().date_naive().into()
    }

    /// Midnight in Moscow at the beginning of the day.
    pub fn start(self) -> UnixTime {
        let seconds = self.0.and_time(NaiveTime::MIN).and_utc().timestamp() - i64::from(MOSCOW.local_minus_utc());
        UnixTime::from_secs(seconds)
    }

    /// Adds `days`, which can be negative. The result is never before [`Day::MIN`] or after [`Day::MAX`].
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        let distance = Days::new(days.unsigned_abs().into());
        let moved = if days < 0 { self.0.checked_sub_days(distance) } else { self.0.checked_add_days(distance) };
        moved.map_or(if days < 0 { Self::MIN } else { Self::MAX }, Self::from)
    }
}

impl From<NaiveDate> for Day {
    /// A date out of range becomes [`Day::MIN`] or [`Day::MAX`].
    fn from(date: NaiveDate) -> Self {
        Self(date).clamp(Self::MIN, Self::MAX)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is not a date of the form `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl fmt::Display for NotADay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of the form YYYY-MM-DD")
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        if text.len() != "YYYY-MM-DD".len() {
            return Err(NotADay);
        }
        // Parse the date as RFC 3339, because the app already contains that parser of chrono. The parser for format
        // strings would add 7 kB.
        let midnight = DateTime::parse_from_rfc3339(&format!("{text}T00:00:00Z")).map_err(|_| NotADay)?;
        let day = Self(midnight.date_naive());
        if day < Self::MIN { Err(NotADay) } else { Ok(day) }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Length of a bucket. Reports split a period into buckets: calendar days, weeks, months or years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Granularity {
    /// Midnight to midnight.
    #[default]
    Day,
    /// Monday to Sunday.
    Week,
    /// From the first to the last of a month.
    Month,
    /// From 1 January to 31 December.
    Year,
}

impl Granularity {
    /// All granularities, from short to long.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Name of the granularity in JSON and in URLs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The granularity with this name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|granularity| granularity.code() == code)
    }

    /// First day of the calendar's day, week, month or year that contains a day.
    pub fn start(self, day: Day) -> Day {
        let date = day.date();
        match self {
            Self::Day => Some(date),
            Self::Week => date.week(Weekday::Mon).checked_first_day(),
            Self::Month => date.with_day(1),
            Self::Year => date.with_ordinal(1),
        }
        .map_or(Day::MIN, Day::from)
    }

    /// Last day of the calendar's day, week, month or year that contains a day; at most [`Day::MAX`].
    pub fn end(self, day: Day) -> Day {
        let date = day.date();
        match self {
            Self::Day => Some(date),
            Self::Week => date.week(Weekday::Mon).checked_last_day(),
            Self::Month => date.with_day(date.num_days_in_month().into()),
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 12, 31),
        }
        .map_or(Day::MAX, Day::from)
    }
}

/// Days from `from` to `to`, both included: the instants from `from` 00:00 until before `to + 1` 00:00 in Moscow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Period {
    /// First day, included.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
}

impl Period {
    /// The period that consists of one day.
    pub const fn of_day(day: Day) -> Self {
        Self { from: day, to: day }
    }

    /// Number of days in the period.
    pub const fn days(self) -> i32 {
        self.to.number() - self.from.number() + 1
    }

    /// Whether the day is in the period.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The period of the same length that ends on the day before this one begins.
    #[must_use]
    pub fn preceding(self) -> Self {
        let to = self.from.plus(-1);
        Self { from: to.plus(1 - self.days()), to }
    }

    /// Splits the period at the beginning of each day, week, month or year, and returns the buckets oldest first. The
    /// first and the last bucket can be shorter than the others, because the period can begin or end inside a bucket.
    pub fn buckets(self, granularity: Granularity) -> Vec<Self> {
        let mut buckets = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let to = granularity.end(from).min(self.to);
            buckets.push(Self { from, to });
            if to == Day::MAX {
                break;
            }
            from = to.plus(1);
        }
        buckets
    }
}
