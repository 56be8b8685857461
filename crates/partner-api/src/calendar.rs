//! Billing days, periods and buckets in Moscow's calendar (UTC+3, no daylight saving), whatever the browser's time zone.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::time::UnixTime;

/// Moscow's offset from UTC; the ledger applies it to every year, also to those in which Moscow had another one.
pub const MOSCOW: FixedOffset = FixedOffset::east_opt(3 * 60 * 60).expect("three hours are less than a day");

impl UnixTime {
    /// Date and time in Moscow; an instant out of the range of [`Day`] gives the first or the last one in range.
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
    /// 0001-01-01.
    pub const MIN: Self = Self(NaiveDate::from_ymd_opt(1, 1, 1).expect("a date"));
    /// 9999-12-31.
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

    /// The date, for chrono's arithmetic and formats.
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

    /// The day that many days later, or earlier if `days` is negative; stops at [`Day::MIN`] and [`Day::MAX`].
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
        // chrono's parser of RFC 3339 is in the app already; its parser of format strings would add 7 kB.
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

/// Length of a bucket: a period is reported in buckets of the calendar.
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

    /// Name in JSON and in URLs.
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
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Period {
    /// The period that consists of one day.
    pub const fn of_day(day: Day) -> Self {
        Self { from: day, to: day }
    }

    /// Number of days.
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

    /// The period split at the calendar's borders, oldest bucket first; the first and the last bucket may be shorter,
    /// because the period begins and ends inside them.
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
