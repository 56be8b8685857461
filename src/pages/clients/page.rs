//! The clients page: search, toolbar, filters, and the list or a message that explains why there is no list.

use std::time::Duration;

use leptos::{ev, prelude::*};
use partner_api::UnixTime;

use super::{
    dialogs::{add, lazy_background, lazy_dialog},
    list::Rows,
    query,
    state::{ClientsState, Dialog, LoadState},
    toolbar::{AddButton, QuickFilters, Search, SelectionBar, Toolbar},
};
use crate::{
    api::ApiError,
    browser::{clock::now, events::on_window, focus},
    data::{
        error_notice::ErrorNotice,
        views::{Failure, Loading, on_online},
    },
    i18n::use_i18n,
    pages::use_title,
    routes::{Page, href, use_navigation, use_search},
    session::permissions::{Permission, Refusal},
    ui::{icon::Icon, sticky::publish_height},
};

/// The address is updated only after a pause in typing, because browsers limit how often a page may change its address.
const ADDRESS_DELAY: Duration = Duration::from_millis(250);
/// If the tab was hidden for longer than this, the list is loaded again when the user comes back.
const STALE_AFTER: Duration = Duration::from_secs(60);

#[component]
pub fn ClientsPage() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.clients();
    use_title(move || text.clients.to_owned());

    sync_with_address(state);

    state.refresh();
    refresh_stale_list(state);

    let has_background = download_dialogs_ahead(state);
    if add::was_open() && state.session().refusal(Permission::Invite).is_none() {
        state.open(Dialog::Add);
    }
    on_cleanup(move || state.drop_add_dialog());

    let top_bars = NodeRef::new();
    publish_height(top_bars);
    let count = move || {
        let total = state.view().with(|view| view.counts.total);
        state.load_state().with(LoadState::has_first_page).then(|| i18n.count(&text.clients_count, total))
    };
    let close = Callback::new(move |()| state.close_dialog());
    view! {
        <div class="page-head">
            <h1 class="page-title" tabindex="-1">{text.clients}</h1>
            <span class="page-count">{count}</span>
            <Search />
        </div>
        <div class="list-head" node_ref=top_bars>
            <Toolbar />
            <div class="list-bar"><QuickFilters /><SelectionBar /></div>
        </div>
        <PermissionNotice />
        <LoadNotices />
        <Content />
        {move || state.dialog().get().map(|dialog| lazy_dialog::chunk(dialog).over_page(close))}
        {move || has_background.get().then(|| lazy_background::chunk().over_page(Callback::new(|()| ())))}
    }
}

/// Says above the list that the user's role or the API does not allow all operations. The tooltips of the disabled
/// buttons also say so, but are easy to miss.
#[component]
fn PermissionNotice() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let message = move || match state.session().refusal(Permission::Invite)? {
        refusal @ Refusal::Role => Some(refusal.text(i18n)),
        Refusal::NotOffered => Some(i18n.text.clients().only_published),
    };
    move || message().map(|message| info("info", message.to_owned()))
}

/// Notices above the list: more rows are loading, the other rows failed to load, or some rows are unreadable.
#[component]
fn LoadNotices() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.clients();
    let unreadable = Memo::new(move |_| state.view().with(|view| view.counts.unreadable));
    let on_retry = Callback::new(move |()| {
        state.refresh();
        // Focus the heading if the retry button had the focus, because that button disappears together with the notice.
        request_animation_frame(|| {
            if focus::is_lost() {
                focus::heading();
            }
        });
    });
    view! {
        {move || match state.load_state().get() {
            LoadState::Partial(Some(total)) => {
                let loaded = state.view().with(|view| view.counts.total);
                let total = i18n.number(total as usize);
                Some(info("loader", i18n.count_with(&text.clients_loading_rest, loaded, &[("total", &total)])))
            }
            LoadState::RestFailed(error) => {
                Some(view! { <ErrorNotice error lead=text.clients_partly_failed on_retry /> }.into_any())
            }
            _ => None,
        }}
        {move || (unreadable.get() > 0).then(|| view! {
            <p class="notice" data-kind="warning">
                <Icon name="triangle-alert" /><span>{i18n.count(&text.clients_unreadable, unreadable.get())}</span>
            </p>
        })}
    }
}

