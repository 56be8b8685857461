//! The routes of the app, and the session, configuration and language that all pages share.

use std::{sync::Arc, time::Duration};

use leptos::{ev, prelude::*};
use leptos_router::{
    PossibleRouteMatch, WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_params},
};
use wasm_bindgen::JsCast;

use crate::{
    browser::{boot, events::on_window, focus},
    config::Config,
    data::views::{Failure, Loading},
    i18n::{I18n, use_i18n},
    pages::{
        balance,
        clients::{ClientsPage, ClientsState},
        contact, invitation,
        not_found::NotFoundPage,
        sign_in,
    },
    routes::{self, BASE, BalanceParams, Locale, Navigation, Page, href, use_navigation},
    session::{Session, State, use_session},
    shell::{PublicShell, Shell},
    ui::{
        dialog::Dialog,
        toast::{ToastRegion, Toasts},
    },
};

/// Delay before the app downloads the chunks that are probably needed next, so that these downloads do not slow down
/// the first page.
const FETCH_AHEAD: Duration = Duration::from_secs(3);

#[component]
pub fn App() -> impl IntoView {
    provide_context(Toasts::default());
    let session = start_session();
    reload_restored_page();
    ignore_repeated_enter();
    focus::keep_in_view();
    view! {
        <Router base=BASE>
            <Localized session />
        </Router>
    }
}

/// Reads the configuration, then requests the session. The returned signal is `None` until the configuration has
/// arrived.
fn start_session() -> RwSignal<Option<Session>> {
    let started = RwSignal::new(None::<Session>);
    let owner = Owner::current().unwrap_or_default();
    leptos::task::spawn_local(async move {
        let config = match Config::load().await {
            Ok(config) => config,
            // The app cannot run without configuration, so `boot.js` shows a failure screen.
            Err(error) => return boot::report_failure(&error),
        };
        let session = owner.with(|| {
            let session = Session::new(config);
            session.follow_tabs();
            provide_context(session);
            provide_context(ClientsState::new(session));
            session
        });
        started.set(Some(session));
        session.check().await;
    });
    started
}

/// Reloads a page that the browser restores from its back-forward cache, because the user may have signed out since.
fn reload_restored_page() {
    on_window(ev::pageshow, move |event| {
        if event.persisted() {
            _ = window().location().reload();
        }
    });
}

/// Ignores auto-repeat of Enter: holding the key would also press the button that the first press focused.
fn ignore_repeated_enter() {
    on_window(ev::keydown, |event| {
        if event.repeat() && event.key() == "Enter" {
            event.prevent_default();
        }
    });
}

/// Draws the app in the language of its address or, if the address names none, in the browser's language. Switching the
/// language builds every view again.
#[component]
fn Localized(session: RwSignal<Option<Session>>) -> impl IntoView {
    provide_context(Navigation::new());
    push_skipped_addresses();
    let path = use_location().pathname;
    let locale = Memo::new(move |_| path.with(|path| Locale::of_path(path)).unwrap_or_else(preferred_locale));
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            _ = root.set_attribute("lang", locale.get().code());
        }
    });
    move || {
        let locale = locale.get();
        session.get().map(|session| view! { <Pages session locale /> })
    }
}

/// Adds the history entry that `leptos_router` 0.8.17 sometimes leaves out. The router adds no entry if a new address
/// equals the last one in its own list, and the browser's Forward button does not update that list
/// (`docs/decisions/router.md`).
fn push_skipped_addresses() {
    let location = use_location();
    Effect::new(move |_| {
        location.pathname.track();
        location.search.track();
        request_animation_frame(move || {
            let wanted = routes::with_query(location.pathname.get_untracked(), &location.search.get_untracked());
            let bar = window().location();
            let shown = bar.pathname().and_then(|path| Ok(format!("{path}{}", bar.search()?)));
            // Compare decoded addresses, because the router decodes some characters of a link before it adds the
            // history entry.
            if shown.is_ok_and(|shown| decode(&shown) != decode(&wanted))
                && let Ok(history) = window().history()
            {
                _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&wanted));
            }
        });
    });
}

fn decode(address: &str) -> String {
    js_sys::decode_uri_component(address).map_or_else(|_| address.to_owned(), String::from)
}

/// The routes with their pages, and the parts that stay when the page changes: the toasts and the dialog to sign in
/// again.
#[component]
fn Pages(session: Session, locale: Locale) -> impl IntoView {
    let i18n = I18n::new(locale);
    provide_context(i18n);
    let toasts = expect_context::<Toasts>();
    offer_update(toasts, i18n);
    fetch_ahead(session);
    view! {
        // The fallback is empty, because the wildcard route matches every address below `routes::BASE`.
        <FlatRoutes fallback=|| ()>
            <Route path=erased(routes::CLIENTS) view=CLIENTS />
            <Route path=erased(routes::BALANCE) view=BALANCE />
            <Route path=erased(routes::CONTACT) view=CONTACT />
            <Route path=erased(routes::INVITATION) view=INVITATION />
            <Route path=erased(routes::LOCALE) view=TO_CLIENTS />
            <Route path=erased(()) view=TO_CLIENTS />
            <Route path=erased(WildcardSegment("unknown")) view=NOT_FOUND />
        </FlatRoutes>
        <ToastRegion toasts close_label=i18n.text.common().close />
        {move || session.expired().get().then(|| view! { <SignInAgain /> })}
    }
}

