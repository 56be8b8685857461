//! The ledger of a client: balance, movements and expenses.
//!
//! The published API has none of these calls; this project added them. Amounts are decimal strings, times are RFC 3339
//! with Moscow's offset, and days are dates in Moscow. Each movement is rounded by the kopeck rule: an amount between 0
//! and 0.01 counts as 0.01, and any other amount is rounded to two decimals ([`Amount::rounded`]). Totals are sums of
//! rounded amounts.

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
    /// Returns the services for which the ledger of a client has movements, sorted by name.
    ListServices: Get "/api/v1/partners/{pid}/clients/{client_pid}/services", Problem, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Services,
}

endpoint! {
    /// Returns all movements of a period one by one, oldest first. Parameters: `from`, `to`, `direction`, `service`,
    /// `limit`, `marker`.
    ListMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: MovementsPage,
    max_items: MAX_MOVEMENTS,
}

endpoint! {
    /// Returns the sums of the movements of a period for each service and bucket. Parameters: `from`, `to`,
    /// `granularity`, `direction`, `service`.
    SummarizeMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements/summary", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: MovementsSummary,
}

endpoint! {
    /// Returns the expenses of a period for each service and bucket, and the expenses of the preceding period of the
    /// same length. Parameters: `from`, `to`, `granularity`, `service`.
    GetExpenses: Get "/api/v1/partners/{pid}/clients/{client_pid}/expenses", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Expenses,
}

endpoint! {
    /// Returns the reply of [`SummarizeMovements`] as a file or, with `view=statement`, the movements of
    /// [`ListMovements`]. Parameters: `from`, `to`, `granularity`, `direction`, `service`, `format`, `locale`, `view`.
    ///
    /// 422 with `too_many` at `/to` if a statement would have more than 200,000 lines.
    ExportMovements: Get "/api/v1/partners/{pid}/clients/{client_pid}/movements/export", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Empty,
    success: Success::File(FILE_TYPES),
}

endpoint! {
    /// Returns the reply of [`GetExpenses`] as a file. Parameters: `from`, `to`, `granularity`, `service`, `format`,
    /// `locale`, `sort`.
    ExportExpenses: Get "/api/v1/partners/{pid}/clients/{client_pid}/expenses/export", Problem, Actor,
    path: ClientPath, query: LedgerQuery, body: Empty, reply: Empty,
    success: Success::File(FILE_TYPES),
}

/// Media type of a CSV file.
pub const CSV: &str = "text/csv; charset=utf-8";
/// Media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FILE_TYPES: &[&str] = &[CSV, XLSX];

/// Direction of a movement: out of an account or into an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Money that leaves an account.
    Debit,
    /// Money that enters an account.
    Deposit,
}

impl Direction {
    /// Name of the direction in JSON and in URLs.
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

/// One of the two accounts of a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Personal account: money that the client paid.
    #[default]
    Personal,
    /// Bonus account: bonuses that the cloud granted. A bonus can be limited to a group of services.
    Bonus,
}

/// Reply of [`GetBalance`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Balance {
    /// Balance of the personal account, without bonuses; negative if the client is in debt.
    pub base: Amount,
    /// Balance of the bonus account.
    pub bonus: Amount,
    /// Currency of all amounts in the reply, as ISO 4217 code.
    pub currency: String,
    /// Time at which the server read the figures.
    pub as_of: Instant,
    /// The bonuses that make up the bonus account, the next to expire first; empty if the server does not list them.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub bonuses: Vec<Bonus>,
    /// Average debit per day over the last 30 complete billing days, or since the day of the first movement if that day
    /// is later. Missing if the ledger has no complete billing day yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_daily_debit: Option<Amount>,
}

impl Balance {
    /// Sum of the balances of the personal and the bonus account.
    pub fn total(&self) -> Amount {
        self.base + self.bonus
    }

    /// Number of whole days until the balance is used up, see [`lasts_days`]; `None` also without an average debit.
    pub fn lasts_days(&self) -> Option<u32> {
        lasts_days(self.total(), self.average_daily_debit?)
    }
}

/// Number of whole days until `total` is used up if `daily_debit` is spent each day. Returns 0 if `total` is negative
/// or less than `daily_debit`. Returns `None` if `daily_debit` is not positive. Also returns `None` for more than
/// 10,000 days, because such a long forecast is useless.
pub fn lasts_days(total: Amount, daily_debit: Amount) -> Option<u32> {
    use rust_decimal::prelude::ToPrimitive;
    if daily_debit.0 <= crate::money::Decimal::ZERO {
        return None;
    }
    let days = total.0.checked_div(daily_debit.0)?.floor().to_i64()?.max(0);
    u32::try_from(days).ok().filter(|days| *days <= 10_000)
}

