//! The ledger of a client: balance, movements and expenses.
//!
//! All calls here are ours, in the style of the published ones: amounts are decimal strings, instants are RFC 3339 with
//! Moscow's offset, days are dates in Moscow. The kopeck rule ([`Amount::rounded`]) applies to each movement, and totals
//! are sums of rounded amounts.

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
    /// Returns the current balance of a client and its average daily debit.
    GetBalance: Get "/api/v1/partners/{pid}/clients/{client_pid}/balance", Problem, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Balance,
}

endpoint! {
    /// Returns the services that occur in the ledger of a client, sorted by name.
    ListServices: Get "/api/v1/partners/{pid}/clients/{client_pid}/services", Problem, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Services,
}

endpoint! {
    /// Returns the single movements of a period, oldest first. Parameters: `from`, `to`, `direction`, `service`, `limit`,
    /// `marker`.
    ListMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: MovementsPage,
    max_items: MAX_MOVEMENTS,
}

endpoint! {
    /// Returns the movements of a period by service and bucket. Parameters: `from`, `to`, `granularity`, `direction`,
    /// `service`.
    SummarizeMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements/summary", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: MovementsSummary,
}

endpoint! {
    /// Returns the expenses of a period by service and bucket, and those of the preceding period of the same length.
    /// Parameters: `from`, `to`, `granularity`, `service`.
    GetExpenses: Get "/api/v1/partners/{pid}/clients/{client_pid}/expenses", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Expenses,
}

endpoint! {
    /// Returns [`SummarizeMovements`] as a file or, with `view=statement`, [`ListMovements`]. Parameters: theirs and
    /// `format`, `locale`, `view`.
    ///
    /// 422 with `too_many` at `/to` if a statement would have more than 200,000 lines.
    ExportMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements/export", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Empty,
    success: Success::File(FILE_TYPES),
}

endpoint! {
    /// Returns [`GetExpenses`] as a file. Parameters: those of [`GetExpenses`] and `format`, `locale`, `sort`.
    ExportExpenses: Get "/api/v1/partners/{pid}/clients/{client_pid}/expenses/export", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Empty,
    success: Success::File(FILE_TYPES),
}

/// Media type of a CSV file.
pub const CSV: &str = "text/csv; charset=utf-8";
/// Media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FILE_TYPES: &[&str] = &[CSV, XLSX];

/// Direction of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Money out of an account.
    Debit,
    /// Money into an account.
    Deposit,
}

impl Direction {
    /// Name in JSON and in URLs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Debit => "debit",
            Self::Deposit => "deposit",
        }
    }

    /// The direction with this name.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Debit, Self::Deposit].into_iter().find(|direction| direction.code() == code)
    }
}

/// Account of a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Personal account: money that the client paid.
    #[default]
    Personal,
    /// Bonus account. A bonus can be limited to a group of services.
    Bonus,
}

/// Reply of [`GetBalance`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Balance {
    /// Personal account without bonuses; negative for a debt.
    pub base: Amount,
    /// Bonus account.
    pub bonus: Amount,
    /// ISO 4217 code.
    pub currency: String,
    /// Instant for which the figures are valid.
    pub as_of: Instant,
    /// Parts of the bonus account, the next to expire first; empty if the API does not list them.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub bonuses: Vec<Bonus>,
    /// Average debit per day over the last 30 complete billing days, or since the first movement if that is later.
    /// Missing before the first complete day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_daily_debit: Option<Amount>,
}

impl Balance {
    /// Sum of the personal and the bonus account.
    pub fn total(&self) -> Amount {
        self.base + self.bonus
    }

    /// Number of whole days until the balance is used up, see [`lasts_days`]; `None` also without an average debit.
    pub fn lasts_days(&self) -> Option<u32> {
        lasts_days(self.total(), self.average_daily_debit?)
    }
}

/// Number of whole days for which an amount lasts at a daily debit; 0 for a debt or less than the debit of a day. `None`
/// without debits and for more than 10,000 days, because a forecast that long has no use.
pub fn lasts_days(total: Amount, daily_debit: Amount) -> Option<u32> {
    use rust_decimal::prelude::ToPrimitive;
    if daily_debit.0 <= crate::money::Decimal::ZERO {
        return None;
    }
    let days = total.0.checked_div(daily_debit.0)?.floor().to_i64()?.max(0);
    u32::try_from(days).ok().filter(|days| *days <= 10_000)
}

/// Part of the bonus account with its own expiry date and group of services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Bonus {
    /// Amount that is left.
    pub amount: Amount,
    /// Name of the group of services that the bonus can pay for; missing for all services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_group: Option<String>,
    /// Last day on which the bonus can be spent; missing if it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
}

