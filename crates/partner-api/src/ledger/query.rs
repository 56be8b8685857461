//! Query parameters of the ledger's calls and their validation.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::{
    calendar::{Day, Granularity, Period},
    problem::FieldProblem,
};

/// Largest number of days of a period: three years.
pub const MAX_DAYS: i32 = 1096;
/// Largest number of days of a period with buckets of a day: a leap year.
pub const MAX_DAYS_BY_DAY: i32 = 366;
/// First possible day of a period, `YYYY-MM-DD`.
pub const FIRST_DAY: &str = "2010-01-01";
/// Largest and default number of movements on one page; a larger `limit` has the same effect as this number.
pub const MAX_MOVEMENTS: u32 = 10_000;

/// Query of the ledger's calls. All fields are text, so that the server can report each malformed one as a problem of its
/// field. A call ignores the parameters that it does not list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct LedgerQuery {
    /// First day, `YYYY-MM-DD`. Default: six days before `to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`. Default: today in Moscow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub to: Option<String>,
    /// Length of a bucket: `day` (default), `week`, `month` or `year`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Granularity>"))]
    pub granularity: Option<String>,
    /// `debit` or `deposit`. Default: both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Direction>"))]
    pub direction: Option<String>,
    /// Code of a service, or `none` ([`NO_SERVICE`]) for movements without a service. Default: all movements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Largest number of movements in the reply, 1 to 10,000 ([`MAX_MOVEMENTS`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<u64>"))]
    pub limit: Option<String>,
    /// Opaque: `marker` of the previous page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Format of a file, required: `csv` or `xlsx`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["csv", "xlsx"])))]
    pub format: Option<String>,
    /// Language of a file: `en` (default) or `ru`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["en", "ru"])))]
    pub locale: Option<String>,
    /// Contents of a file of movements: `grouped` (default) or `statement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["grouped", "statement"])))]
    pub view: Option<String>,
    /// Order of a file of expenses: `service`, `sum`, `share`, `change` or `percent`, with a leading `-` for descending.
    /// Default: `-sum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("pattern" = "^-?(service|sum|share|change|percent)$")))]
    pub sort: Option<String>,
}

/// Value of [`LedgerQuery::service`] for movements that belong to no service, such as payments.
pub const NO_SERVICE: &str = "none";

/// Values of [`FieldProblem::code`] for parameters of the ledger.
pub mod code {
    /// Not a date, or not one of the values of the field.
    pub const MALFORMED: &str = "malformed";
    /// At `/to`: the day is before `from`.
    pub const REVERSED: &str = "reversed";
    /// At `/from` or `/to`: the day is after today.
    pub const FUTURE: &str = "future";
    /// At `/from`: the day is before [`super::FIRST_DAY`].
    pub const TOO_EARLY: &str = "too_early";
    /// At `/to`: the period has more days than [`super::MAX_DAYS`].
    pub const TOO_LONG: &str = "too_long";
    /// At `/granularity`: the period has more days than [`super::MAX_DAYS_BY_DAY`].
    pub const TOO_FINE: &str = "too_fine";
    /// At `/service`: the ledger of the client has no such service.
    pub const UNKNOWN_SERVICE: &str = "unknown_service";
}

/// A valid [`LedgerQuery`] without the parameters of pages and files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Days of the report.
    pub period: Period,
    /// Length of a bucket.
    pub granularity: Granularity,
    /// Direction of the movements; `None` for both.
    pub direction: Option<Direction>,
    /// Code of a service, or [`NO_SERVICE`]; `None` for all movements.
    pub service: Option<String>,
}

impl LedgerFilter {
    /// The default filter: seven days that end today, buckets of a day, all movements.
    pub fn usual(today: Day) -> Self {
        let period = Period { from: today.plus(-6), to: today };
        Self { period, granularity: Granularity::Day, direction: None, service: None }
    }

    /// Validates a query; `today` is the current billing day.
    ///
    /// # Errors
    /// Problems at `/from`, `/to`, `/granularity` and `/direction`, see [`code`]. Only the server can validate the service.
    pub fn parse(query: &LedgerQuery, today: Day) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut problem = |field: &str, code: &str| {
            problems.push(FieldProblem { pointer: format!("/{field}"), code: code.to_owned() });
        };
        let mut day = |field: &str, text: &Option<String>| match text.as_deref().map(str::parse::<Day>) {
            Some(Ok(day)) if day > today => {
                problem(field, code::FUTURE);
                None
            }
            Some(Ok(day)) => Some(Some(day)),
            Some(Err(_)) => {
                problem(field, code::MALFORMED);
                None
            }
            None => Some(None),
        };
        let (from, to) = (day("from", &query.from), day("to", &query.to));
        let granularity = query.granularity.as_deref().map_or(Some(Granularity::Day), Granularity::of_code);
        if granularity.is_none() {
            problem("granularity", code::MALFORMED);
        }
        let direction = query.direction.as_deref().map(Direction::of_code);
        if direction == Some(None) {
            problem("direction", code::MALFORMED);
        }
        let granularity = granularity.unwrap_or_default();
        let period = from.zip(to).map(|(from, to)| {
            let to = to.unwrap_or(today);
            Period { from: from.unwrap_or_else(|| to.plus(-6)), to }
        });
        if let Some(period) = period {
            if period.from > period.to {
                problem("to", code::REVERSED);
            } else if FIRST_DAY.parse().is_ok_and(|first: Day| period.from < first) {
                problem("from", code::TOO_EARLY);
            } else if period.days() > MAX_DAYS {
                problem("to", code::TOO_LONG);
            } else if granularity == Granularity::Day && period.days() > MAX_DAYS_BY_DAY {
                problem("granularity", code::TOO_FINE);
            }
        }
        let Some(period) = period.filter(|_| problems.is_empty()) else { return Err(problems) };
        Ok(Self { period, granularity, direction: direction.flatten(), service: query.service.clone() })
    }

    /// The filter as query parameters; [`LedgerFilter::parse`] reads them.
    pub fn query(&self) -> LedgerQuery {
        LedgerQuery {
            from: Some(self.period.from.to_string()),
            to: Some(self.period.to.to_string()),
            granularity: Some(self.granularity.code().to_owned()),
            direction: self.direction.map(|direction| direction.code().to_owned()),
            service: self.service.clone(),
            ..LedgerQuery::default()
        }
    }
}
