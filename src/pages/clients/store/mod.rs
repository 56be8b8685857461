//! All rows of the clients list in the browser's memory: start here to add a column, a filter or an order.
//!
//! [`ClientStore`] keeps clients, invitations and unreadable elements by identity ([`RowKey`]) and reports what a refresh
//! changed; a [`Viewer`] answers a [`ViewQuery`] with a [`View`]: which rows, in which order, and how many per filter. A
//! key is never given to another row, so selection, scroll position and focus survive every refresh.

mod by_text;
mod fold;
mod merge;
mod order;
mod row;
mod shown;
#[cfg(test)]
mod tests;
mod texts;
mod view;

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use partner_api::rules::{ClientState, Misfit, Operation, allowed};
use rustc_hash::FxHasher;

pub use self::{
    order::SortKey,
    shown::{Balance, RowRef},
    view::{Counts, QuickFilter, View, ViewQuery, Viewer},
};
use self::{
    row::{Kind, Outlook, Row},
    texts::Texts,
};
use crate::{browser::lowercase::lowercase, ui::selection::Key};

/// Identity of a row: cheap to copy, the same over every refresh, never another row's.
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

/// What a merge changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that came.
    pub added: Vec<RowKey>,
    /// Rows with another state, text, balance or time than before.
    pub changed: Vec<RowKey>,
    /// Rows that left.
    pub removed: Vec<RowKey>,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// These changes and then those.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        self.added.extend(later.added);
        self.changed.extend(later.changed);
        self.removed.extend(later.removed);
        self
    }
}

/// Which of some rows an operation fits, and why it does not fit the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Rows that the operation fits, in the order they were given.
    pub fitting: Vec<RowKey>,
    /// Reasons of the other rows, and how many rows have each.
    pub misfits: Vec<(Misfit, usize)>,
}

/// Counters that tell a [`Viewer`] which of its results still hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stamps {
    /// A row came, or a text of one changed.
    texts: u64,
    /// A row came or left, or the state of one changed.
    states: u64,
    /// A balance or a time changed.
    facts: u64,
}

/// All rows of the list.
#[derive(Clone, Debug, Default)]
pub struct ClientStore {
    /// By key. A row that left stays, for its identity: it may come back.
    rows: Vec<Row>,
    /// By key; `None` for a row that left.
    states: Vec<Option<ClientState>>,
    /// By key: how long the balance lasts. Beside the rows, as filtering and counting read it for all of them.
    outlooks: Vec<Outlook>,
    /// By key: whether the listing that is under way has named the row.
    listed: Vec<bool>,
    /// By key: the folded texts.
    texts: Texts,
    keys: HashTable<u32>,
    currencies: Vec<Box<str>>,
    nameless_clients: u32,
    len: usize,
    stamps: Stamps,
}

impl ClientStore {
    /// A store without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A row; none after it left.
    pub fn row(&self, key: RowKey) -> Option<RowRef<'_>> {
        let state = self.states.get(key.index()).copied().flatten()?;
        Some(RowRef { row: &self.rows[key.index()], key, state, currencies: &self.currencies })
    }

    /// Whether the row has not left.
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

    /// The first row with this email address, whatever its case.
    pub fn with_email(&self, email: &str) -> Option<RowRef<'_>> {
        let email = lowercase(email.trim());
        let is_same = |it: &str| if it.is_ascii() { it.eq_ignore_ascii_case(&email) } else { lowercase(it) == email };
        self.rows().find(|row| row.email().is_some_and(is_same))
    }

    /// Which of the rows the operation fits, and why it does not fit the others. Rows that left count for neither.
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

/// Fast, and enough: whoever could choose the ids to collide could as well send a list that is too long.
fn hash(kind: Kind, id: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one((kind, id))
}