/// Reply of [`ListServices`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Services {
    /// The services, sorted by name.
    pub data: Vec<Service>,
}

/// A service of the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Service {
    /// Stable code, for example `cloud_servers`.
    pub code: String,
    /// Name of the product.
    pub name: String,
    /// Name of the service's group, see [`Bonus::service_group`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// Kind of a movement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Debit: use of a service.
    Usage,
    /// Debit: a service for a term, for example a public IP address for a month.
    Subscription,
    /// Deposit: a payment of the client.
    Payment,
    /// Deposit: a new bonus.
    Bonus,
    /// Deposit: a refund for a service.
    Refund,
    /// Debit: the rest of an expired bonus.
    Expiry,
    /// An unknown kind of a newer server.
    #[default]
    #[serde(other)]
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Movement {
    /// Opaque id, unique in the ledger of the client.
    pub id: String,
    /// Instant of the movement. A debit for a whole day has the instant of its last change.
    pub at: Instant,
    /// Whether money left or entered the account.
    pub direction: Direction,
    /// Kind of the movement.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub kind: MovementKind,
    /// Code of the service; missing if the movement belongs to no service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The account that the movement changes.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub account: Account,
    /// Description by the cloud, for example the resource or the number of a payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Amount after the kopeck rule; never negative.
    pub amount: Amount,
    /// Amount before the kopeck rule; missing if it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Amount>,
    /// Balance of both accounts right after the movement, independent of the filter; missing if the API does not
    /// calculate it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Amount>,
}

/// Reply of [`ListMovements`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MovementsPage {
    /// The movements, oldest first.
    pub data: Vec<Movement>,
    /// Marker of the next page; missing on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Sums over a set of movements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Sums {
    /// Sum of the debits; never negative.
    pub debits: Amount,
    /// Sum of the deposits; never negative.
    pub deposits: Amount,
    /// Number of movements.
    #[serde(default)]
    pub lines: u32,
    /// Number of movements that the kopeck rule changed.
    #[serde(default)]
    pub rounded: u32,
}

/// Reply of [`SummarizeMovements`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MovementsSummary {
    /// Days of the summary.
    pub period: Period,
    /// Length of a bucket.
    #[serde(with = "granularity_code")]
    #[cfg_attr(feature = "openapi", schemars(with = "Granularity"))]
    pub granularity: Granularity,
    /// ISO 4217 code.
    pub currency: String,
    /// Instant for which the figures are valid.
    pub as_of: Instant,
    /// Balance of both accounts at the beginning of the period.
    pub opening: Amount,
    /// Balance of both accounts at the end of the period: `opening + all.deposits - all.debits`.
    pub closing: Amount,
    /// Sums over all movements of the period, without the filter.
    pub all: Sums,
    /// Sums over the movements that match the filter, which equal the sums of the groups.
    pub shown: Sums,
    /// Movements by service, the largest debits first and movements without a service last. Services without movements are
    /// left out.
    pub groups: Vec<ServiceMovements>,
}

/// Movements of a service in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ServiceMovements {
    /// The service; missing for movements that belong to no service, such as payments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Sums over all buckets.
    pub sums: Sums,
    /// Buckets with movements, oldest first; buckets without movements are left out.
    pub buckets: Vec<Bucket>,
}

/// Movements of a bucket of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Bucket {
    /// Days of the bucket: a day, week, month or year of the calendar, without the days outside of the period.
    pub period: Period,
    /// Sums over the movements of the bucket.
    pub sums: Sums,
}

/// Reply of [`GetExpenses`]. An expense is the sum of a service's debits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Expenses {
    /// Days of the report.
    pub period: Period,
    /// The period of the same length right before, see [`Period::preceding`].
    pub preceding: Period,
    /// Length of a bucket.
    #[serde(with = "granularity_code")]
    #[cfg_attr(feature = "openapi", schemars(with = "Granularity"))]
    pub granularity: Granularity,
    /// ISO 4217 code.
    pub currency: String,
    /// Instant for which the figures are valid.
    pub as_of: Instant,
    /// Sum over all services in the period.
    pub total: Amount,
    /// Sum over all services in the preceding period.
    pub preceding_total: Amount,
    /// All buckets of the period, including those without expenses, oldest first.
    pub buckets: Vec<Period>,
    /// Services with expenses in either period, the largest first.
    pub services: Vec<ServiceExpenses>,
}

/// Expenses for one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ServiceExpenses {
    /// The service; missing for debits that belong to no service, such as an expired bonus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Sum in the period.
    pub total: Amount,
    /// Sum in the preceding period.
    pub preceding: Amount,
    /// Sums by bucket, one for each of [`Expenses::buckets`].
    pub buckets: Vec<Amount>,
}

/// Reads and writes a granularity by its name.
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
