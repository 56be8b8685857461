//! The ledger of a client: books movements ([`book`]) and adds them up (`report`). The module does no I/O.
//!
//! Amounts are millionths of the currency unit ("micros"). A *counted* amount is an amount rounded by the kopeck rule:
//! an amount between 0 and 0.01 counts as 0.01, and any other amount is rounded to two decimals. Movements change
//! balances by counted amounts, so the movements that the app shows add up exactly to the change of the balance.

pub mod book;
pub mod report;
#[cfg(test)]
pub mod tests;

use partner_api::{
    Amount, Day, UnixTime,
    ledger::{Account, Direction, Movement, MovementKind},
};

/// A kopeck (0.01 of the currency unit) in micros.
pub const KOPECK: i64 = 10_000;

/// Rounds an exact amount in micros by the kopeck rule, see [`Amount::rounded`].
pub fn counted(exact: i64) -> i64 {
    Amount::from_micros(exact).rounded().to_micros().unwrap_or(exact)
}

/// The last line of a page of movements. The next page starts after this line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LineMarker {
    pub day: i32,
    pub seq: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub day: Day,
    /// Position of the line within the day. A line moves to the end of the day when later usage is merged into the
    /// line.
    pub seq: i64,
    /// Number of the line within the day, which never changes.
    pub number: i64,
    pub at: UnixTime,
    /// Code of the service; empty if the line belongs to no service.
    pub service: String,
    pub kind: MovementKind,
    pub account: Account,
    pub description: Option<String>,
    pub exact: i64,
    pub counted: i64,
    /// Sum of the personal and the bonus account after the line, in micros.
    pub balance: i64,
}

impl Line {
    pub const fn direction(&self) -> Direction {
        match self.kind {
            MovementKind::Payment | MovementKind::Bonus | MovementKind::Refund => Direction::Deposit,
            _ => Direction::Debit,
        }
    }

    pub const fn is_rounded(&self) -> bool {
        self.exact != self.counted
    }

    pub const fn marker(&self) -> LineMarker {
        LineMarker { day: self.day.number(), seq: self.seq }
    }

    pub fn movement(self) -> Movement {
        Movement {
            id: format!("{}-{}", self.day, self.number),
            at: partner_api::Instant(self.at),
            direction: self.direction(),
            kind: self.kind,
            account: self.account,
            amount: Amount::from_micros(self.counted),
            exact: self.is_rounded().then(|| Amount::from_micros(self.exact)),
            balance: Some(Amount::from_micros(self.balance)),
            service: Some(self.service).filter(|code| !code.is_empty()),
            description: self.description,
        }
    }
}

/// A bonus, which is a part of the bonus account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusPart {
    pub left: i64,
    /// Group of services for which the bonus can pay; `None` if the bonus can pay for all services.
    pub group: Option<String>,
    /// Last day on which the client can spend the bonus; `None` if the bonus does not expire.
    pub expires: Option<Day>,
}

impl BonusPart {
    /// Returns the amount that the client can spend. Fractions of a kopeck cannot be spent.
    const fn usable(&self) -> i64 {
        self.left - self.left % KOPECK
    }
}

/// Sum of all lines of a day that have the same service and direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySum {
    pub day: Day,
    pub service: String,
    pub direction: Direction,
    pub counted: i64,
    pub lines: i64,
    pub rounded: i64,
}
