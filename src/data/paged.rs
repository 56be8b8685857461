//! Lists that endpoints return page by page. If a page fails to load, the pages before it stay.

use std::rc::Rc;

use leptos::prelude::*;
use partner_api::{Endpoint, client::ClientsPage, endpoint::Empty, ledger::MovementsPage};

use super::request::{LatestRequest, RequestState};
use crate::{
    api::{ApiError, Call},
    session::Session,
};

/// A page of a list, as an endpoint returns it.
pub trait Page {
    /// Marker that requests the next page; `None` on the last page.
    fn marker(&self) -> Option<&str>;
}

impl Page for ClientsPage {
    fn marker(&self) -> Option<&str> {
        self.marker.as_deref()
    }
}

impl Page for MovementsPage {
    fn marker(&self) -> Option<&str> {
        self.marker.as_deref()
    }
}

/// The position in a list from which the next page is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Cursor {
    /// The first page has not arrived yet.
    #[default]
    Start,
    At(String),
    /// The last page has arrived.
    End,
}

impl Cursor {
    fn after(page: &impl Page) -> Self {
        page.marker().map_or(Self::End, |marker| Self::At(marker.to_owned()))
    }

    fn marker(&self) -> Option<String> {
        match self {
            Self::At(marker) => Some(marker.clone()),
            Self::Start | Self::End => None,
        }
    }
}

/// How many pages one request loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    OnePage,
    AllPages,
}

/// Describes a list: its path, its query, and the callback that stores its pages.
pub struct Source<E: Endpoint> {
    pub path: E::Path,
    /// Makes the query for the page that starts at a marker, or for the first page if the marker is `None`.
    pub query: Box<dyn Fn(Option<String>) -> E::Query>,
    /// Stores a page. `true` marks the first page, which replaces all pages that were stored before.
    pub on_page: Box<dyn Fn(E::Reply, bool)>,
}

/// Loads the pages of a list, either all of them one after another or one at a time.
pub struct Paged<E: Endpoint + 'static> {
    request: LatestRequest,
    cursor: RwSignal<Cursor>,
    source: StoredValue<Option<Rc<Source<E>>>, LocalStorage>,
    extent: Extent,
}

impl<E: Endpoint + 'static> Clone for Paged<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Endpoint + 'static> Copy for Paged<E> {}

impl<E> Paged<E>
where
    E: Endpoint<Body = Empty> + 'static,
    E::Reply: Page,
{
    /// Makes a list that loads all its pages, one after another. The request is aborted when the calling component is
    /// unmounted.
    pub fn all_pages(session: Session) -> Self {
        Self::new(session, Extent::AllPages)
    }

    /// Makes a list that loads one page with every call of [`Paged::restart`] and [`Paged::resume`]. The request is
    /// aborted when the calling component is unmounted.
    pub fn one_page(session: Session) -> Self {
        Self::new(session, Extent::OnePage)
    }

    fn new(session: Session, extent: Extent) -> Self {
        Self {
            request: LatestRequest::new(session),
            cursor: RwSignal::new(Cursor::Start),
            source: StoredValue::new_local(None),
            extent,
        }
    }

    /// Loads a list from its first page.
    pub fn restart(self, source: Source<E>) {
        self.source.set_value(Some(Rc::new(source)));
        self.cursor.set(Cursor::Start);
        self.load();
    }

    /// Continues after the last page that has arrived, also after a failure.
    pub fn resume(self) {
        self.load();
    }

    fn load(self) {
        let Some(source) = self.source.get_value() else { return };
        let Some(running) = self.request.begin() else { return };
        leptos::task::spawn_local(async move {
            let fetch = async |marker| {
                let call = Call::new::<E>(&source.path, &(source.query)(marker), &Empty {});
                let reply = self.request.call(&running, call).await?;
                Some(reply.and_then(|reply| reply.decode::<E>()))
            };
            let store = |page, is_first, next| {
                // Move the cursor before `on_page`, which may restart the list.
                self.cursor.set(next);
                (source.on_page)(page, is_first);
            };
            let outcome = load_pages(self.cursor.get_untracked(), self.extent, fetch, store).await;
            if let Some(outcome) = outcome {
                self.request.end(&running, outcome);
            }
        });
    }
}

