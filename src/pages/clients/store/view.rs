//! Computes the rows that the list shows for a search, a filter and a sort order. Caches intermediate results, so that
//! a change repeats only the necessary steps.

use std::sync::Arc;

use partner_api::rules::ClientState;

use super::{
    ClientStore, RowKey, Stamps,
    fold::Search,
    order::{Order, SortKey},
    row::Outlook,
};
use crate::ui::selection::Visible;

/// A filter above the list. Users choose exactly one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuickFilter {
    #[default]
    All,
    /// Clients that can sign in.
    Active,
    /// Clients that are blocked and so cannot sign in.
    Blocked,
    /// Invitations, pending or expired. Clients do not match.
    Invited,
    /// Clients whose balance lasts at most seven days.
    RunsOut,
}

impl QuickFilter {
    /// All filters, in the order in which the page shows them.
    pub const ALL: [Self; 5] = [Self::All, Self::Active, Self::Blocked, Self::Invited, Self::RunsOut];

    /// The value of the query parameter for this filter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Invited => "invited",
            Self::RunsOut => "runs_out",
        }
    }

    /// The inverse of [`Self::as_str`]. `None` if no filter has this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.as_str() == name)
    }

    const fn admits(self, state: ClientState, outlook: Outlook) -> bool {
        match self {
            Self::All => true,
            Self::Active => matches!(state, ClientState::Active),
            Self::Blocked => matches!(state, ClientState::Blocked),
            Self::Invited => state.is_invitation(),
            Self::RunsOut => matches!(outlook, Outlook::RunsOut),
        }
    }
}

/// The search, filter and sort order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewQuery {
    /// The search text as typed. A row matches if each of the words is in its email, name, identifier, phone number or
    /// PID. A text that looks like a phone number also matches by its digits.
    pub search: String,
    pub filter: QuickFilter,
    pub sort: SortKey,
    /// Whether the order is descending. Rows without a value come last in both directions.
    pub descending: bool,
}

/// Number of rows for each quick filter, and numbers for notices above the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that match the search.
    pub all: usize,
    /// Clients that match the search and can sign in.
    pub active: usize,
    /// Clients that match the search and are blocked.
    pub blocked: usize,
    /// Pending and expired invitations that match the search.
    pub invited: usize,
    /// Clients that match the search and whose balance lasts at most seven days.
    pub runs_out: usize,
    /// Rows for which the app knows how long the balance lasts, including rows that do not match the search.
    pub with_outlook: usize,
    /// Rows that the app cannot read, including rows that do not match the search.
    pub unreadable: usize,
    /// All rows, including rows that do not match the search.
    pub total: usize,
}

impl Counts {
    /// The number of rows that match the search and the filter.
    pub const fn of(&self, filter: QuickFilter) -> usize {
        match filter {
            QuickFilter::All => self.all,
            QuickFilter::Active => self.active,
            QuickFilter::Blocked => self.blocked,
            QuickFilter::Invited => self.invited,
            QuickFilter::RunsOut => self.runs_out,
        }
    }
}

/// The rows that the list shows. Cloning is cheap, because clones share the list of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The keys of the rows, in display order.
    pub keys: Arc<[RowKey]>,
    pub counts: Counts,
    /// A number that changes when the search, the filter or the sort order changes, but not when the list is refreshed.
    pub arrangement: u64,
}

impl Default for View {
    fn default() -> Self {
        Self { keys: Arc::new([]), counts: Counts::default(), arrangement: 0 }
    }
}

impl View {
    pub fn visible(&self) -> Visible<'_, RowKey> {
        Visible { keys: &self.keys, arrangement: self.arrangement }
    }
}

/// Computes views of one store. Caches the order of each column, the result of the last search, and the last view.
#[derive(Debug, Default)]
pub struct Viewer {
    orders: [Option<(Stamps, Order)>; SortKey::ALL.len()],
    /// The result of the last search: the counter of text changes at that time, the search, and for each key whether
    /// the row matches.
    matching: Option<(u64, Search, Vec<bool>)>,
    last: Option<(Stamps, ViewQuery, View)>,
}

impl Viewer {
    pub fn view(&mut self, store: &ClientStore, query: &ViewQuery) -> View {
        let arrangement = match &self.last {
            Some((stamps, known, view)) if known == query => {
                if *stamps == store.stamps {
                    return view.clone();
                }
                view.arrangement
            }
            Some((_, _, view)) => view.arrangement + 1,
            None => 1,
        };
        self.search(store, &query.search);
        self.sort(store, query.sort);
        let matching = self.matching.as_ref().map(|(_, _, matching)| &matching[..]);
        let order = self.orders[query.sort as usize].as_ref().map(|(_, order)| order);
        let counts = count(store, matching);
        let mut keys = Vec::with_capacity(counts.of(query.filter));
        let is_shown = |row: u32| {
            store.states[row as usize].is_some_and(|state| query.filter.admits(state, store.outlooks[row as usize]))
                && matching.is_none_or(|matching| matching[row as usize])
        };
        if let Some(order) = order {
            order.each(query.descending, |row| {
                if is_shown(row) {
                    keys.push(RowKey(row));
                }
            });
        }
        let view = View { keys: keys.into(), counts, arrangement };
        self.last = Some((store.stamps, query.clone(), view.clone()));
        view
    }

    fn search(&mut self, store: &ClientStore, typed: &str) {
        let search = Search::parse(typed);
        self.matching = match self.matching.take() {
            _ if search.is_empty() => None,
            Some((stamp, known, mut matching)) if stamp == store.stamps.texts && search.narrows(&known) => {
                if known != search {
                    store.texts.narrow(&search, &mut matching);
                }
                Some((stamp, search, matching))
            }
            _ => {
                let matching = store.texts.find(&search);
                Some((store.stamps.texts, search, matching))
            }
        };
    }

    /// Sorts the rows by a column. Rows with equal values are sorted by email, and rows with equal emails by key.
    fn sort(&mut self, store: &ClientStore, key: SortKey) {
        let wanted = key.depends_on(store.stamps);
        if self.orders[key as usize].as_ref().is_some_and(|(known, _)| *known == wanted) {
            return;
        }
        let order = if key == SortKey::Email {
            Order::new(store, key, &mut (0..store.rows.len() as u32))
        } else {
            self.sort(store, SortKey::Email);
            let emails = self.orders[SortKey::Email as usize].as_ref().map_or(&[][..], |(_, order)| order.rows());
            Order::new(store, key, &mut emails.iter().copied())
        };
        self.orders[key as usize] = Some((wanted, order));
    }
}

fn count(store: &ClientStore, matching: Option<&[bool]>) -> Counts {
    let mut counts = Counts { total: store.len(), ..Counts::default() };
    for (row, (state, outlook)) in store.states.iter().zip(&store.outlooks).enumerate() {
        let Some(state) = *state else { continue };
        counts.unreadable += usize::from(state == ClientState::Unreadable);
        counts.with_outlook += usize::from(*outlook != Outlook::Unknown);
        if matching.is_none_or(|matching| matching[row]) {
            counts.all += 1;
            counts.active += usize::from(QuickFilter::Active.admits(state, *outlook));
            counts.blocked += usize::from(QuickFilter::Blocked.admits(state, *outlook));
            counts.invited += usize::from(QuickFilter::Invited.admits(state, *outlook));
            counts.runs_out += usize::from(QuickFilter::RunsOut.admits(state, *outlook));
        }
    }
    counts
}
