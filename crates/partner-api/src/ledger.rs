//! The ledger of a client: what it has, what moved, what its services cost.
//!
//! All calls here are ours, in the style of the published ones: amounts are decimal strings, instants RFC 3339 with
//! Moscow's offset, days dates. Borders, groups and totals are those of Moscow's days. Every amount is *counted*: the
//! kopeck rule ([`Amount::rounded`]) was applied to each movement, and totals are sums of counted amounts.

mod order;
mod query;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    calendar::{Day, Granularity, Period},
    endpoint::{ClientPath, Empty, Success, endpoint},
    instant::Instant,
    lenient,
    money::Amount,
};

pub use order::{ExpenseKey, ExpenseOrder};
pub use query::{FIRST_DAY, LedgerFilter, LedgerQuery, MAX_DAYS, MAX_DAYS_BY_DAY, MAX_MOVEMENTS, NO_SERVICE, code};

endpoint! {
    /// What a client has now, and how long it lasts.
    GetBalance: Get "/api/v1/partners/{pid}/clients/{client_pid}/balance", Problem, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Balance,
}

endpoint! {
    /// Services that occur in the ledger of a client, in the order of their names.
    ListServices: Get "/api/v1/partners/{pid}/clients/{client_pid}/services", Problem, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Services,
}

endpoint! {
    /// Single movements of a period, oldest first. Reads `from`, `to`, `direction`, `service`, `limit`, `marker`.
    ListMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: MovementsPage,
    max_items: MAX_MOVEMENTS,
}

endpoint! {
    /// Movements of a period by service and bucket. Reads `from`, `to`, `granularity`, `direction`, `service`.
    SummarizeMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements/summary", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: MovementsSummary,
}

endpoint! {
    /// Expenses of a period by service and bucket, and the same of the preceding period of equal length.
    /// Reads `from`, `to`, `granularity`, `service`.
    GetExpenses: Get "/api/v1/partners/{pid}/clients/{client_pid}/expenses", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Expenses,
}

endpoint! {
    /// [`ListMovements`] or, with `view=grouped`, [`SummarizeMovements`] as a file. Reads their parameters and
    /// `format`, `locale`, `view`.
    ExportMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements/export", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Empty,
    success: Success::File(FILE_TYPES),
}

endpoint! {
    /// [`GetExpenses`] as a file. Reads its parameters and `format`, `locale`, `sort`.
    ExportExpenses: Get "/api/v1/partners/{pid}/clients/{client_pid}/expenses/export", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Empty,
    success: Success::File(FILE_TYPES),
}

/// Media type of a CSV file.
pub const CSV: &str = "text/csv; charset=utf-8";
/// Media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FILE_TYPES: &[&str] = &[CSV, XLSX];

/// Which way money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Out of the accounts.
    Debit,
    /// Into them.
    Deposit,
}

impl Direction {
    /// Word on the wire and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Debit => "debit",
            Self::Deposit => "deposit",
        }
    }

    /// The one with that word.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Debit, Self::Deposit].into_iter().find(|direction| direction.code() == code)
    }
}

/// Which of a client's accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Paid money.
    #[default]
    Personal,
    /// Bonuses, each good for a service group or for all.
    Bonus,
}

/// What a client has ([`GetBalance`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Balance {
    /// Personal account, without bonuses.
    pub base: Amount,
    /// Bonus account.
    pub bonus: Amount,
    /// ISO 4217 code.
    pub currency: String,
    /// When this was read.
    pub as_of: Instant,
    /// Of what the bonus account consists, the next to expire first; empty where the API does not say.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub bonuses: Vec<Bonus>,
    /// Mean debit of a day over the last 30 complete billing days (or since the first movement, if that is later);
    /// missing while there is no complete day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_daily_debit: Option<Amount>,
}

impl Balance {
    /// Personal and bonus account together.
    pub fn total(&self) -> Amount {
        self.base + self.bonus
    }

    /// For how many whole days the balance lasts at the average debit: `None` where nothing is spent, 0 where there is
    /// nothing left or less than a day's debit.
    pub fn lasts_days(&self) -> Option<u32> {
        lasts_days(self.total(), self.average_daily_debit?)
    }
}

/// For how many whole days an amount lasts at a debit per day: `None` where nothing is spent or it lasts longer than
/// anyone plans (10,000 days).
pub fn lasts_days(total: Amount, daily_debit: Amount) -> Option<u32> {
    use rust_decimal::prelude::ToPrimitive;
    if daily_debit.0 <= crate::money::Decimal::ZERO {
        return None;
    }
    let days = total.0.checked_div(daily_debit.0)?.floor().to_i64()?.max(0);
    u32::try_from(days).ok().filter(|days| *days <= 10_000)
}

/// A part of the bonus account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Bonus {
    /// What is left of it.
    pub amount: Amount,
    /// Group of services that it is good for; missing: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_group: Option<String>,
    /// Last day on which it can be spent; missing: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
}

