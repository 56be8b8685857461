//! Billing days, periods and buckets: the calendar of Moscow (UTC+3, no daylight saving), wherever the browser stands.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::time::UnixTime;

/// Moscow's distance from UTC, in milliseconds.
pub(crate) const MOSCOW_MILLIS: i64 = 3 * 60 * 60 * 1000;
pub(crate) const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// A billing day: a date of the Gregorian calendar, years 1 to 9999; `YYYY-MM-DD` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Days since 1970-01-01.
    number: i32,
}

impl Day {
    /// 0001-01-01.
    pub const MIN: Self = Self { number: -719_162 };
    /// 9999-12-31.
    pub const MAX: Self = Self { number: 2_932_896 };

    /// The day with this number of days since 1970-01-01; the nearest one in range where it is out of it.
    pub const fn from_number(number: i32) -> Self {
        if number < Self::MIN.number {
            Self::MIN
        } else if number > Self::MAX.number {
            Self::MAX
        } else {
            Self { number }
        }
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.number
    }

    /// A date; `None` for one that no calendar has, as 30 February.
    pub fn from_date(year: i32, month: i32, day: i32) -> Option<Self> {
        // Of the days around, exactly one has that date, if any does. Years begin in March here, so that leap days end them.
        let from_march = (month + 9).rem_euclid(12);
        let years = year - i32::from(month <= 2);
        let before = 365 * years + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
        let number = before + (153 * from_march + 2) / 5 + day - 1 - 719_468;
        let found = Self { number };
        (Self::MIN <= found && found <= Self::MAX && found.date() == (year, month, day)).then_some(found)
    }

    /// Year, month (from 1) and day of the month (from 1).
    pub const fn date(self) -> (i32, i32, i32) {
        // Counted from 1 March of year 0: 400 years have 146,097 days, a year from March 153 days in five months.
        let days = self.number + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }

    /// The billing day of an instant.
    pub fn of(at: UnixTime) -> Self {
        let number = (at.millis.saturating_add(MOSCOW_MILLIS)).div_euclid(DAY_MILLIS);
        Self::from_number(i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Its first instant: midnight in Moscow.
    pub const fn start(self) -> UnixTime {
        UnixTime { millis: self.number as i64 * DAY_MILLIS - MOSCOW_MILLIS }
    }

    /// So many days later, or earlier; stops at the ends of the calendar.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self::from_number(self.number.saturating_add(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The text is no date of the form `YYYY-MM-DD`.
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
        let part = |range: std::ops::Range<usize>| {
            let digits = text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            digits.and_then(|digits| digits.parse().ok()).ok_or(NotADay)
        };
        let is_dashed = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        if !is_dashed {
            return Err(NotADay);
        }
        Self::from_date(part(0..4)?, part(5..7)?, part(8..10)?).ok_or(NotADay)
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

/// How long a bucket is.
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
    /// All, from short to long.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Word on the wire and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The one with that word.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|granularity| granularity.code() == code)
    }

    /// First day of the calendar's day, week, month or year around a day.
    pub fn start(self, day: Day) -> Day {
        let (year, _, of_month) = day.date();
        match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday.
            Self::Week => day.plus(-(day.number + 3).rem_euclid(7)),
            Self::Month => day.plus(1 - of_month),
            Self::Year => Day::from_date(year, 1, 1).unwrap_or(Day::MIN),
        }
    }

    /// Last day of the calendar's day, week, month or year around a day.
    pub fn end(self, day: Day) -> Day {
        let (year, month, _) = day.date();
        match self {
            Self::Day => day,
            Self::Week => self.start(day).plus(6),
            Self::Month => {
                let next =
                    if month == 12 { Day::from_date(year + 1, 1, 1) } else { Day::from_date(year, month + 1, 1) };
                next.map_or(Day::MAX, |next| next.plus(-1))
            }
            Self::Year => Day::from_date(year, 12, 31).unwrap_or(Day::MAX),
        }
    }
}

/// Days from the first to the last, both included; on the clock `[from 00:00, to + 1 00:00)` in Moscow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Period {
    /// One day.
    pub const fn of_day(day: Day) -> Self {
        Self { from: day, to: day }
    }

    /// How many days.
    pub const fn days(self) -> i32 {
        self.to.number - self.from.number + 1
    }

    /// Whether the day is one of them.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// As many days, right before.
    #[must_use]
    pub const fn preceding(self) -> Self {
        let to = self.from.plus(-1);
        Self { from: to.plus(1 - self.days()), to }
    }

    /// The period in pieces, oldest first; the first and the last are cut where the period begins and ends.
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
