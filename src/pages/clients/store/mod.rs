//! Stores all rows of the client list in memory. Start here to add a column, a filter or a sort order.
//!
//! [`ClientStore`] contains clients, invitations and unreadable entries. Each of these rows has a [`RowKey`] that
//! always identifies the same row, so that the selection and the focus survive a refresh. [`Viewer`] computes a
//! [`View`] for a [`ViewQuery`]: the matching rows in display order, and the number of rows per filter.

mod fold;
mod merge;
mod order;
mod row;
mod row_ref;
mod sort;
#[cfg(test)]
mod tests;
mod text_sort;
mod texts;
mod view;

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use partner_api::rules::{ClientState, Misfit, Operation, allowed};
use rustc_hash::FxHasher;

pub use self::{
    order::SortKey,
    row_ref::{Balance, RowRef},
    view::{Counts, QuickFilter, View, ViewQuery, Viewer},
};
use self::{
    row::{Kind, Outlook, Row},
    texts::Texts,
};
use crate::{browser::lowercase::lowercase, ui::selection::Key};

/// Identifies a row. A row keeps its key when the list is refreshed, and no other row ever gets the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(u32);

impl Key for RowKey {
    fn index(self) -> usize {
        self.0 as usize
    }

    fn from_index(index: usize) -> Self {
        Self(index as u32)
    }
}

/// Result of [`ClientStore::fit`]: rows that allow an operation, and reasons why other rows do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Rows that allow the operation, in the order of the argument `keys`.
    pub fitting: Vec<RowKey>,
    /// The reasons why other rows do not allow the operation, and the number of rows per reason.
    pub misfits: Vec<(Misfit, usize)>,
}

/// Counters of changes to the store. A [`Viewer`] compares counters to find out which of its cached results are still
/// valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stamps {
    /// Increases when rows are added or texts change.
    texts: u64,
    /// Increases when rows are added or removed, or when states change.
    states: u64,
    /// Increases when balances, dates or email data of known rows change.
    facts: u64,
}

/// All rows of the client list. The vectors about rows have one entry per row, at the index `RowKey::index`.
#[derive(Clone, Debug, Default)]
pub struct ClientStore {
    /// Data of each row. A removed row keeps its entry, because the row may come back.
    rows: Vec<Row>,
    /// State of each row. `None` if the row was removed.
    states: Vec<Option<ClientState>>,
    /// Whether the balance of each row runs out soon. Separate from `rows`, because filters read this value for every
    /// row, and reading a compact vector is faster.
    outlooks: Vec<Outlook>,
    /// Whether the current listing has contained the row.
    is_listed: Vec<bool>,
    /// The folded text of each row, for searching.
    texts: Texts,
    keys: HashTable<u32>,
    currencies: Vec<Box<str>>,
    /// Number of clients without a readable PID in the current listing.
    nameless_clients: u32,
    len: usize,
    stamps: Stamps,
}

impl ClientStore {
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of rows, without removed rows.
    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns a row. `None` if the row was removed.
    pub fn row(&self, key: RowKey) -> Option<RowRef<'_>> {
        let state = self.states.get(key.index()).copied().flatten()?;
        Some(RowRef { row: &self.rows[key.index()], key, state, currencies: &self.currencies })
    }

    /// Whether the store has the row. `false` if the row was removed.
    pub fn contains(&self, key: RowKey) -> bool {
        self.states.get(key.index()).copied().flatten().is_some()
    }

    /// All rows except removed rows, in no particular order.
    pub fn rows(&self) -> impl Iterator<Item = RowRef<'_>> {
        (0..self.rows.len()).filter_map(|index| self.row(RowKey::from_index(index)))
    }

    pub fn client(&self, pid: &str) -> Option<RowKey> {
        self.find(Kind::Client, pid).map(RowKey).filter(|key| self.contains(*key))
    }

    pub fn invitation(&self, iid: &str) -> Option<RowKey> {
        self.find(Kind::Invitation, iid).map(RowKey).filter(|key| self.contains(*key))
    }

    /// Finds the first row with this email. Ignores case.
    pub fn with_email(&self, email: &str) -> Option<RowRef<'_>> {
        let email = lowercase(email.trim());
        let is_same = |it: &str| if it.is_ascii() { it.eq_ignore_ascii_case(&email) } else { lowercase(it) == email };
        self.rows().find(|row| row.email().is_some_and(is_same))
    }

    /// Splits rows into those whose state allows the operation and those whose state does not. Skips removed rows.
    pub fn fit(&self, operation: Operation, keys: &[RowKey]) -> Fit {
        let mut fit = Fit::default();
        for row in keys.iter().filter_map(|key| self.row(*key)) {
            match allowed(operation, row.state()) {
                Ok(()) => fit.fitting.push(row.key()),
                Err(misfit) => match fit.misfits.iter_mut().find(|(known, _)| *known == misfit) {
                    Some((_, count)) => *count += 1,
                    None => fit.misfits.push((misfit, 1)),
                },
            }
        }
        fit
    }

    fn find(&self, kind: Kind, id: &str) -> Option<u32> {
        let is_it = |key: &u32| {
            let row = &self.rows[*key as usize];
            row.kind == kind && row.id() == id
        };
        self.keys.find(hash(kind, id), is_it).copied()
    }
}

/// Uses a fast hash without protection against deliberate collisions. Only the server chooses ids, and a malicious
/// server could harm the app in simpler ways, for example by sending too many rows.
fn hash(kind: Kind, id: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one((kind, id))
}
