//! State of the clients page: rows, view, selection, open dialog, and loading progress of the list.
//!
//! The state exists as long as the app, so that the list appears immediately when the user returns from a balance page.

use leptos::prelude::*;
use partner_api::{
    ListClients, ListInvitations,
    client::{ClientsPage, ClientsQuery, Include},
    endpoint::{Empty, PartnerPath},
    invitation::Invitations,
    rules::Operation,
};

use super::{
    bulk::Run,
    store::{ClientStore, RowKey, RowRef, SortKey, View, ViewQuery, Viewer},
};
use crate::{
    api::{ApiError, Call},
    browser::clock::now,
    data::{
        paged::{Paged, Source},
        request::{LatestRequest, RequestState},
    },
    session::Session,
    ui::selection::Selection,
};

/// Number of clients on the first page. It is small, so that the first rows appear quickly. `boot.js` prefetches this
/// page, so `boot.js` must use the same number.
const FIRST_PAGE: u32 = 500;
/// Number of clients on every further page.
const NEXT_PAGES: u32 = 10_000;

/// Loading progress of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadState {
    Loading,
    /// The request for the first page failed.
    Failed(ApiError),
    /// The list is not complete, and requests are running. Has the total number of clients if the API returns it.
    Partial(Option<u32>),
    Complete,
    /// The list has its first page, but another request failed.
    RestFailed(ApiError),
}

impl LoadState {
    /// Whether the first page of clients has arrived.
    pub const fn has_first_page(&self) -> bool {
        !matches!(self, Self::Loading | Self::Failed(_))
    }

    pub const fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::RestFailed(_))
    }
}

/// A dialog of the clients page.
#[derive(Clone)]
pub enum Dialog {
    Add,
    AddMany,
    /// Asks the user to confirm an operation on these rows.
    Confirm(Operation, Vec<RowKey>),
    /// Shows the progress of an operation that has started or, afterwards, the rows for which the operation failed.
    Run(Run),
    Identifier(RowKey),
    InvitationLink(RowKey),
    /// Lists selected rows that the filters hide.
    HiddenRows,
    KeyMap,
    Palette,
}

/// State of the clients page. Other code changes the state only through these methods.
#[derive(Clone, Copy)]
pub struct ClientsState {
    session: Session,
    store: RwSignal<ClientStore>,
    query: RwSignal<ViewQuery>,
    view: Memo<View>,
    selection: RwSignal<Selection<RowKey>>,
    /// Invitations that were created in this tab. The list marks these rows until the user reloads the page.
    added: RwSignal<Vec<RowKey>>,
    dialog: RwSignal<Option<Dialog>>,
    clients: Paged<ListClients>,
    invitations: LatestRequest,
    /// Total number of clients. `None` if the API did not return the number with the first page.
    total: RwSignal<Option<u32>>,
    /// Whether the list has been on screen since the app started, even if incomplete.
    has_rows: RwSignal<bool>,
    /// Whether the list had all clients when the current refresh began.
    was_complete: RwSignal<bool>,
    is_refreshing: Memo<bool>,
    load_state: Memo<LoadState>,
}