impl<E: Endpoint + 'static> Paged<E> {
    pub fn state(self) -> Signal<RequestState> {
        self.request.state()
    }

    /// Whether the latest request has failed. Untracked, for event handlers.
    pub fn has_failed(self) -> bool {
        self.request.has_failed()
    }

    /// Whether the first page has arrived since the last restart.
    pub fn has_first_page(self) -> bool {
        self.cursor.with(|cursor| *cursor != Cursor::Start)
    }

    /// Whether further pages are known to exist.
    pub fn has_more(self) -> bool {
        self.cursor.with(|cursor| matches!(cursor, Cursor::At(_)))
    }

    /// Whether the last page has arrived.
    pub fn is_complete(self) -> bool {
        self.cursor.with(|cursor| *cursor == Cursor::End)
    }
}

/// Fetches and stores pages, starting at `cursor`. Returns `None` if `fetch` does, because the list was restarted or
/// the user left the page.
async fn load_pages<P: Page>(
    mut cursor: Cursor,
    extent: Extent,
    fetch: impl AsyncFn(Option<String>) -> Option<Result<P, ApiError>>,
    store: impl Fn(P, bool, Cursor),
) -> Option<Result<(), ApiError>> {
    loop {
        let is_first = cursor == Cursor::Start;
        match fetch(cursor.marker()).await? {
            Ok(page) => {
                cursor = Cursor::after(&page);
                store(page, is_first, cursor.clone());
            }
            Err(error) => return Some(Err(error)),
        }
        if extent == Extent::OnePage || cursor == Cursor::End {
            return Some(Ok(()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use futures::FutureExt;

    use super::*;
    use crate::api::ErrorKind;

    impl Page for (u32, Option<&'static str>) {
        fn marker(&self) -> Option<&str> {
            self.1
        }
    }

    /// A list of three pages, of which the one numbered `failing` fails and the one numbered `aborted` never arrives.
    #[derive(Default)]
    struct List {
        failing: Cell<u32>,
        aborted: Cell<u32>,
        stored: RefCell<Vec<(u32, bool)>>,
        cursor: RefCell<Cursor>,
    }

    impl List {
        fn load(&self, extent: Extent) -> Option<Result<(), ApiError>> {
            let cursor = self.cursor.borrow().clone();
            let fetch = async |marker: Option<String>| {
                let page = match marker.as_deref() {
                    None => (1, Some("second")),
                    Some("second") => (2, Some("third")),
                    _ => (3, None),
                };
                let is_failing = page.0 == self.failing.get();
                (page.0 != self.aborted.get()).then_some(if is_failing {
                    Err(ErrorKind::Network.into())
                } else {
                    Ok(page)
                })
            };
            let store = |page: (u32, _), is_first, next| {
                self.stored.borrow_mut().push((page.0, is_first));
                self.cursor.replace(next);
            };
            load_pages(cursor, extent, fetch, store).now_or_never().expect("nothing to wait for")
        }
    }

    #[test]
    fn all_pages_are_stored_in_order() {
        let list = List::default();
        assert_eq!(list.load(Extent::AllPages), Some(Ok(())));
        assert_eq!(list.stored.take(), [(1, true), (2, false), (3, false)]);
        assert_eq!(list.cursor.take(), Cursor::End);
    }

    #[test]
    fn one_page_is_loaded_at_a_time() {
        let list = List::default();
        for stored in [(1, true), (2, false), (3, false)] {
            assert_eq!(list.load(Extent::OnePage), Some(Ok(())));
            assert_eq!(list.stored.take(), [stored]);
        }
        assert_eq!(list.cursor.take(), Cursor::End);
    }

    #[test]
    fn loading_resumes_at_the_page_that_failed() {
        let list = List::default();
        list.failing.set(2);
        assert_eq!(list.load(Extent::AllPages), Some(Err(ErrorKind::Network.into())));
        assert_eq!(list.stored.take(), [(1, true)]);
        list.failing.set(0);
        assert_eq!(list.load(Extent::AllPages), Some(Ok(())));
        assert_eq!(list.stored.take(), [(2, false), (3, false)]);
    }

    #[test]
    fn an_aborted_list_reports_no_outcome() {
        let list = List::default();
        list.aborted.set(2);
        assert_eq!(list.load(Extent::AllPages), None);
        assert_eq!(list.stored.take(), [(1, true)]);
    }
}
