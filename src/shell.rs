//! What surrounds every page: header with menus, messages, and the dialog that asks to sign in again.

use leptos::prelude::*;

use crate::{
    browser::theme::Theme,
    i18n::{format::fill, locales::Text, use_i18n},
    navigation::{self, Navigation},
    pages::sign_in,
    routes::{self, Locale, Page},
    session::{State, use_session},
    ui::{
        dialog::Dialog,
        icon::Icon,
        live::live,
        menu::{Act, MenuButton, MenuItem},
        toast::{ToastRegion, Toasts},
    },
};

/// Header, page, messages.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let text = i18n.text;
    let session = use_session();
    let toasts = expect_context::<Toasts>();
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::ui::dialog::focus_heading();
    };
    offer_newer(toasts, text);
    let help = session.config.with_value(|config| config.help_url.clone());
    view! {
        <a class="skip-link" href="#content" on:click=skip>{text.skip_to_content}</a>
        <header class="shell-head">
            <a class="brand" href=routes::href(i18n.locale, &Page::Clients, "")>
                <span class={"brand-mark"} aria-hidden="true"></span>
                <span class="brand-name">{text.product}</span>
            </a>
            <div class="shell-menus">
                {help.map(|href| view! {
                    <a class="button" data-mode="quiet" href=href target="_blank" rel="noopener noreferrer"
                        aria-label=text.help>
                        <Icon name="circle-help" />
                        <span class="shell-label">{text.help}</span>
                    </a>
                })}
                <SettingsMenu />
                <AccountMenu />
            </div>
        </header>
        <main id="content" class="shell-main">{children()}</main>
        <ToastRegion toasts close_label=text.close />
        {live(move || session.expired().get().then(|| view! { <SignInAgain /> }))}
    }
}

/// `boot.js` has seen a newer version of the account on the server: it is offered, once, and nothing is taken away.
fn offer_newer(toasts: Toasts, text: &'static Text) {
    let is_offered = StoredValue::new(false);
    let listener = window_event_listener_untyped("partner-newer", move |_| {
        if !is_offered.get_value() {
            is_offered.set_value(true);
            let load = Callback::new(|()| _ = window().location().reload());
            toasts.offer(text.newer, text.newer_load, load);
        }
    });
    on_cleanup(move || listener.remove());
}

/// What surrounds a page for everybody: the brand and the language, and nothing that needs a session.
#[component]
pub fn PublicShell(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header class="shell-head">
            <a class="brand" href=routes::href(i18n.locale, &Page::Clients, "")>
                <span class={"brand-mark"} aria-hidden="true"></span>
                <span class="brand-name">{i18n.text.product}</span>
            </a>
            <div class="shell-menus"><SettingsMenu /></div>
        </header>
        <main id="content" class="public-main">{children()}</main>
    }
}

#[component]
fn SettingsMenu() -> impl IntoView {
    let i18n = use_i18n();
    let navigation = expect_context::<Navigation>();
    let items = move |()| {
        let language = |(at, locale): (usize, Locale)| {
            let go = Callback::new(move |()| {
                let location = navigation.location().get_untracked();
                navigation.replace(&routes::in_locale(&location, &navigation::path(), locale));
            });
            let label = crate::i18n::locales::of(locale).language;
            let heading = (at == 0).then_some(i18n.text.languages);
            MenuItem { heading, ..MenuItem::choice(label, locale == i18n.locale, go) }
        };
        let theme = |(at, theme): (usize, Theme)| {
            let label = match theme {
                Theme::System => i18n.text.theme_system,
                Theme::Light => i18n.text.theme_light,
                Theme::Dark => i18n.text.theme_dark,
            };
            let heading = (at == 0).then_some(i18n.text.theme);
            let apply = Callback::new(move |()| theme.apply());
            MenuItem { heading, ..MenuItem::choice(label, theme == Theme::current(), apply) }
        };
        let languages = Locale::ALL.into_iter().enumerate().map(language);
        languages.chain(Theme::ALL.into_iter().enumerate().map(theme)).collect()
    };
    view! {
        <MenuButton label=i18n.text.settings items=Callback::new(items) mode="quiet">
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
                toasts.fail(i18n.text.sign_out_failed);
            }
        });
    });
    let items = Callback::new(move |()| vec![MenuItem::new(i18n.text.sign_out, "log-out", Act::Run(sign_out))]);
    move || {
        let State::SignedIn(session) = session.state().get() else { return None };
        let email = session.user.email;
        let label = fill(i18n.text.account_menu, &[("email", &email)]);
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

#[component]
fn SignInAgain() -> impl IntoView {
    let text = use_i18n().text;
    view! {
        <Dialog
            title=Signal::stored(text.expired_title.to_owned())
            title_id="sign-in-again-title"
            close_label=text.close
            on_close=Callback::new(|()| ())
            is_closable=false
        >
            <div class="dialog-body">
                <p>{text.expired_lead}</p>
                {sign_in::form::chunk().on_page()}
            </div>
        </Dialog>
    }
}
