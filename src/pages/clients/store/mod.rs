//! All rows of the client list in memory. Start here to add a column, a filter or an order.
//!
//! [`ClientStore`] keeps clients, invitations and unreadable entries under a [`RowKey`] each. A [`Viewer`] answers a
//! [`ViewQuery`] with a [`View`]: the rows that match, their order, and the number of rows per filter. A key always
//! means the same row, so selection, scroll position and focus survive a refresh.

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

/// Identity of a row. It survives refreshes, and no other row ever gets it.
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

/// Result of [`ClientStore::fit`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Rows that allow the operation, in the order they were given.
    pub fitting: Vec<RowKey>,
    /// Why the other rows do not allow it, and the number of rows per reason.
    pub misfits: Vec<(Misfit, usize)>,
}

/// Counters of changes. They tell a [`Viewer`] which of its cached results are still valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stamps {
    /// Rows were added, or texts changed.
    texts: u64,
    /// Rows were added or removed, or states changed.
    states: u64,
    /// Balances or dates changed.
    facts: u64,
}

/// All rows of the list.
#[derive(Clone, Debug, Default)]
pub struct ClientStore {
    /// By key. A removed row keeps its index, because the row may come back.
    rows: Vec<Row>,
    /// By key. `None` for a row that was removed.
    states: Vec<Option<ClientState>>,
    /// By key. Separate from the rows, because filtering and counting read it for every row.
    outlooks: Vec<Outlook>,
    /// By key: whether the current listing has contained the row.
    is_listed: Vec<bool>,
    /// By key: the texts that are searched.
    texts: Texts,
    keys: HashTable<u32>,
    currencies: Vec<Box<str>>,
    /// Clients without a readable PID in the current listing.
    nameless_clients: u32,
    len: usize,
    stamps: Stamps,
}

impl ClientStore {
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of rows.
    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// `None` for a row that was removed.
    pub fn row(&self, key: RowKey) -> Option<RowRef<'_>> {
        let state = self.states.get(key.index()).copied().flatten()?;
        Some(RowRef { row: &self.rows[key.index()], key, state, currencies: &self.currencies })
    }

    /// `false` for a row that was removed.
    pub fn contains(&self, key: RowKey) -> bool {
        self.states.get(key.index()).copied().flatten().is_some()
    }

    /// All rows, in no particular order.
    pub fn rows(&self) -> impl Iterator<Item = RowRef<'_>> {
        (0..self.rows.len()).filter_map(|index| self.row(RowKey::from_index(index)))
    }

    /// The client with this PID.
    pub fn client(&self, pid: &str) -> Option<RowKey> {
        self.find(Kind::Client, pid).map(RowKey).filter(|key| self.contains(*key))
    }

    /// The invitation with this id.
    pub fn invitation(&self, iid: &str) -> Option<RowKey> {
        self.find(Kind::Invitation, iid).map(RowKey).filter(|key| self.contains(*key))
    }

    /// The first row with this email, compared without case.
    pub fn with_email(&self, email: &str) -> Option<RowRef<'_>> {
        let email = lowercase(email.trim());
        let is_same = |it: &str| if it.is_ascii() { it.eq_ignore_ascii_case(&email) } else { lowercase(it) == email };
        self.rows().find(|row| row.email().is_some_and(is_same))
    }

    /// Splits rows by whether their state allows the operation. Skips removed rows.
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

/// A fast hash without protection against collisions: the server chooses the ids, and could send too many rows just as
/// well.
fn hash(kind: Kind, id: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one((kind, id))
}
