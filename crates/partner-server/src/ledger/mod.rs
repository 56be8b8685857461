//! The ledger of a client: how a movement is booked ([`book`]) and how movements are summed up (`report`). No I/O.
//!
//! Amounts are millionths of the currency's unit ("micros"). A *counted* amount is what the kopeck rule makes of an
//! exact one: balances move by counted amounts, so that everything adds up to the kopeck.

pub mod book;
pub mod report;
#[cfg(test)]
pub mod tests;

use partner_api::{
    Amount, Day, UnixTime,
    ledger::{Account, Direction, Movement, MovementKind},
};

/// A kopeck.
pub const KOPECK: i64 = 10_000;

/// What is counted of an exact amount: [`Amount::rounded`].
pub fn counted(exact: i64) -> i64 {
    Amount::from_micros(exact).rounded().to_micros().unwrap_or(exact)
}

/// Where a page of movements ends: its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LineMarker {
    pub day: i32,
    pub seq: i64,
}

/// A line of the ledger, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub day: Day,
    /// Order within the day.
    pub seq: i64,
    /// Names the line within the day, for good.
    pub number: i64,
    pub at: UnixTime,
    /// Code of the service; empty where it belongs to none.
    pub service: String,
    pub kind: MovementKind,
    pub account: Account,
    pub description: Option<String>,
    pub exact: i64,
    pub counted: i64,
    /// Of both accounts, right after it.
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

    /// As on the wire.
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
    /// `None`: good for all services.
    pub group: Option<String>,
    /// Last day on which it can be spent.
    pub expires: Option<Day>,
}

impl BonusPart {
    /// Fractions of a kopeck cannot be counted, hence not be spent.
    const fn usable(&self) -> i64 {
        self.left - self.left % KOPECK
    }
}

/// Sum of the lines of a day, a service and a direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySum {
    pub day: Day,
    pub service: String,
    pub direction: Direction,
    pub counted: i64,
    pub lines: i64,
    pub rounded: i64,
}
