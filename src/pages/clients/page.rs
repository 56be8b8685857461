//! The clients page: search, toolbar, filters and the list.

use std::time::Duration;

use leptos::{ev, prelude::*};

use super::{
    dialogs::{
        add,
        confirm::{self, Asked},
    },
    list::Rows,
    query,
    state::{ClientsState, Load},
    store::ViewQuery,
    toolbar::{AddButton, QuickFilters, Toolbar, selection_bar::SelectionBar},
};
use crate::{
    browser::clock::now,
    data::load::{Failure, Waiting, on_online},
    i18n::use_i18n,
    pages::use_title,
    routes::{Page, href, use_navigation, use_search},
    session::permissions::{Permission, Refusal},
    ui::{
        icon::Icon,
        live::{live, live_maybe},
        sticky::publish_height,
    },
};

/// The address follows the search after this pause: browsers limit how often it may change.
const ADDRESS_PAUSE: Duration = Duration::from_millis(250);
/// Coming back to the tab after this long, the list is loaded again.
const STALE: Duration = Duration::from_secs(60);

/// The page.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    use_title(move || text.clients().clients.to_owned());
    follow_address(state);
    refresh_on_return(state);
    let watching = RwSignal::new(None);
    fetch_dialogs_ahead(state, watching);
    state.refresh();
    let is_adding = RwSignal::new(add::was_open() && state.session.refusal(Permission::Invite).is_none());
    let unasked = Callback::new(move |()| state.asked.set(None));
    let head = NodeRef::new();
    publish_height(head);
    let count = move || {
        let total = state.view.with(|view| view.counts.total);
        (!matches!(state.load.get(), Load::Loading | Load::Failed(_)))
            .then(|| i18n.count(&text.clients().clients_count, total))
    };
    view! {
        <div class="page-head">
            <h1 class="page-title" tabindex="-1">{text.clients().clients}</h1>
            <span class="page-count">{live_maybe(count)}</span>
            <Search />
        </div>
        <div class="list-head" node_ref=head>
            <Toolbar on_add=Callback::new(move |()| is_adding.set(true)) />
            <div class="list-bar"><QuickFilters /><SelectionBar /></div>
        </div>
        <Limits />
        <Progress />
        <Content on_add=Callback::new(move |()| is_adding.set(true)) />
        {live(move || is_adding.get().then(|| {
            let close = Callback::new(move |()| is_adding.set(false));
            add::add_client::chunk(close).over_page(close)
        }))}
        {[state.asked, watching].map(|asked| {
            live(move || asked.get().map(|asked| confirm::confirmation::chunk(asked).over_page(unasked)))
        })}
    }
}

/// What nobody can do here, or not this person: said once over the list, and not only by buttons that are off.
#[component]
fn Limits() -> impl IntoView {
    let session = expect_context::<ClientsState>().session;
    let i18n = use_i18n();
    let words = move || match session.refusal(Permission::Invite)? {
        refusal @ Refusal::Role => Some(refusal.text(i18n)),
        Refusal::NotOffered => Some(i18n.text.clients().only_published),
    };
    live(move || {
        words().map(|words| view! { <p class="notice" data-kind="info"><Icon name="info" /><span>{words}</span></p> })
    })
}

/// The search field.
#[component]
fn Search() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let search = move || state.query.with(|query| query.search.clone());
    let found = move || {
        let is_searching = state.query.with(|query| !query.search.trim().is_empty());
        is_searching.then(|| i18n.count(&text.clients().found, state.view.with(|view| view.keys.len())))
    };
    view! {
        <div class="search" role="search">
            <Icon name="search" />
            <input
                type="search"
                class="input"
                id="search"
                placeholder=text.clients().search
                aria-label=text.clients().search
                autocomplete="off"
                spellcheck="false"
                prop:value=search
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    state.query.update(|query| query.search = typed);
                }
            />
            <span class="visually-hidden" role="status">{live_maybe(found)}</span>
        </div>
    }
}

/// What there is to say about the list as a whole.
#[component]
fn Progress() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let unreadable = Memo::new(move |_| state.view.with(|view| view.counts.unreadable));
    view! {
        {live(move || match state.load.get() {
            Load::Partial(Some(total)) => {
                let loaded = state.view.with(|view| view.counts.total);
                let total = i18n.number(total as usize);
                let line = i18n.count_with(&text.clients().clients_loading_rest, loaded, &[("total", &total)]);
                Some(view! { <p class="notice" data-kind="info"><Icon name="loader" /><span>{line}</span></p> }.into_any())
            }
            Load::Broken(error) => Some(view! {
                <p class="notice" data-kind="danger" role="alert">
                    <Icon name="triangle-alert" />
                    <span>{text.clients().clients_partly_failed} " " {i18n.error(&error)}</span>
                    <button type="button" class="link" on:click=move |_| state.refresh()>{text.common().retry}</button>
                </p>
            }.into_any()),
            _ => None,
        })}
        {live(move || (unreadable.get() > 0).then(|| view! {
            <p class="notice" data-kind="warning">
                <Icon name="triangle-alert" /><span>{i18n.count(&text.clients().clients_unreadable, unreadable.get())}</span>
            </p>
        }))}
    }
}

