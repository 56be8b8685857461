//! The movements of the statement. The app loads all movements of the period, one page after another.

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

/// Number of movements on the first page. It is small, so that the first rows appear quickly.
const FIRST_PAGE: u32 = 200;
/// Number of movements on every further page. It is limited, so that decoding a page does not block the browser for
/// long.
const NEXT_PAGES: u32 = 2_000;

/// The movements that have been loaded so far.
#[derive(Clone, Copy)]
pub struct Statement {
    lines: RwSignal<Vec<Movement>>,
    /// The filter that `lines` were requested with. `None` until the first page has arrived.
    filter: RwSignal<Option<LedgerFilter>>,
    /// Counts how often `lines` were replaced. Row keys contain the count, so rows are drawn again after a replacement.
    edition: RwSignal<u32>,
    pages: Paged<ListMovements>,
}

impl Statement {
    /// Call this in the page component: the signals are disposed of together with the calling component.
    pub fn new(session: Session) -> Self {
        Self {
            lines: RwSignal::new(Vec::new()),
            filter: RwSignal::new(None),
            edition: RwSignal::new(0),
            pages: Paged::all_pages(session),
        }
    }

    /// Loads the movements that match the filter. The previous movements stay visible until the first page arrives.
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

    /// Whether the last request failed. Reads without tracking, because only event handlers call it.
    pub fn has_failed(self) -> bool {
        self.pages.has_failed()
    }

    /// The requests that load the movements, one per page.
    pub fn pages(self) -> Paged<ListMovements> {
        self.pages
    }

    /// Number of movements that have been loaded so far.
    pub fn count(self) -> usize {
        self.lines.with(Vec::len)
    }

    /// Returns one movement without tracking. Tracking is not needed: the key of a row changes when its movement does.
    pub fn line(self, at: usize) -> Option<Movement> {
        self.lines.with_untracked(|lines| lines.get(at).cloned())
    }

    /// Reads the filter that the loaded movements were requested with. The filter is `None` until the first page has
    /// arrived.
    pub fn with_filter<T>(self, read: impl FnOnce(Option<&LedgerFilter>) -> T) -> T {
        self.filter.with(|filter| read(filter.as_ref()))
    }

    /// A number that changes when movements for another filter, or for a refresh, replace the loaded movements.
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
