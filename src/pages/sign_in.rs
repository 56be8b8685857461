//! The sign-in page and the sign-in form. The dialog for an expired session shows the same form.

use leptos::{ev, prelude::*};
use partner_api::{
    auth::Credentials,
    form::{Email, FieldError},
};

use crate::{
    api::{ApiError, ErrorKind},
    browser::{events::on_window, focus, framed},
    i18n::use_i18n,
    lazy_chunk,
    pages::use_title,
    routes::{self, Page, current_url},
    session::{State, use_session},
    ui::{
        forms::field::{Field, InputKind},
        icon::Icon,
    },
};

lazy_chunk! {
    /// Draws [`SignInPage`], which is in a lazy chunk.
    page in sign_in: () => SignInPage().into_any()
}

lazy_chunk! {
    /// Draws [`SignInForm`], which is in a lazy chunk.
    form in sign_in: () => SignInForm().into_any()
}

/// Replaces a partner page until the user signs in, or redirects to `sign_in_url` of config.json. Without a redirect,
/// the address does not change, so the requested page appears after signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let (text, texts) = (i18n.text, i18n.text.sign_in());
    let session = use_session();
    use_title(move || texts.title.to_owned());
    let elsewhere = session.config.with_value(|config| config.sign_in_url.clone());
    if let Some(url) = elsewhere {
        let back = js_sys::encode_uri_component(&current_url());
        let question = if url.contains('?') { '&' } else { '?' };
        _ = window().location().replace(&format!("{url}{question}next={back}"));
        return view! { <main class="sign-in"><p role="status">{texts.elsewhere}</p></main> }.into_any();
    }
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <div class="brand">
                    <span class={"brand-mark"} aria-hidden="true"></span>
                    <span class="brand-name">{text.shell().product}</span>
                </div>
                <h1 tabindex="-1">{texts.title}</h1>
                <p class="sign-in-lead">{texts.lead}</p>
                <SignInForm />
                <p class="sign-in-lead">
                    {texts.contact_question} " "
                    <a href=routes::href(i18n.locale, &Page::Contact, "")>{texts.contact_link}</a>
                </p>
            </div>
        </main>
    }
    .into_any()
}

#[component]
pub fn SignInForm() -> impl IntoView {
    // Users cannot tell who owns a password field inside a frame of another site, so never show one there.
    if framed::is_foreign() { view! { <SignInElsewhere /> }.into_any() } else { view! { <PasswordForm /> }.into_any() }
}

/// Links to the sign-in page in a separate tab. When the user has signed in there, the app continues in this tab.
#[component]
fn SignInElsewhere() -> impl IntoView {
    let texts = use_i18n().text.sign_in();
    let session = use_session();
    let (has_left, is_still_signed_out) = (StoredValue::new(false), RwSignal::new(false));
    // Check the session only when the window regains focus. Polling would never end in browsers that block third-party
    // cookies, because the frame does not see the new session there.
    on_window(ev::focus, move |_| {
        if has_left.get_value() {
            leptos::task::spawn_local(async move {
                if session.renew().await.is_err() {
                    _ = is_still_signed_out.try_set(true);
                }
            });
        }
    });
    let here = current_url();
    view! {
        <div class="form">
            <p>{texts.new_tab_lead}</p>
            <div role="status">
                {move || is_still_signed_out.get().then(|| view! {
                    <p class="notice" data-kind="warning"><Icon name="triangle-alert" /><span>{texts.new_tab_failed}</span></p>
                })}
            </div>
            <a class="button" data-mode="primary" data-wide=true href=here target="_blank" rel="noopener"
                on:click=move |_| has_left.set_value(true)>{texts.new_tab_open}</a>
        </div>
    }
}

#[component]
fn PasswordForm() -> impl IntoView {
    let i18n = use_i18n();
    let (text, texts) = (i18n.text, i18n.text.sign_in());
    let session = use_session();
    // Prefill the email after a session has expired, because the same user signs in again.
    let known = session.state().with_untracked(|state| match state {
        State::SignedIn(session) => session.user.email.clone(),
        _ => String::new(),
    });
    let is_known = !known.is_empty();
    let (email, password) = (RwSignal::new(known), RwSignal::new(String::new()));
    let (email_problem, password_problem) = (RwSignal::new(None), RwSignal::new(None));
    // Ask for the partner if the API has only the published calls, because none of them returns the partner of a user.
    let asks_partner = !is_known && session.only_published().get_untracked();
    let (partner, partner_problem) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (failure, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    // Focus the first empty field. The browser does so only in a dialog.
    focus::by_id(if is_known { "sign-in-password" } else { "sign-in-email" });

    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let problem = Email::parse(&email.get_untracked()).err().map(|error: FieldError| {
            i18n.field_error(error, text.forms().email_required, text.forms().email_malformed)
        });
        email_problem.set(problem.clone());
        let missing = password.with_untracked(String::is_empty).then(|| texts.password_required.to_owned());
        password_problem.set(missing.clone());
        let pid = asks_partner.then(|| partner.get_untracked().trim().to_owned());
        let no_partner = pid.as_ref().filter(|pid| pid.is_empty()).map(|_| texts.partner_required.to_owned());
        partner_problem.set(no_partner.clone());
        let problems = [(problem, "sign-in-email"), (missing, "sign-in-password"), (no_partner, "sign-in-partner")];
        if let Some((_, field)) = problems.iter().find(|(problem, _)| problem.is_some()) {
            return focus::by_id(field);
        }
        is_busy.set(true);
        failure.set(None);
        let credentials =
            Credentials { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        leptos::task::spawn_local(async move {
            let result = session.sign_in(&credentials, pid).await;
            if let Err(ApiError { kind: ErrorKind::NotFound, .. }) = result {
                _ = partner_problem.try_set(Some(texts.partner_unknown.to_owned()));
                focus::by_id("sign-in-partner");
            } else if let Err(error) = result {
                let message = match &error.kind {
                    ErrorKind::SignedOut => texts.wrong.to_owned(),
                    ErrorKind::TooMany(seconds) => i18n.count(&texts.locked, seconds.unwrap_or(60) as usize),
                    ErrorKind::Network | ErrorKind::Timeout => texts.offline.to_owned(),
                    _ => i18n.error(&error),
                };
                _ = failure.try_set(Some(message));
                focus::by_id("sign-in-password");
            }
            _ = is_busy.try_set(false);
        });
    };
    view! {
        <form class="form" novalidate on:submit=on_submit>
            <div role="alert">
                {move || failure.get().map(|message| view! {
                    <p class="notice" data-kind="danger"><Icon name="circle-alert" /><span>{message}</span></p>
                })}
            </div>
            <Field
                id="sign-in-email"
                label=text.common().email
                value=email
                kind=InputKind::Email
                autocomplete="username"
                is_first=!is_known
                problem=email_problem
            />
            <Field
                id="sign-in-password"
                label=texts.password
                value=password
                kind=InputKind::Password
                autocomplete="current-password"
                is_first=is_known
                problem=password_problem
            />
            {asks_partner.then(|| view! {
                <Field id="sign-in-partner" label=texts.partner value=partner hint=texts.partner_hint
                    example="mcs1234567890" problem=partner_problem />
            })}
            <button
                type="submit"
                class="button"
                data-mode="primary"
                data-wide
                aria-disabled=move || is_busy.get().then_some("true")
            >
                {move || if is_busy.get() { texts.signing_in } else { text.shell().sign_in }}
            </button>
        </form>
    }
}