fn info(icon: &'static str, message: String) -> AnyView {
    view! { <p class="notice" data-kind="info"><Icon name=icon /><span>{message}</span></p> }.into_any()
}

/// The list, or a message that explains why there is no list.
#[component]
fn Content() -> impl IntoView {
    #[derive(Clone, PartialEq)]
    enum Shown {
        Loading,
        Failed(ApiError),
        NoClients,
        NoMatches,
        Rows,
    }
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    let shown = Memo::new(move |_| {
        let (is_empty, has_matches) = state.view().with(|view| (view.counts.total == 0, !view.keys.is_empty()));
        match state.load_state().get() {
            // Draw no rows before the first clients arrive. Invitations may arrive earlier, but without clients they
            // would look like the whole list.
            LoadState::Loading => Shown::Loading,
            LoadState::Failed(error) => Shown::Failed(error),
            _ if has_matches => Shown::Rows,
            LoadState::Partial(_) if is_empty => Shown::Loading,
            _ if is_empty => Shown::NoClients,
            _ => Shown::NoMatches,
        }
    });
    move || {
        match shown.get() {
        Shown::Rows => view! { <Rows /> }.into_any(),
        Shown::Loading => view! { <Loading /> }.into_any(),
        Shown::Failed(error) => {
            view! { <Failure error on_retry=Callback::new(move |()| state.refresh()) /> }.into_any()
        }
        Shown::NoClients => view! {
            <section class="empty">
                <span class="empty-icon"><Icon name="users" /></span>
                <h2>{text.empty_title}</h2>
                <p>{text.empty_lead}</p>
                <AddButton />
            </section>
        }
        .into_any(),
        Shown::NoMatches => view! {
            <section class="empty">
                <span class="empty-icon"><Icon name="filter-x" /></span>
                <h2>{text.nothing_title}</h2>
                <p>{text.nothing_lead}</p>
                <button type="button" class="button" on:click=move |_| state.clear_filters()>{text.clear_filters}</button>
            </section>
        }
        .into_any(),
    }
    }
}

/// Writes changes of the view to the address and reads changes of the address, so that a reload, Back and a copied link
/// show the same view.
fn sync_with_address(state: ClientsState) {
    let i18n = use_i18n();
    let (navigation, search) = (use_navigation(), use_search());
    Effect::new(move |_| state.set_query(search.with(|search| query::read(search))));
    let mut replace_later = debounce(ADDRESS_DELAY, move |address: String| navigation.replace(&address));
    Effect::new(move |_| replace_later(href(i18n.locale, &Page::Clients, &state.query().with(query::write))));
}

/// Loads the list again when the user comes back to the tab after a while, because colleagues may have changed it, and
/// when the browser is online again after a failed request.
fn refresh_stale_list(state: ClientsState) {
    let hidden_since = StoredValue::new(None::<UnixTime>);
    on_window(ev::visibilitychange, move |_| {
        if document().hidden() {
            hidden_since.set_value(Some(now()));
            return;
        }
        state.expire_invitations();
        let hidden_since = hidden_since.try_update_value(Option::take).flatten();
        let hidden_millis = hidden_since.map_or(0, |since| now().millis - since.millis);
        if u128::try_from(hidden_millis).is_ok_and(|millis| millis > STALE_AFTER.as_millis()) {
            state.refresh();
        }
    });
    on_online(move || {
        if state.load_state().with_untracked(LoadState::has_failed) {
            state.refresh();
        }
    });
}

/// Downloads the lazy chunk of the dialogs once the first rows are on screen, so that dialogs open without delay.
/// Returns a signal that is true when the download is complete, because keyboard navigation and polling are in the same
/// chunk.
fn download_dialogs_ahead(state: ClientsState) -> ReadSignal<bool> {
    let (is_ready, set_ready) = signal(false);
    Effect::new(move |_| {
        if state.load_state().with(LoadState::has_first_page) && !is_ready.get_untracked() {
            leptos::task::spawn_local(async move {
                if lazy_dialog::fetch().await.is_ok() {
                    _ = set_ready.try_set(true);
                }
            });
        }
    });
    is_ready
}