/// The list, or why there is none.
#[component]
fn Content(on_add: Callback<()>) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    enum Shown {
        Waiting,
        Failed(crate::api::ApiError),
        Empty,
        NothingFound,
        Rows,
    }
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let shown = Memo::new(move |_| {
        let (is_empty, has_matches) = state.view.with(|view| (view.counts.total == 0, !view.keys.is_empty()));
        match state.load.get() {
            // The invitations alone, which may be there first, are not the list.
            Load::Loading => Shown::Waiting,
            Load::Failed(error) => Shown::Failed(error),
            _ if has_matches => Shown::Rows,
            Load::Partial(_) if is_empty => Shown::Waiting,
            _ if is_empty => Shown::Empty,
            _ => Shown::NothingFound,
        }
    });
    let clear = move |_| {
        state.query.update(|query| {
            *query = ViewQuery { sort: query.sort, descending: query.descending, ..Default::default() }
        });
    };
    move || match shown.get() {
        Shown::Rows => view! { <Rows /> }.into_any(),
        Shown::Waiting => view! { <Waiting /> }.into_any(),
        Shown::Failed(error) => {
            let retry = Callback::new(move |()| {
                state.load.set(Load::Loading);
                state.refresh();
            });
            view! { <Failure error on_retry=retry /> }.into_any()
        }
        Shown::Empty => view! {
            <section class="empty">
                <span class="empty-icon"><Icon name="users" /></span>
                <h2>{text.clients().empty_title}</h2>
                <p>{text.clients().empty_lead}</p>
                <AddButton on_add />
            </section>
        }
        .into_any(),
        Shown::NothingFound => view! {
            <section class="empty">
                <span class="empty-icon"><Icon name="filter-x" /></span>
                <h2>{text.clients().nothing_title}</h2>
                <p>{text.clients().nothing_lead}</p>
                <button type="button" class="button" on:click=clear>{text.clients().clear_filters}</button>
            </section>
        }
        .into_any(),
    }
}

/// View and address are the same thing: a change of either changes the other.
fn follow_address(state: ClientsState) {
    let i18n = use_i18n();
    let (navigation, search) = (use_navigation(), use_search());
    Effect::new(move |_| {
        let wanted = search.with(|search| query::read(search));
        if state.query.with_untracked(|query| *query != wanted) {
            state.query.set(wanted);
        }
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        let address = href(i18n.locale, &Page::Clients, &state.query.with(query::write));
        stop();
        let replace = move || navigation.replace(&address);
        timer.set_value(set_timeout_with_handle(replace, ADDRESS_PAUSE).ok());
    });
    on_cleanup(stop);
}

/// Whoever comes back to the tab sees what colleagues have done meanwhile.
fn refresh_on_return(state: ClientsState) {
    let left = StoredValue::new(None::<partner_api::UnixTime>);
    let listener = window_event_listener(ev::visibilitychange, move |_| {
        if document().hidden() {
            left.set_value(Some(now()));
            return;
        }
        state.store.update(|store| _ = store.expire(now()));
        let left = left.try_update_value(Option::take).flatten().map_or(0, |left| now().millis - left.millis);
        if u128::try_from(left).is_ok_and(|away| away > STALE.as_millis()) {
            state.refresh();
        }
    });
    on_cleanup(move || listener.remove());
    // What could not be loaded without a connection is loaded with it.
    on_online(move || {
        if state.load.with_untracked(|load| matches!(load, Load::Failed(_) | Load::Broken(_))) {
            state.refresh();
        }
    });
}

/// As soon as the list stands, what its buttons open is fetched: nobody waits for it then. With it comes what watches for
/// accepted invitations.
fn fetch_dialogs_ahead(state: ClientsState, watching: RwSignal<Option<Asked>>) {
    Effect::new(move |_| {
        if state.load.get() == Load::Complete && watching.with_untracked(Option::is_none) {
            leptos::task::spawn_local(async move {
                if add::add_client::fetch().await.is_ok() {
                    _ = watching.try_set(Some(Asked::Watch));
                }
            });
        }
    });
}
