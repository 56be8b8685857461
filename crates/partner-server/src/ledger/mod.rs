//! The ledger of a client: how a movement is booked ([`book`]) and how movements are summed up (`report`). No I/O.
//!
//! Amounts are millionths of the currency's unit ("micros"). A *counted* amount is what the kopeck rule makes of an
//! exact one: balances move by counted amounts, so that everything adds up to the kopeck.

pub mod book;
pub(crate) mod report;
#[cfg(test)]
pub(crate) mod tests;

use partner_api::{
    Amount, Day, UnixTime,
    ledger::{Account, Direction, Movement, MovementKind},
};

/// A kopeck.
pub(crate) const KOPECK: i64 = 10_000;

/// What is counted of an exact amount: [`Amount::rounded`].
pub(crate) fn counted(exact: i64) -> i64 {
    Amount::from_micros(exact).rounded().to_micros().unwrap_or(exact)
}

/// Where a page of movements ends: its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct LineMarker {
    pub(crate) day: i32,
    pub(crate) seq: i64,
}

/// A line of the ledger, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) day: Day,
    /// Order within the day.
    pub(crate) seq: i64,
    /// Names the line within the day, for good.
    pub(crate) number: i64,
    pub(crate) at: UnixTime,
    /// Code of the service; empty where it belongs to none.
    pub(crate) service: String,
    pub(crate) kind: MovementKind,
    pub(crate) account: Account,
    pub(crate) description: Option<String>,
    pub(crate) exact: i64,
    pub(crate) counted: i64,
    /// Of both accounts, right after it.
    pub(crate) balance: i64,
}

impl Line {
    pub(crate) const fn direction(&self) -> Direction {
        match self.kind {
            MovementKind::Payment | MovementKind::Bonus | MovementKind::Refund => Direction::Deposit,
            _ => Direction::Debit,
        }
    }

    pub(crate) const fn is_rounded(&self) -> bool {
        self.exact != self.counted
    }

    pub(crate) const fn marker(&self) -> LineMarker {
        LineMarker { day: self.day.number(), seq: self.seq }
    }

    /// As on the wire.
    pub(crate) fn movement(self) -> Movement {
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
pub(crate) struct BonusPart {
    pub(crate) left: i64,
    /// `None`: good for all services.
    pub(crate) group: Option<String>,
    /// Last day on which it can be spent.
    pub(crate) expires: Option<Day>,
}

impl BonusPart {
    /// Fractions of a kopeck cannot be counted, hence not be spent.
    const fn usable(&self) -> i64 {
        self.left - self.left % KOPECK
    }
}

/// Sum of the lines of a day, a service and a direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DaySum {
    pub(crate) day: Day,
    pub(crate) service: String,
    pub(crate) direction: Direction,
    pub(crate) counted: i64,
    pub(crate) lines: i64,
    pub(crate) rounded: i64,
}
