//! What is asked of a ledger: the parameters of its calls, and their check.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::{
    calendar::{Day, Granularity, Period},
    problem::FieldProblem,
};

/// Most days of a period: three years.
pub const MAX_DAYS: i32 = 1096;
/// Most days of a period by day: a leap year.
pub const MAX_DAYS_BY_DAY: i32 = 366;
/// First day that can be asked for.
pub const FIRST_DAY: &str = "2010-01-01";
/// Most movements in a page, and how many there are where no limit is asked for.
pub const MAX_MOVEMENTS: u32 = 10_000;

/// Parameters of the calls, as they stand in an address: text, so that every slip is a problem of its field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct LedgerQuery {
    /// First day, `YYYY-MM-DD`. Missing: six days before `to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`. Missing: today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Day>"))]
    pub to: Option<String>,
    /// `day` (default), `week`, `month`, `year`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Granularity>"))]
    pub granularity: Option<String>,
    /// `debit`, `deposit`; missing: both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<Direction>"))]
    pub direction: Option<String>,
    /// Code of a service, `none` ([`NO_SERVICE`]) for movements without one; missing: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Most movements in the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<u64>"))]
    pub limit: Option<String>,
    /// Opaque: `marker` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Of a file: `csv`, `xlsx`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["csv", "xlsx"])))]
    pub format: Option<String>,
    /// Language of a file: `en` (default), `ru`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["en", "ru"])))]
    pub locale: Option<String>,
    /// Of a file of movements: `grouped` (default), `statement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["grouped", "statement"])))]
    pub view: Option<String>,
    /// Of a file of expenses: `service`, `sum`, `share`, `change`, `percent`, with `-` before it for descending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(extend("pattern" = "^-?(service|sum|share|change|percent)$")))]
    pub sort: Option<String>,
}

/// In [`LedgerQuery::service`]: movements that belong to no service, as payments.
pub const NO_SERVICE: &str = "none";

/// Codes of [`FieldProblem::code`] of a period.
pub mod code {
    /// Not a word or a date that the field knows.
    pub const MALFORMED: &str = "malformed";
    /// At `/to`: before `from`.
    pub const REVERSED: &str = "reversed";
    /// At `/from` or `/to`: later than today.
    pub const FUTURE: &str = "future";
    /// At `/from`: before [`super::FIRST_DAY`].
    pub const TOO_EARLY: &str = "too_early";
    /// At `/to`: more days than [`super::MAX_DAYS`].
    pub const TOO_LONG: &str = "too_long";
    /// At `/granularity`: more days than [`super::MAX_DAYS_BY_DAY`].
    pub const TOO_FINE: &str = "too_fine";
    /// At `/service`: the ledger of the client has no such service.
    pub const UNKNOWN_SERVICE: &str = "unknown_service";
}

/// What is asked of a ledger: a checked [`LedgerQuery`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Which days.
    pub period: Period,
    /// Length of a bucket.
    pub granularity: Granularity,
    /// Which way; `None` for both.
    pub direction: Option<Direction>,
    /// Code of a service, or [`NO_SERVICE`]; `None` for all.
    pub service: Option<String>,
}

impl LedgerFilter {
    /// Seven days that end today, by day, everything.
    pub fn usual(today: Day) -> Self {
        let period = Period { from: today.plus(-6), to: today };
        Self { period, granularity: Granularity::Day, direction: None, service: None }
    }

    /// Checks what was asked for; `today` is the billing day of now.
    ///
    /// # Errors
    /// Problems at `/from`, `/to`, `/granularity`, `/direction`; see [`code`]. Whether the service exists is the
    /// server's to say.
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

    /// As it stands in an address.
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
