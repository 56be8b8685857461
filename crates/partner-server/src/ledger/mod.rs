//! The ledger of a client: booking movements ([`book`]) and summing them up (`report`). No I/O.
//!
//! Amounts are millionths of the currency's unit ("micros"). A *counted* amount is an exact amount after rounding by the
//! kopeck rule. Balances change by counted amounts, so all sums are exact to the kopeck.

pub mod book;
pub mod report;
#[cfg(test)]
pub mod tests;

use partner_api::{
    Amount, Day, UnixTime,
    ledger::{Account, Direction, Movement, MovementKind},
};

/// A kopeck in micros.
pub const KOPECK: i64 = 10_000;

/// Rounds an exact amount by the kopeck rule, see [`Amount::rounded`].
pub fn counted(exact: i64) -> i64 {
    Amount::from_micros(exact).rounded().to_micros().unwrap_or(exact)
}

/// The last line of a page: the next page starts after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LineMarker {
    pub day: i32,
    pub seq: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub day: Day,
    /// Order within the day.
    pub seq: i64,
    /// Permanent number of the line within the day.
    pub number: i64,
    pub at: UnixTime,
    /// Code of the service; empty if the line belongs to none.
    pub service: String,
    pub kind: MovementKind,
    pub account: Account,
    pub description: Option<String>,
    pub exact: i64,
    pub counted: i64,
    /// Balance of both accounts after the line.
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

/// A part of the bonus account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusPart {
    pub left: i64,
    /// Group of services that it pays for; `None`: all services.
    pub group: Option<String>,
    /// Last day on which it can be spent.
    pub expires: Option<Day>,
}

impl BonusPart {
    /// Fractions of a kopeck cannot be spent.
    const fn usable(&self) -> i64 {
        self.left - self.left % KOPECK
    }
}

/// Sum of the lines of a day by service and direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySum {
    pub day: Day,
    pub service: String,
    pub direction: Direction,
    pub counted: i64,
    pub lines: i64,
    pub rounded: i64,
}
