//! What the clients page knows: rows, view, selection, and how far loading is. Lives as long as the account is open.

use leptos::prelude::*;
use partner_api::{
    ListClients, ListInvitations,
    client::{ClientsQuery, Include},
    endpoint::{Empty, PartnerPath},
};

use super::{
    dialogs::confirm::Asked,
    store::{ClientStore, RowKey, View, ViewQuery, Viewer},
};
use crate::{api::ApiError, browser::clock::now, session::Session, ui::selection::Selection};

/// Rows of the first page, soon on screen; `boot.js` asks for the same.
const FIRST_PAGE: u32 = 500;
/// Rows of every further page.
const NEXT_PAGES: u32 = 10_000;

/// How far the list is loaded.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// Nothing yet.
    Loading,
    /// Not even the first rows came.
    Failed(ApiError),
    /// The first rows are there, of so many.
    Partial(Option<u32>),
    /// All are.
    Complete,
    /// The first rows are there; the rest failed.
    Broken(ApiError),
}

/// The state of the page.
#[derive(Clone, Copy)]
pub struct ClientsState {
    /// For calls.
    pub session: Session,
    /// All rows.
    pub store: RwSignal<ClientStore>,
    /// Search, filter, order.
    pub query: RwSignal<ViewQuery>,
    /// What the list shows.
    pub view: Memo<View>,
    /// Which rows are selected.
    pub selection: RwSignal<Selection<RowKey>>,
    /// How far the list is loaded.
    pub load: RwSignal<Load>,
    /// A listing is under way.
    pub is_refreshing: RwSignal<bool>,
    /// Rows added here, marked until the page is loaded anew.
    pub fresh: RwSignal<Vec<RowKey>>,
    /// What is to be confirmed.
    pub asked: RwSignal<Option<Asked>>,
    /// Counts listings and changes: a listing that began before a change is stale.
    generation: StoredValue<u32>,
}

impl ClientsState {
    /// Nothing loaded.
    pub fn new(session: Session) -> Self {
        let store = RwSignal::new(ClientStore::new());
        let query = RwSignal::new(ViewQuery::default());
        let viewer = StoredValue::new(Viewer::default());
        let view = Memo::new(move |_| {
            store.with(|store| {
                query.with(|query| viewer.try_update_value(|viewer| viewer.view(store, query)).unwrap_or_default())
            })
        });
        Self {
            session,
            store,
            query,
            view,
            selection: RwSignal::new(Selection::new()),
            load: RwSignal::new(Load::Loading),
            is_refreshing: RwSignal::new(false),
            fresh: RwSignal::new(Vec::new()),
            asked: RwSignal::new(None),
            generation: StoredValue::new(0),
        }
    }

    /// Loads the list, or loads it again: rows are merged by identity, so scroll, focus and selection stay.
    pub fn refresh(self) {
        leptos::task::spawn_local(async move {
            self.is_refreshing.set(true);
            let generation = self.next_generation();
            let invitations = async { self.list_invitations(generation).await };
            let (clients, invitations) = futures::join!(self.list_clients(generation), invitations);
            if self.generation.get_value() != generation {
                return;
            }
            self.is_refreshing.set(false);
            let has_begun = self.load.with_untracked(|load| !matches!(load, Load::Loading | Load::Failed(_)));
            self.load.set(match (clients, invitations) {
                (Ok(()), Ok(())) => Load::Complete,
                (Err(error), _) if !has_begun => Load::Failed(error),
                (Err(error), _) | (_, Err(error)) => Load::Broken(error),
            });
        });
    }

    /// Changes the store after a call: a listing that is under way would undo it, so it starts again.
    pub fn change<T>(self, change: impl FnOnce(&mut ClientStore) -> T) -> T {
        let result = self.store.try_update(change).expect("the store lives as long as the account");
        self.prune();
        if self.is_refreshing.get_untracked() {
            self.refresh();
        }
        result
    }

    async fn list_clients(self, generation: u32) -> Result<(), ApiError> {
        let path = PartnerPath { pid: self.session.pid() };
        let mut query = ClientsQuery { limit: Some(FIRST_PAGE), marker: None, include: Some(Include::Balance) };
        let mut is_first = true;
        let mut total = None;
        loop {
            let mut page = self.session.get::<ListClients>(&path, &query).await?;
            if self.generation.get_value() != generation {
                return Ok(());
            }
            // Told on the first page.
            total = page.total.or(total);
            page.total = total;
            let marker = page.marker.clone();
            self.store.update(|store| {
                if std::mem::take(&mut is_first) {
                    store.begin_clients();
                }
                store.add_clients(page);
                if marker.is_none() {
                    store.end_clients();
                }
            });
            self.prune();
            if marker.is_none() {
                return Ok(());
            }
            if self.load.with_untracked(|load| !matches!(load, Load::Complete)) {
                self.load.set(Load::Partial(total));
            }
            query = ClientsQuery { limit: Some(NEXT_PAGES), marker, ..query };
        }
    }

    async fn list_invitations(self, generation: u32) -> Result<(), ApiError> {
        let path = PartnerPath { pid: self.session.pid() };
        let all = self.session.get::<ListInvitations>(&path, &Empty {}).await?;
        if self.generation.get_value() == generation {
            self.store.update(|store| _ = store.replace_invitations(all, now()));
            self.prune();
        }
        Ok(())
    }

    /// Rows that are gone leave the selection.
    fn prune(self) {
        self.store.with_untracked(|store| {
            if self.selection.with_untracked(|selection| selection.iter().any(|key| !store.contains(key))) {
                self.selection.update(|selection| selection.retain(|key| store.contains(key)));
            }
        });
    }

    fn next_generation(self) -> u32 {
        self.generation.update_value(|generation| *generation += 1);
        self.generation.get_value()
    }
}
