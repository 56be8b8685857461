//! The frame of the pages except the sign-in page: the header with its menus, and the main region.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    browser::{focus, theme::Theme},
    i18n::{format::fill, use_i18n},
    routes::{self, Locale, Page, use_navigation},
    session::{State, use_session},
    ui::{
        icon::Icon,
        menu::{Act, MenuButton, MenuItem},
        toast::Toasts,
    },
};

/// Draws the header and the main region around a page for partners.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let text = use_i18n().text;
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::heading();
    };
    let help = use_session().config.with_value(|config| config.help_url.clone());
    view! {
        <a class="skip-link" href="#content" on:click=skip>{text.shell().skip_to_content}</a>
        <header class="shell-head">
            <Brand />
            <div class="shell-menus">
                {help.map(|href| view! {
                    <a class="button" data-mode="quiet" href=href target="_blank" rel="noopener noreferrer"
                        aria-label=text.shell().help>
                        <Icon name="circle-help" />
                        <span class="shell-label">{text.shell().help}</span>
                    </a>
                })}
                <SettingsMenu />
                <AccountMenu />
            </div>
        </header>
        <main id="content" class="shell-main">{children()}</main>
    }
}

/// Draws the header and the main region around a public page. This header has nothing that needs a session.
#[component]
pub fn PublicShell(children: Children) -> impl IntoView {
    view! {
        <header class="shell-head">
            <Brand />
            <div class="shell-menus"><SettingsMenu /></div>
        </header>
        <main id="content" class="public-main">{children()}</main>
    }
}

#[component]
fn Brand() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="brand" href=routes::href(i18n.locale, &Page::Clients, "")>
            <span class={"brand-mark"} aria-hidden="true"></span>
            <span class="brand-name">{i18n.text.shell().product}</span>
        </a>
    }
}

#[component]
fn SettingsMenu() -> impl IntoView {
    let i18n = use_i18n();
    let (navigation, location) = (use_navigation(), use_location());
    let items = move |()| {
        let language = |(at, locale): (usize, Locale)| {
            let location = location.clone();
            let switch = Callback::new(move |()| {
                let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
                navigation.replace(&routes::in_locale(&path, &search, locale));
            });
            let label = locale.text().shell().language;
            let heading = (at == 0).then_some(i18n.text.shell().languages);
            MenuItem { heading, ..MenuItem::choice(label, locale == i18n.locale, switch) }
        };
        let theme = |(at, theme): (usize, Theme)| {
            let label = match theme {
                Theme::System => i18n.text.shell().theme_system,
                Theme::Light => i18n.text.shell().theme_light,
                Theme::Dark => i18n.text.shell().theme_dark,
            };
            let heading = (at == 0).then_some(i18n.text.shell().theme);
            let apply = Callback::new(move |()| theme.apply());
            MenuItem { heading, ..MenuItem::choice(label, theme == Theme::current(), apply) }
        };
        let languages = Locale::ALL.into_iter().enumerate().map(language);
        languages.chain(Theme::ALL.into_iter().enumerate().map(theme)).collect()
    };
    view! {
        <MenuButton label=i18n.text.shell().settings items=Callback::new(items) mode="quiet">
            <Icon name="languages" />
            <span class="shell-label">{i18n.locale.code().to_ascii_uppercase()}</span>
            <Icon name="chevron-down" />
        </MenuButton>
    }
}

#[component]
fn AccountMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = expect_context::<Toasts>();
    let sign_out = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            if session.sign_out().await.is_err() {
                toasts.failure(i18n.text.shell().sign_out_failed);
            }
        });
    });
    let items = Callback::new(move |()| vec![MenuItem::new(i18n.text.shell().sign_out, "log-out", Act::Run(sign_out))]);
    move || {
        let State::SignedIn(session) = session.state().get() else { return None };
        let email = session.user.email;
        let label = fill(i18n.text.shell().account_menu, &[("email", &email)]);
        let title = session.partner.title.unwrap_or(session.partner.pid);
        Some(view! {
            <MenuButton label=Signal::stored(label) items mode="quiet">
                <Icon name="user" />
                <span class="shell-label account-name">
                    <bdi class="account-title">{title}</bdi>
                    <bdi class="account-email">{email}</bdi>
                </span>
                <Icon name="chevron-down" />
            </MenuButton>
        })
    }
}