/// Reply of [`ListServices`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Services {
    /// The services.
    pub data: Vec<Service>,
}

/// A service of the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Service {
    /// Stable word, as `cloud_servers`.
    pub code: String,
    /// Name of the product.
    pub name: String,
    /// Name of its group, which bonuses refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// What a movement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Debit: use of a service.
    Usage,
    /// Debit: a service for a term, as an address or a licence for a month.
    Subscription,
    /// Deposit: money paid.
    Payment,
    /// Deposit: a bonus granted.
    Bonus,
    /// Deposit: money given back for a service.
    Refund,
    /// Debit: a bonus whose term is over.
    Expiry,
    /// Whatever a newer server says.
    #[default]
    #[serde(other)]
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Movement {
    /// Opaque, unique in the ledger of the client.
    pub id: String,
    /// When; of a debit that was rolled up from minutes, when the last of them was.
    pub at: Instant,
    /// Which way.
    pub direction: Direction,
    /// What it is.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub kind: MovementKind,
    /// Code of the service; missing where it belongs to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Which account.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub account: Account,
    /// What for, in the words of the cloud; as resources, numbers of payments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Counted amount, never negative.
    pub amount: Amount,
    /// What it was before the kopeck rule; missing where that is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Amount>,
    /// Balance (both accounts) right after it, whatever the filter leaves out; missing where the API does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Amount>,
}

/// Reply of [`ListMovements`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MovementsPage {
    /// The movements, oldest first.
    pub data: Vec<Movement>,
    /// Where the next page starts; missing on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Sums of some movements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Sums {
    /// Debits, never negative.
    pub debits: Amount,
    /// Deposits, never negative.
    pub deposits: Amount,
    /// How many movements.
    #[serde(default)]
    pub lines: u32,
    /// How many of them the kopeck rule changed.
    #[serde(default)]
    pub rounded: u32,
}

/// Reply of [`SummarizeMovements`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MovementsSummary {
    /// Which days.
    pub period: Period,
    /// Length of a bucket.
    #[serde(with = "granularity_code")]
    #[cfg_attr(feature = "openapi", schemars(with = "Granularity"))]
    pub granularity: Granularity,
    /// ISO 4217 code.
    pub currency: String,
    /// When this was read.
    pub as_of: Instant,
    /// Balance (both accounts) at the beginning of the period.
    pub opening: Amount,
    /// Balance at its end: `opening + all.deposits - all.debits`.
    pub closing: Amount,
    /// Sums of the whole period, filtered by nothing.
    pub all: Sums,
    /// Sums of what the filter lets through: the sums of the groups.
    pub shown: Sums,
    /// By service, the largest debits first; movements without a service last. Only groups with movements.
    pub groups: Vec<ServiceMovements>,
}

/// Movements of a service in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ServiceMovements {
    /// Missing: those that belong to no service, as payments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Sums of the buckets.
    pub sums: Sums,
    /// Only buckets with movements, oldest first.
    pub buckets: Vec<Bucket>,
}

/// Movements of a piece of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Bucket {
    /// Which days: the calendar's day, week, month or year, cut where the period begins and ends.
    pub period: Period,
    /// Sums of its movements.
    pub sums: Sums,
}

/// Reply of [`GetExpenses`]. An expense is the sum of a service's debits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Expenses {
    /// Which days.
    pub period: Period,
    /// As many days, right before.
    pub preceding: Period,
    /// Length of a bucket.
    #[serde(with = "granularity_code")]
    #[cfg_attr(feature = "openapi", schemars(with = "Granularity"))]
    pub granularity: Granularity,
    /// ISO 4217 code.
    pub currency: String,
    /// When this was read.
    pub as_of: Instant,
    /// Sum of the services.
    pub total: Amount,
    /// Sum of the services in the preceding period.
    pub preceding_total: Amount,
    /// All pieces of the period, also those without expenses, oldest first.
    pub buckets: Vec<Period>,
    /// Services with expenses in either period, the largest first.
    pub services: Vec<ServiceExpenses>,
}

/// Expenses on a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ServiceExpenses {
    /// Missing: debits that belong to no service, as an expired bonus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// In the period.
    pub total: Amount,
    /// In the preceding period.
    pub preceding: Amount,
    /// By piece of the period, one for each of [`Expenses::buckets`].
    pub buckets: Vec<Amount>,
}

/// A granularity as its word.
mod granularity_code {
    use super::{Deserialize, Deserializer, Granularity, Serializer};

    pub(super) fn serialize<S: Serializer>(granularity: &Granularity, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(granularity.code())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Granularity, D::Error> {
        let code = String::deserialize(deserializer)?;
        Granularity::of_code(&code).ok_or_else(|| serde::de::Error::custom("not a granularity"))
    }
}
