//! Signing in: the page, and the form that also stands in the dialog over an expired session.

use leptos::{ev, prelude::*};
use partner_api::{
    auth::Credentials,
    form::{Email, FieldError},
};

use crate::{
    api::{ApiError, ErrorKind},
    browser::framed,
    i18n::use_i18n,
    lazy_chunk,
    pages::use_title,
    routes::{self, Page, current_url},
    session::{State, use_session},
    ui::{
        field::{Field, Kind, focus},
        icon::Icon,
        live::{live, live_true},
    },
};

lazy_chunk! {
    /// [`SignInPage`]
    page in sign_in: () => SignInPage().into_any()
}

lazy_chunk! {
    /// [`SignInForm`]
    form in sign_in: () => SignInForm().into_any()
}

/// The page for who is not signed in. The address stays: after signing in, the page that was asked for is there.
#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let (text, words) = (i18n.text, i18n.text.sign_in());
    let session = use_session();
    use_title(move || words.title.to_owned());
    let elsewhere = session.config.with_value(|config| config.sign_in_url.clone());
    if let Some(url) = elsewhere {
        let back = js_sys::encode_uri_component(&current_url());
        let question = if url.contains('?') { '&' } else { '?' };
        _ = window().location().replace(&format!("{url}{question}next={back}"));
        return view! { <main class="sign-in"><p role="status">{words.elsewhere}</p></main> }.into_any();
    }
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <div class="brand">
                    <span class={"brand-mark"} aria-hidden="true"></span>
                    <span class="brand-name">{text.shell().product}</span>
                </div>
                <h1 tabindex="-1">{words.title}</h1>
                <p class="sign-in-lead">{words.lead}</p>
                <SignInForm />
                <p class="sign-in-lead">
                    {words.contact_question} " "
                    <a href=routes::href(i18n.locale, &Page::Contact, "")>{words.contact_link}</a>
                </p>
            </div>
        </main>
    }
    .into_any()
}

/// Where somebody signs in: the form, or inside a page of another site the way to it.
#[component]
pub fn SignInForm() -> impl IntoView {
    // Nobody can tell whose a password field in a frame is.
    if framed::is_foreign() { view! { <Apart /> }.into_any() } else { view! { <PasswordForm /> }.into_any() }
}

/// Leads to a tab of the account's own, and goes on here once somebody has signed in there.
#[component]
fn Apart() -> impl IntoView {
    let words = use_i18n().text.sign_in();
    let session = use_session();
    let (has_gone, is_in_vain) = (StoredValue::new(false), RwSignal::new(false));
    // Asks when somebody comes back, and never by itself: a browser that keeps cookies from frames would have no end of it.
    let on_focus = window_event_listener(ev::focus, move |_| {
        if has_gone.get_value() {
            leptos::task::spawn_local(async move {
                if session.look_again().await.is_err() {
                    _ = is_in_vain.try_set(true);
                }
            });
        }
    });
    on_cleanup(move || on_focus.remove());
    let here = current_url();
    view! {
        <div class="form">
            <p>{words.apart}</p>
            <div role="status">
                {live(move || is_in_vain.get().then(|| view! {
                    <p class="notice" data-kind="warning"><Icon name="triangle-alert" /><span>{words.apart_in_vain}</span></p>
                }))}
            </div>
            <a class="button" data-mode="primary" data-wide=true href=here target="_blank" rel="noopener"
                on:click=move |_| has_gone.set_value(true)>{words.apart_open}</a>
        </div>
    }
}

/// Email, password, and what came of the last try.
#[component]
fn PasswordForm() -> impl IntoView {
    let i18n = use_i18n();
    let (text, words) = (i18n.text, i18n.text.sign_in());
    let session = use_session();
    // Over an expired session, the same person signs in again.
    let known = session.state().with_untracked(|state| match state {
        State::SignedIn(session) => session.user.email.clone(),
        _ => String::new(),
    });
    let is_known = !known.is_empty();
    let (email, password) = (RwSignal::new(known), RwSignal::new(String::new()));
    let (email_problem, password_problem) = (RwSignal::new(None), RwSignal::new(None));
    // Some APIs do not tell for whom somebody acts.
    let asks_partner = !is_known && session.only_published().get_untracked();
    let (partner, partner_problem) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (failure, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    // In a dialog that opens with the form in it, the browser looks for the first field itself.
    focus(if is_known { "sign-in-password" } else { "sign-in-email" });

    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let problem = Email::parse(&email.get_untracked()).err().map(|error: FieldError| {
            i18n.field_error(error, text.forms().email_required, text.forms().email_malformed)
        });
        email_problem.set(problem.clone());
        let missing = password.with_untracked(String::is_empty).then(|| words.password_required.to_owned());
        password_problem.set(missing.clone());
        let pid = asks_partner.then(|| partner.get_untracked().trim().to_owned());
        let no_partner = pid.as_ref().filter(|pid| pid.is_empty()).map(|_| words.partner_required.to_owned());
        partner_problem.set(no_partner.clone());
        let problems = [(problem, "sign-in-email"), (missing, "sign-in-password"), (no_partner, "sign-in-partner")];
        if let Some((_, field)) = problems.iter().find(|(problem, _)| problem.is_some()) {
            return focus(field);
        }
        is_busy.set(true);
        failure.set(None);
        let credentials =
            Credentials { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        leptos::task::spawn_local(async move {
            let result = session.sign_in(&credentials, pid).await;
            if let Err(ApiError { kind: ErrorKind::NotFound, .. }) = result {
                _ = partner_problem.try_set(Some(words.partner_unknown.to_owned()));
                focus("sign-in-partner");
            } else if let Err(error) = result {
                let message = match &error.kind {
                    ErrorKind::SignedOut => words.wrong.to_owned(),
                    ErrorKind::TooMany(seconds) => i18n.count(&words.locked, seconds.unwrap_or(60) as usize),
                    ErrorKind::Network | ErrorKind::Timeout => words.offline.to_owned(),
                    _ => i18n.error(&error),
                };
                _ = failure.try_set(Some(message));
                focus("sign-in-password");
            }
            _ = is_busy.try_set(false);
        });
    };
    view! {
        <form class="form" novalidate on:submit=on_submit>
            <div role="alert">
                {live(move || failure.get().map(|message| view! {
                    <p class="notice" data-kind="danger"><Icon name="circle-alert" /><span>{message}</span></p>
                }))}
            </div>
            <Field
                id="sign-in-email"
                label=text.common().email
                value=email
                kind=Kind::Email
                autocomplete="username"
                is_first=!is_known
                problem=email_problem
            />
            <Field
                id="sign-in-password"
                label=words.password
                value=password
                kind=Kind::Password
                autocomplete="current-password"
                is_first=is_known
                problem=password_problem
            />
            {asks_partner.then(|| view! {
                <Field id="sign-in-partner" label=words.partner value=partner hint=words.partner_hint
                    example="mcs1234567890" problem=partner_problem />
            })}
            <button
                type="submit"
                class="button"
                data-mode="primary"
                data-wide
                aria-disabled=live_true(move || is_busy.get())
            >
                {live(move || if is_busy.get() { words.signing_in } else { text.shell().sign_in })}
            </button>
        </form>
    }
}