/// Draws the page of a route. All routes use this one view type and, through [`erased`], one path type, because the
/// compiler makes another copy of the router's code for each pair of types.
type RouteView = fn() -> AnyView;

const CLIENTS: RouteView = || for_partners(|| view! { <ClientsPage /> }.into_any());
const BALANCE: RouteView = balance_page;
const CONTACT: RouteView = || for_public(contact::lazy_page::chunk().on_page());
const INVITATION: RouteView = || for_public(invitation::lazy_page::chunk().on_page());
const TO_CLIENTS: RouteView = || view! { <ToClients /> }.into_any();
const NOT_FOUND: RouteView = || for_partners(|| view! { <NotFoundPage /> }.into_any());

fn erased(path: impl PossibleRouteMatch + Send + Sync + 'static) -> Arc<dyn PossibleRouteMatch + Send + Sync> {
    Arc::new(path)
}

fn balance_page() -> AnyView {
    let params = use_params::<BalanceParams>();
    // Read only the PID: a switch of the tab keeps the page, and a switch of the client rebuilds it.
    let pid =
        Memo::new(move |_| params.with(|params| params.as_ref().map(|params| params.pid.clone()).unwrap_or_default()));
    for_partners(move || {
        let page = move || {
            release_focus();
            balance::lazy_page::chunk(pid.get()).on_page()
        };
        page.into_any()
    })
}

/// Draws a public page, whether or not the user is signed in.
fn for_public(page: AnyView) -> AnyView {
    release_focus();
    view! { <PublicShell>{page}</PublicShell> }.into_any()
}

/// Draws a page for signed-in partners. Until the session is checked, shows a placeholder; if the check fails, an
/// error; if nobody is signed in, the sign-in page.
fn for_partners(page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    release_focus();
    let session = use_session();
    let state = session.state();
    // Compare only the kind of state, so that renewing the session of the same user does not rebuild the page.
    let kind = Memo::new(move |_| state.with(std::mem::discriminant));
    let content = move || {
        // `get()`, not `track()`: memos are lazy, so one that is never read never notifies.
        _ = kind.get();
        match state.get_untracked() {
            State::Checking => view! { <Shell><Loading /></Shell> }.into_any(),
            State::Failed(error) => {
                let retry = Callback::new(move |()| leptos::task::spawn_local(session.check()));
                view! { <Shell><Failure error on_retry=retry /></Shell> }.into_any()
            }
            State::SignedOut => sign_in::page::chunk().on_page(),
            State::SignedIn(_) => {
                let page = page();
                view! { <Shell>{page}</Shell> }.into_any()
            }
        }
    };
    content.into_any()
}

/// Redirects to the client list. The routes without a page name, such as `/partner/app/en`, use this component.
#[component]
fn ToClients() -> impl IntoView {
    let locale = use_i18n().locale;
    let search = use_location().search.get_untracked();
    use_navigation().replace(&href(locale, &Page::Clients, &search));
}

#[component]
fn SignInAgain() -> impl IntoView {
    let text = use_i18n().text;
    view! {
        <Dialog
            title=Signal::stored(text.shell().expired_title.to_owned())
            title_id="sign-in-again-title"
            close_label=text.common().close
            on_close=Callback::new(|()| ())
            is_closable=false
        >
            <div class="dialog-body">
                <p>{text.shell().expired_lead}</p>
                {sign_in::form::chunk().on_page()}
            </div>
        </Dialog>
    }
}

/// Offers to load the newer version of the app that `boot.js` has seen on the server.
fn offer_update(toasts: Toasts, i18n: I18n) {
    let is_offered = StoredValue::new(false);
    let listener = window_event_listener_untyped("partner-newer", move |_| {
        if !is_offered.get_value() {
            is_offered.set_value(true);
            let load = Callback::new(|()| _ = window().location().reload());
            toasts.offer(i18n.text.shell().newer, i18n.text.shell().newer_load, load);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Downloads the lazy chunks that a signed-in user may need later: the balance page, and the sign-in form for the
/// dialog that appears when the session expires. Downloading the form only then could fail: a newer version of the app
/// may be on the server, and its chunks have other names.
fn fetch_ahead(session: Session) {
    let is_signed_in = Memo::new(move |_| session.state().with(|state| matches!(state, State::SignedIn(_))));
    Effect::new(move |_| {
        if is_signed_in.get() {
            let fetch = async {
                _ = balance::lazy_page::fetch().await;
                _ = sign_in::form::fetch().await;
            };
            set_timeout(|| leptos::task::spawn_local(fetch), FETCH_AHEAD);
        }
    });
}

/// Blurs the focused element, unless it is inside an open dialog, so that the heading of the new page can get the
/// focus.
fn release_focus() {
    let focused = document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(focused) = focused.filter(|element| matches!(element.closest("dialog[open]"), Ok(None))) {
        _ = focused.blur();
    }
}

fn preferred_locale() -> Locale {
    let languages = window().navigator().languages();
    let languages: Vec<String> = languages.iter().filter_map(|language| language.as_string()).collect();
    Locale::best(languages.iter().map(String::as_str))
}