impl ClientsState {
    pub fn new(session: Session) -> Self {
        let store = RwSignal::new(ClientStore::new());
        let query = RwSignal::new(ViewQuery::default());
        let viewer = StoredValue::new(Viewer::default());
        let view = Memo::new(move |_| {
            store.with(|store| {
                query.with(|query| viewer.try_update_value(|viewer| viewer.view(store, query)).unwrap_or_default())
            })
        });
        let clients = Paged::all_pages(session);
        let invitations = LatestRequest::new(session);
        let (total, has_rows, was_complete) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(false));
        let is_refreshing = Memo::new(move |_| {
            clients.state().with(RequestState::is_loading) || invitations.state().with(RequestState::is_loading)
        });
        let load_state = Memo::new(move |_| {
            let error_of = |state: Signal<RequestState>| state.with(|state| state.error().cloned());
            let errors = (error_of(clients.state()), error_of(invitations.state()));
            match errors {
                _ if is_refreshing.get() && was_complete.get() => LoadState::Complete,
                _ if is_refreshing.get() && has_rows.get() => LoadState::Partial(total.get()),
                _ if is_refreshing.get() => LoadState::Loading,
                (Some(error), _) if !has_rows.get() => LoadState::Failed(error),
                (Some(error), _) | (_, Some(error)) => LoadState::RestFailed(error),
                _ if clients.is_complete() => LoadState::Complete,
                _ => LoadState::Loading,
            }
        });
        Self {
            session,
            store,
            query,
            view,
            selection: RwSignal::new(Selection::new()),
            added: RwSignal::new(Vec::new()),
            dialog: RwSignal::new(None),
            clients,
            invitations,
            total,
            has_rows,
            was_complete,
            is_refreshing,
            load_state,
        }
    }

    pub const fn session(self) -> Session {
        self.session
    }

    pub fn store(self) -> ReadSignal<ClientStore> {
        self.store.read_only()
    }

    pub fn query(self) -> ReadSignal<ViewQuery> {
        self.query.read_only()
    }

    /// The keys of the rows that match the query, in display order, and the number of rows per filter.
    pub const fn view(self) -> Memo<View> {
        self.view
    }

    pub fn set_query(self, query: ViewQuery) {
        if self.query.with_untracked(|current| *current != query) {
            self.query.set(query);
        }
    }

    pub fn search(self, typed: String) {
        self.query.update(|query| query.search = typed);
    }

    pub fn clear_filters(self) {
        self.query.update(|query| {
            *query = ViewQuery { sort: query.sort, descending: query.descending, ..ViewQuery::default() }
        });
    }

    pub fn sort_by(self, key: SortKey) {
        self.query.update(|query| query.sort = key);
    }

    pub fn set_descending(self, descending: bool) {
        self.query.update(|query| query.descending = descending);
    }

    /// Sorts by a column. Reverses the order if the list is sorted by that column already.
    pub fn toggle_sort(self, key: SortKey) {
        self.query.update(|query| {
            query.descending = query.sort == key && !query.descending;
            query.sort = key;
        });
    }

    /// Reads a row without tracking. Returns `None` if the row is no longer in the list.
    pub fn with_row<T>(self, key: RowKey, read: impl FnOnce(RowRef<'_>) -> Option<T>) -> Option<T> {
        self.store.with_untracked(|store| store.row(key).and_then(read))
    }

    /// Returns the email of a row or, if the row has no email, its id. Reads without tracking.
    pub fn label(self, key: RowKey) -> String {
        self.with_row(key, |row| Some(row.label().to_owned())).unwrap_or_else(|| "—".to_owned())
    }

    pub fn is_added(self, key: RowKey) -> bool {
        self.added.with(|added| added.contains(&key))
    }

    /// Marks an invitation as created in this tab.
    pub fn mark_added(self, iid: &str) {
        let key = self.store.with_untracked(|store| store.invitation(iid));
        self.added.update(|added| added.extend(key));
    }

    pub fn selection(self) -> ReadSignal<Selection<RowKey>> {
        self.selection.read_only()
    }

    pub fn is_selected(self, key: RowKey) -> bool {
        self.selection.with(|selection| selection.contains(key))
    }

    /// Toggles the selection of a row. If `is_range` is true, selects or deselects all rows from the last toggled row
    /// to this row instead.
    pub fn select(self, key: RowKey, is_range: bool) {
        self.view.with_untracked(|view| {
            self.selection.update(|selection| {
                if is_range {
                    selection.extend(key, view.visible());
                } else {
                    selection.toggle(key, view.visible());
                }
            });
        });
    }

    /// Selects all visible rows. If all visible rows are already selected, deselects them.
    pub fn toggle_all(self) {
        self.view.with_untracked(|view| self.selection.update(|selection| selection.toggle_all(view.visible())));
    }

    /// Selects or deselects a row, even if the filters hide the row.
    pub fn set_selected(self, key: RowKey, is_selected: bool) {
        self.selection.update(|selection| _ = selection.set(key, is_selected));
    }

    pub fn deselect(self, keys: impl IntoIterator<Item = RowKey>) {
        self.selection.update(|selection| keys.into_iter().for_each(|key| _ = selection.set(key, false)));
    }

    pub fn clear_selection(self) {
        self.selection.update(|selection| selection.clear());
    }

    pub fn deselect_hidden(self) {
        self.view.with_untracked(|view| self.selection.update(|selection| selection.drop_hidden(view.visible())));
    }

    /// The selected rows: first the visible rows in display order, then the rows that the filters hide. Reads without
    /// tracking.
    pub fn selected_keys(self) -> Vec<RowKey> {
        self.view.with_untracked(|view| self.selection.with_untracked(|selection| selection.keys(view.visible())))
    }

    /// The selected rows that the filters hide. Reads without tracking.
    pub fn hidden_keys(self) -> Vec<RowKey> {
        self.view.with_untracked(|view| self.selection.with_untracked(|selection| selection.hidden(view.visible())))
    }

    pub fn dialog(self) -> ReadSignal<Option<Dialog>> {
        self.dialog.read_only()
    }

    pub fn open(self, dialog: Dialog) {
        self.dialog.set(Some(dialog));
    }

    pub fn close_dialog(self) {
        self.dialog.set(None);
    }

    /// Makes the page show this run if the user leaves the page and comes back. The change does not trigger effects,
    /// because the open dialog already shows the run and must not be drawn again.
    pub fn set_dialog_to_run(self, run: Run) {
        self.dialog.update_untracked(|dialog| *dialog = Some(Dialog::Run(run)));
    }

    /// Forgets that *Add client* is open, without triggering effects, because the page is closing. The stored draft
    /// opens the dialog again when the user comes back.
    pub fn drop_add_dialog(self) {
        self.dialog.update_untracked(|dialog| {
            if matches!(dialog, Some(Dialog::Add)) {
                *dialog = None;
            }
        });
    }

    pub const fn load_state(self) -> Memo<LoadState> {
        self.load_state
    }

    pub const fn is_refreshing(self) -> Memo<bool> {
        self.is_refreshing
    }

    /// Loads the list for the first time or again. Rows are merged by id, so that known rows keep their focus and
    /// selection.
    pub fn refresh(self) {
        let load_state = self.load_state.get_untracked();
        let has_all_clients = untrack(|| self.clients.is_complete());
        self.was_complete.set(load_state == LoadState::Complete || has_all_clients);
        if load_state.has_first_page() {
            self.has_rows.set(true);
        }
        let path = || PartnerPath { pid: self.session.pid() };
        self.clients.restart(Source {
            path: path(),
            query: Box::new(|marker| {
                let limit = if marker.is_none() { FIRST_PAGE } else { NEXT_PAGES };
                ClientsQuery { limit: Some(limit), marker, include: Some(Include::Balance) }
            }),
            on_page: Box::new(move |page, is_first| self.add_page(page, is_first)),
        });
        self.invitations.send(Call::new::<ListInvitations>(&path(), &Empty {}, &Empty {}), move |reply| {
            self.replace_invitations(reply.decode::<ListInvitations>()?);
            Ok(())
        });
    }

    fn add_page(self, mut page: ClientsPage, is_first: bool) {
        if is_first {
            self.total.set(page.total);
        }
        page.total = self.total.get_untracked();
        let is_last = page.marker.is_none();
        self.update_store(|store| {
            if is_first {
                store.begin_clients();
            }
            store.add_clients(page);
            if is_last {
                store.end_clients();
            }
        });
        // If the list has a single page, draw it only when the invitations have arrived too. Otherwise the invitations
        // would move rows that are already on screen.
        if !is_last {
            self.has_rows.set(true);
        }
    }

    /// Changes the store after a call that changed data on the server. Restarts a running refresh, because its replies
    /// may contain the data from before the change.
    pub fn change<T>(self, change: impl FnOnce(&mut ClientStore) -> T) -> T {
        let result = self.update_store(change);
        if self.is_refreshing.get_untracked() {
            self.refresh();
        }
        result
    }

    pub fn replace_invitations(self, all: Invitations) {
        self.update_store(|store| store.replace_invitations(all, now()));
    }

    /// Marks invitations whose expiry date has passed.
    pub fn expire_invitations(self) {
        self.update_store(|store| store.expire(now()));
    }

    /// Changes the store, and deselects rows that are no longer in the store.
    fn update_store<T>(self, change: impl FnOnce(&mut ClientStore) -> T) -> T {
        let result = self.store.try_update(change).expect("the store lives as long as the app");
        self.store.with_untracked(|store| {
            if self.selection.with_untracked(|selection| selection.iter().any(|key| !store.contains(key))) {
                self.selection.update(|selection| selection.retain(|key| store.contains(key)));
            }
        });
        result
    }
}
