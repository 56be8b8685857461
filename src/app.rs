//! Which page belongs to which address; language, session and configuration for all of them.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{
    config::Config,
    data::views::{Failure, Loading},
    i18n::{I18n, use_i18n},
    navigation::Navigation,
    pages::{
        balance,
        clients::{ClientsPage, ClientsState},
        contact, invitation,
        not_found::NotFoundPage,
        sign_in,
    },
    routes::{Locale, Page, href},
    session::{Session, State},
    shell::Shell,
    ui::{dialog, field::keep_in_sight, live::live, toast::Toasts},
};

/// What is not needed yet is fetched after this long: the first page has had its turn by then.
const FETCH_AHEAD: Duration = Duration::from_secs(3);

/// The account.
#[component]
pub fn App() -> impl IntoView {
    let navigation = Navigation::start();
    provide_context(navigation);
    provide_context(Toasts::default());
    let session = RwSignal::new(None::<Session>);
    let owner = Owner::current().unwrap_or_default();
    leptos::task::spawn_local(async move {
        match Config::load().await {
            Ok(config) => {
                let started = owner.with(|| {
                    let started = Session::new(config);
                    started.follow_tabs();
                    provide_context(started);
                    provide_context(ClientsState::new(started));
                    started
                });
                session.set(Some(started));
                started.check().await;
            }
            // `boot.js` has the screen for it: without configuration there is no account.
            Err(error) => crate::browser::boot::report_failure(&error),
        }
    });
    let location = navigation.location();
    // Addresses without a language, or without a page, lead on.
    Effect::new(move |_| {
        let location = location.get();
        if location.locale.is_none() && location.page.is_none() || location.page.is_none() {
            let locale = location.locale.unwrap_or_else(preferred_locale);
            navigation.replace(&href(locale, &Page::Clients, &location.query));
        }
    });
    // The browser may show a page from memory: whoever signed out meanwhile must not see it.
    window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            _ = window().location().reload();
        }
    });
    // A key that is held down presses once: what it opened, or gave the focus back to, is not pressed as well.
    window_event_listener(ev::keydown, |event| {
        if event.repeat() && event.key() == "Enter" {
            event.prevent_default();
        }
    });
    keep_in_sight();
    let locale = Memo::new(move |_| location.with(|location| location.locale.unwrap_or_else(preferred_locale)));
    move || {
        let locale = locale.get();
        if let Some(root) = document().document_element() {
            _ = root.set_attribute("lang", locale.code());
        }
        provide_context(I18n::new(locale));
        session.get().map(|session| view! { <Pages session /> })
    }
}

#[component]
fn Pages(session: Session) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    let location = navigation.location();
    // The tabs of a page are the page's own affair: another tab is no other page.
    let page = Memo::new(move |_| match location.with(|location| location.page.clone()) {
        Some(Page::Balance { pid, .. }) => Some(Page::balance(pid)),
        page => page,
    });
    let state = session.state();
    // A renewed session is the same page: only the kind of state decides.
    let kind = Memo::new(move |_| state.with(std::mem::discriminant));
    // A page for everybody waits for no session.
    let public = Memo::new(move |_| page.get().filter(Page::is_public));
    let content = move || {
        match public.get() {
            Some(Page::Contact) => return contact::page::chunk().on_page(),
            Some(_) => return invitation::page::chunk().on_page(),
            None => {}
        }
        // Reads it: a memo that was only tracked is never computed, and so never changes.
        _ = kind.get();
        match state.get_untracked() {
            State::Checking => view! { <Shell><Loading /></Shell> }.into_any(),
            State::Failed(error) => {
                let retry = Callback::new(move |()| leptos::task::spawn_local(session.check()));
                view! { <Shell><Failure error on_retry=retry /></Shell> }.into_any()
            }
            State::SignedOut => sign_in::page::chunk().on_page(),
            State::SignedIn(_) => {
                fetch_ahead();
                view! {
                    <Shell>
                        {live(move || match page.get() {
                            None | Some(Page::Clients) => view! { <ClientsPage /> }.into_any(),
                            Some(Page::Balance { pid, .. }) => balance::lazy_page::chunk(pid).on_page(),
                            // Shown above; for the moment in which the address has changed and the page has not.
                            Some(Page::Contact | Page::Invitation) => ().into_any(),
                            Some(Page::NotFound) => view! { <NotFoundPage /> }.into_any(),
                        })}
                    </Shell>
                }
                .into_any()
            }
        }
    };
    view! { {content} }
}

/// Whoever is signed in will look at a balance: its page is there by then. So is the form for when the session has run
/// out, which may be so late that a newer version has replaced this one on the server.
fn fetch_ahead() {
    let fetch = async {
        _ = balance::lazy_page::fetch().await;
        _ = sign_in::form::fetch().await;
    };
    set_timeout(|| leptos::task::spawn_local(fetch), FETCH_AHEAD);
}

/// Title of the page in the browser's tab, and the focus on its heading when it was reached from within.
pub fn use_title(title: impl Fn() -> String + 'static) {
    let product = use_i18n().text.product;
    Effect::new(move |before: Option<()>| {
        document().set_title(&format!("{} — {product}", title()));
        if before.is_none() {
            request_animation_frame(|| {
                // Nobody has the focus yet, or what had it is gone: the heading is where reading starts.
                if dialog::is_focus_lost() {
                    dialog::focus_heading();
                }
            });
        }
    });
}

fn preferred_locale() -> Locale {
    let languages = window().navigator().languages();
    let languages: Vec<String> = languages.iter().filter_map(|language| language.as_string()).collect();
    Locale::best(languages.iter().map(String::as_str))
}