/// A bonus: a part of the bonus account that can have its own expiry date and can be limited to a group of services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Bonus {
    /// Amount of the bonus that the client has not spent yet.
    pub amount: Amount,
    /// Name of the group of services for which the bonus can pay; missing if the bonus can pay for all services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_group: Option<String>,
    /// Last day on which the client can spend the bonus; missing if the bonus does not expire.
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
    /// Stable code of the service, for example `cloud_servers`.
    pub code: String,
    /// Name of the service for people, for example `Cloud Servers`.
    pub name: String,
    /// Name of the group to which the service belongs, see [`Bonus::service_group`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// Reason for a movement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Debit: the client used a service.
    Usage,
    /// Debit: fixed price of a service for a term, for example of a public IP address for a month.
    Subscription,
    /// Deposit: the client paid.
    Payment,
    /// Deposit: the cloud granted a bonus.
    Bonus,
    /// Deposit: the cloud refunded a service.
    Refund,
    /// Debit: the unspent amount of an expired bonus.
    Expiry,
    /// A kind that only a newer server knows.
    #[default]
    #[serde(other)]
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

/// A movement: one line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Movement {
    /// Opaque id, which is unique within the client's ledger.
    pub id: String,
    /// Time of the movement. A debit that grows during a day has the time of its latest change.
    pub at: Instant,
    /// Whether money leaves or enters the account.
    pub direction: Direction,
    /// Reason for the movement, for example a payment or the usage of a service.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub kind: MovementKind,
    /// Code of the service for which money moves; missing if the movement belongs to no service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The account that the movement changes.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub account: Account,
    /// Description that the cloud provides, for example the name of a resource or the number of a payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Amount, rounded by the kopeck rule: an amount between 0 and 0.01 counts as 0.01, any other amount is rounded to
    /// two decimals. Never negative.
    pub amount: Amount,
    /// Exact amount before rounding; missing if rounding does not change the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Amount>,
    /// Sum of the personal and the bonus account right after the movement, regardless of the filter; missing if the
    /// server does not calculate this balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Amount>,
}

/// Reply of [`ListMovements`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MovementsPage {
    /// The movements, oldest first.
    pub data: Vec<Movement>,
    /// Opaque position for the query of the next page; missing on the last page.
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
    /// Number of movements in the sums.
    #[serde(default)]
    pub lines: u32,
    /// Number of movements whose amount was changed by rounding, that is, whose exact amount has a fraction of a
    /// kopeck.
    #[serde(default)]
    pub rounded: u32,
}

/// Reply of [`SummarizeMovements`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MovementsSummary {
    /// Days that the summary covers.
    pub period: Period,
    /// Length of each bucket.
    #[serde(with = "granularity_code")]
    #[cfg_attr(feature = "openapi", schemars(with = "Granularity"))]
    pub granularity: Granularity,
    /// Currency of all amounts in the reply, as ISO 4217 code.
    pub currency: String,
    /// Time at which the server read the figures.
    pub as_of: Instant,
    /// Sum of the personal and the bonus account at the beginning of the period.
    pub opening: Amount,
    /// Sum of the personal and the bonus account at the end of the period: `opening + all.deposits - all.debits`.
    pub closing: Amount,
    /// Sums over all movements of the period, regardless of the filter.
    pub all: Sums,
    /// Sums over the movements that match the filter. They equal the sums over all groups.
    pub shown: Sums,
    /// Movements for each service. The service with the largest debits comes first; movements without a service come
    /// last. Services without movements are omitted.
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
    /// Buckets with movements, oldest first. Buckets without movements are omitted.
    pub buckets: Vec<Bucket>,
}

/// Sums over the movements of one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Bucket {
    /// Days of the bucket: a calendar day, week, month or year, without the days outside the period of the report.
    pub period: Period,
    /// Sums over the movements of the bucket.
    pub sums: Sums,
}

/// Reply of [`GetExpenses`]. An expense is the sum of a service's debits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Expenses {
    /// Days that the report covers.
    pub period: Period,
    /// Period of the same length that ends right before `period` begins, see [`Period::preceding`].
    pub preceding: Period,
    /// Length of each bucket.
    #[serde(with = "granularity_code")]
    #[cfg_attr(feature = "openapi", schemars(with = "Granularity"))]
    pub granularity: Granularity,
    /// Currency of all amounts in the reply, as ISO 4217 code.
    pub currency: String,
    /// Time at which the server read the figures.
    pub as_of: Instant,
    /// Expenses for all services in the period.
    pub total: Amount,
    /// Expenses for all services in the preceding period.
    pub preceding_total: Amount,
    /// All buckets of the period, including those without expenses, oldest first.
    pub buckets: Vec<Period>,
    /// Services with expenses in either period. The service with the largest expenses comes first.
    pub services: Vec<ServiceExpenses>,
}

/// Expenses for one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ServiceExpenses {
    /// The service; missing for debits that belong to no service, such as an expired bonus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Expenses for the service in the period.
    pub total: Amount,
    /// Expenses for the service in the preceding period.
    pub preceding: Amount,
    /// Expenses for the service in each bucket, in the order of [`Expenses::buckets`].
    pub buckets: Vec<Amount>,
}

/// Parses and writes a granularity by name, because `Granularity` itself has no serde implementation.
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
