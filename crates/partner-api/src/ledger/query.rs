//! Query parameters of the ledger calls, and the validation of these parameters.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::{
    calendar::{Day, Granularity, Period},
    problem::FieldProblem,
};

/// Largest number of days in a period: three years, one of them a leap year.
pub const MAX_DAYS: i32 = 1096;
/// Largest number of days in a period that is split into days: a leap year.
pub const MAX_DAYS_BY_DAY: i32 = 366;
/// Earliest day on which a period can begin, `YYYY-MM-DD`.
pub const FIRST_DAY: &str = "2010-01-01";
/// Largest and default number of movements on one page; a larger `limit` has the same effect as this number.
pub const MAX_MOVEMENTS: u32 = 10_000;

/// Query of the ledger calls. All fields are text, so that the server can report every malformed field, not only the
/// first. A call ignores parameters that its description does not list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct LedgerQuery {
    /// First day of the period, `YYYY-MM-DD`. Default: six days before `to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub from: Option<String>,
    /// Last day of the period, `YYYY-MM-DD`. Default: today in Moscow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub to: Option<String>,
    /// Length of a bucket: `day` (default), `week`, `month` or `year`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Granularity>"))]
    pub granularity: Option<String>,
    /// Direction of the movements to return: `debit` or `deposit`. Default: both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Direction>"))]
    pub direction: Option<String>,
    /// Service of the movements to return: the code of a service, or `none` ([`NO_SERVICE`]) for movements that belong
    /// to no service. Default: all movements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Largest number of movements in the reply, 1 to 10,000 ([`MAX_MOVEMENTS`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<u64>"))]
    pub limit: Option<String>,
    /// Opaque position in the list: the `marker` of the previous page. Missing for the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Format of the downloaded file: `csv` or `xlsx`. Exports require this parameter; other calls ignore it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["csv", "xlsx"])))]
    pub format: Option<String>,
    /// Language of the downloaded file: `en` (default) or `ru`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["en", "ru"])))]
    pub locale: Option<String>,
    /// Contents of the downloaded file of movements: `grouped` (default, sums for each service and bucket) or
    /// `statement` (every movement).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["grouped", "statement"])))]
    pub view: Option<String>,
    /// Order of the services in the downloaded file of expenses: `service`, `sum`, `share`, `change` or `percent`, with
    /// a leading `-` for descending order. Default: `-sum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("pattern" = "^-?(service|sum|share|change|percent)$")))]
    pub sort: Option<String>,
}

/// Value of [`LedgerQuery::service`] for movements that belong to no service, such as payments.
pub const NO_SERVICE: &str = "none";

/// Values of [`FieldProblem::code`] for the parameters of the ledger calls.
pub mod code {
    /// The parameter is not a date, or not one of the allowed values.
    pub const MALFORMED: &str = "malformed";
    /// At `/to`: the day is before `from`.
    pub const REVERSED: &str = "reversed";
    /// At `/from` or `/to`: the day is after today.
    pub const FUTURE: &str = "future";
    /// At `/from`: the day is before [`super::FIRST_DAY`].
    pub const TOO_EARLY: &str = "too_early";
    /// At `/to`: the period has more days than [`super::MAX_DAYS`].
    pub const TOO_LONG: &str = "too_long";
    /// At `/granularity`: the period is split into days but has more than [`super::MAX_DAYS_BY_DAY`] days.
    pub const TOO_FINE: &str = "too_fine";
    /// At `/service`: the ledger of the client has no such service.
    pub const UNKNOWN_SERVICE: &str = "unknown_service";
}

/// A valid [`LedgerQuery`] without the parameters of pages and files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Days that the report covers.
    pub period: Period,
    /// Length of each bucket.
    pub granularity: Granularity,
    /// Direction of the movements; `None` for both.
    pub direction: Option<Direction>,
    /// Code of a service, or [`NO_SERVICE`]; `None` for all movements.
    pub service: Option<String>,
}

impl LedgerFilter {
    /// The default filter: the last seven days including today, one bucket for each day, all movements.
    pub fn usual(today: Day) -> Self {
        let period = Period { from: today.plus(-6), to: today };
        Self { period, granularity: Granularity::Day, direction: None, service: None }
    }

    /// Validates a query; `today` is the current billing day.
    ///
    /// # Errors
    /// Returns the problems at `/from`, `/to`, `/granularity` and `/direction`, see [`code`]. The service is not
    /// validated here, because only the server knows which services the client uses.
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

    /// Converts the filter to the query parameters from which [`LedgerFilter::parse`] restores the filter.
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
