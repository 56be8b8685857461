//! The movements of the statement. All of them are loaded, page after page.

use leptos::prelude::*;
use partner_api::{
    ListMovements,
    endpoint::ClientPath,
    ledger::{LedgerFilter, LedgerQuery, Movement, MovementsPage},
};

use crate::{
    data::paged::{Paged, Source},
    session::Session,
};

/// Movements of the first page: few, so that it arrives early.
const FIRST_PAGE: u32 = 200;
/// Movements of every further page: few enough to decode within a frame or two.
const NEXT_PAGES: u32 = 2_000;

/// The movements that have arrived so far.
#[derive(Clone, Copy)]
pub struct Statement {
    lines: RwSignal<Vec<Movement>>,
    /// Filter of `lines`.
    filter: RwSignal<Option<LedgerFilter>>,
    /// Number of times that `lines` was replaced, so that rows of another filter are drawn again.
    edition: RwSignal<u32>,
    pages: Paged<ListMovements>,
}

impl Statement {
    /// The calling component owns the statement.
    pub fn new(session: Session) -> Self {
        Self {
            lines: RwSignal::new(Vec::new()),
            filter: RwSignal::new(None),
            edition: RwSignal::new(0),
            pages: Paged::all_pages(session),
        }
    }

    /// Loads the movements of a filter. The old ones stay until the first page arrives.
    pub fn load(self, path: ClientPath, filter: LedgerFilter) {
        let query = filter.query();
        self.pages.restart(Source {
            path,
            query: Box::new(move |marker| {
                let limit = if marker.is_none() { FIRST_PAGE } else { NEXT_PAGES };
                LedgerQuery { limit: Some(limit.to_string()), marker, ..query.clone() }
            }),
            on_page: Box::new(move |page, is_first| self.store(page, is_first.then_some(&filter))),
        });
    }

    /// Untracked, for event handlers.
    pub fn has_failed(self) -> bool {
        self.pages.has_failed()
    }

    /// The requests of the pages.
    pub fn pages(self) -> Paged<ListMovements> {
        self.pages
    }

    /// Number of movements that have arrived.
    pub fn count(self) -> usize {
        self.lines.with(Vec::len)
    }

    /// Untracked, because a row is drawn again by its key.
    pub fn line(self, at: usize) -> Option<Movement> {
        self.lines.with_untracked(|lines| lines.get(at).cloned())
    }

    /// Reads the filter of the movements that have arrived. `None` before the first page.
    pub fn with_filter<T>(self, read: impl FnOnce(Option<&LedgerFilter>) -> T) -> T {
        self.filter.with(|filter| read(filter.as_ref()))
    }

    /// Changes when the movements are replaced.
    pub fn edition(self) -> u32 {
        self.edition.get()
    }

    fn store(self, page: MovementsPage, first_of: Option<&LedgerFilter>) {
        if let Some(filter) = first_of {
            self.lines.set(page.data);
            self.filter.set(Some(filter.clone()));
            self.edition.update(|edition| *edition += 1);
        } else {
            self.lines.update(|lines| lines.extend(page.data));
        }
    }
}
