//! The contact form. The form asks only for facts that the app does not know about a signed-in user.

use std::time::Duration;

use leptos::{ev, prelude::*};
use partner_api::{
    CreateContactRequest,
    contact::{ContactField, MIN_FILL_MILLIS, NewContact, NewContactRequest, REPLY_HOURS},
    endpoint::{Empty, NoPath},
    form::Email,
};

use super::{
    draft::{Draft, Fields, id_of},
    known::{self, known_of},
    problems,
    sent::{SentRequest, with_link},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::framed,
    data::{error_notice::ErrorNotice, views::UnknownOutcomeNotice},
    i18n::{format::fill, locales::ContactText, use_i18n},
    routes::{self, Page},
    session::{State, use_session},
    ui::forms::{
        field::{Field, InputKind, bound_to},
        problems::{ProblemSummary, Problems},
        suggestion::Suggestion,
        text_area::TextArea,
    },
};

#[component]
pub(super) fn ContactForm(on_sent: Callback<SentRequest>) -> impl IntoView {
    let i18n = use_i18n();
    let text = i18n.text.contact();
    let session = use_session();
    let known = session.state().with_untracked(|state| match state {
        State::SignedIn(session) => known_of(session),
        _ => Vec::new(),
    });
    let draft = Draft::load();
    let fields = Fields::new(&draft.typed, &known);
    let draft = StoredValue::new(draft);
    Effect::new(move |_| {
        let typed = fields.typed();
        draft.update_value(|draft| draft.save(typed));
    });
    let trap = RwSignal::new(String::new());
    let check = move || problems::of_errors(i18n, &NewContact::parse(&fields.typed()).err().unwrap_or_default());
    let problems = Problems::new(move |field| fields.of(field), check);
    let failure = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);

    let send = move |body: NewContactRequest, key: String| async move {
        let reply = session.call::<CreateContactRequest>(&NoPath {}, &Empty {}, &body, Some(&key)).await;
        _ = is_busy.try_set(false);
        match reply {
            Ok(request) => {
                Draft::delete();
                framed::report_sent(&request.reference);
                _ = on_sent.try_run(SentRequest { reference: request.reference, email: body.email });
            }
            Err(error) => {
                let found = match &error.kind {
                    ErrorKind::Invalid(found) => problems::of_reply(i18n, found),
                    _ => Vec::new(),
                };
                if found.is_empty() {
                    _ = failure.try_set(Some(error));
                } else {
                    problems.show(found);
                }
            }
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        failure.set(None);
        let typed = untrack(|| fields.typed());
        let contact = match NewContact::parse(&typed) {
            Ok(contact) => contact,
            Err(errors) => return problems.show(problems::of_errors(i18n, &errors)),
        };
        problems.clear();
        is_busy.set(true);
        let (key, open_for) = draft.with_value(|draft| (draft.key.clone(), draft.open_for()));
        let body = NewContactRequest {
            email: contact.email.as_str().to_owned(),
            locale: Some(i18n.locale.code().to_owned()),
            website: trap.get_untracked(),
            filled_in_ms: open_for.max(MIN_FILL_MILLIS),
            ..typed
        };
        // Delay the request if the form was filled in very fast. The server drops such requests as sent by a bot, but
        // browser autofill can be equally fast.
        let wait = Duration::from_millis(MIN_FILL_MILLIS.saturating_sub(open_for));
        set_timeout(move || leptos::task::spawn_local(send(body, key)), wait);
    };

    let lead = if known.is_empty() { &text.lead } else { &text.lead_known };
    let is_known = !known.is_empty();
    let unknown = ContactField::ALL.into_iter().filter(|field| known.iter().all(|(it, _)| it != field));
    let inputs = unknown.map(|field| input(text, field, fields, problems)).collect_view();
    // If the form is in a frame of another page, open the app in a new tab, so that the app does not replace the form.
    let target = framed::is_framed().then_some("_blank");
    let consent_url = session.config.with_value(|config| config.consent_url.clone());
    let consent = with_link(text.consent, text.consent_link.to_owned(), consent_url, true);
    view! {
        <header class="contact-head">
            <h1 tabindex="-1">{text.title}</h1>
            <p>{i18n.count(lead, REPLY_HOURS)}</p>
        </header>
        <form class="form contact-form" novalidate on:submit=on_submit>
            <ProblemSummary title=move |count| i18n.count(&i18n.text.forms().problems, count) problems=problems.links(id_of) />
            <UnknownOutcomeNotice />
            {move || failure.get().map(|error| failed(text, error))}
            {is_known.then(|| known::view(text, &known))}
            {inputs}
            <div class="contact-trap" aria-hidden="true">
                <label for="contact-website">{text.trap}</label>
                <input id="contact-website" name="website" type="text" tabindex="-1" autocomplete="off" use:bound_to=trap />
            </div>
            <div class="contact-foot">
                <button type="submit" class="button" data-mode="primary"
                    aria-disabled=move || is_busy.get().then_some("true")>
                    {move || if is_busy.get() { text.sending } else { text.send }}
                </button>
                <p class="field-hint">{consent}</p>
            </div>
        </form>
        <p class="contact-else">
            {(!is_known).then(|| format!("{} ", text.partner_already))}
            <a href=routes::href(i18n.locale, &Page::Clients, "") target=target>
                {if is_known { i18n.text.shell().to_clients } else { i18n.text.shell().sign_in }}
            </a>
        </p>
    }
}

fn input(text: &'static ContactText, field: ContactField, fields: Fields, problems: Problems<ContactField>) -> AnyView {
    let i18n = use_i18n();
    let (id, value, problem) = (id_of(field), fields.of(field), problems.of(field));
    match field {
        ContactField::Name => view! { <Field id label=text.name value autocomplete="name" problem /> }.into_any(),
        ContactField::Email => {
            let label = move |suggestion: String| fill(i18n.text.forms().did_you_mean, &[("suggestion", &suggestion)]);
            let suggest = |typed: &str| Email::parse(typed).ok()?.likely_correction();
            view! {
                <Field id label=text.email value kind=InputKind::Email autocomplete="email" hint=text.email_hint problem>
                    <Suggestion field_id=id value suggest label />
                </Field>
            }
            .into_any()
        }
        ContactField::Phone => {
            let example = i18n.text.forms().phone_example;
            view! { <Field id label=text.phone value kind=InputKind::Phone autocomplete="tel" example problem /> }
                .into_any()
        }
        ContactField::Company => {
            view! { <Field id label=text.company value autocomplete="organization" problem /> }.into_any()
        }
        ContactField::Message => {
            let optional = i18n.text.common().optional;
            view! { <TextArea id label=text.message value optional hint=text.message_hint problem /> }.into_any()
        }
    }
}

/// Shows the error and says that the field values are not lost or, if the outcome is unknown, that a retry is safe.
fn failed(text: &'static ContactText, error: ApiError) -> impl IntoView {
    let i18n = use_i18n();
    let why = match error.kind {
        ErrorKind::TooMany(secs) => {
            let minutes = secs.unwrap_or(60).div_ceil(60) as usize;
            let (forms, number) =
                if minutes <= 90 { (&text.wait_minutes, minutes) } else { (&text.wait_hours, minutes.div_ceil(60)) };
            i18n.count(forms, number)
        }
        _ => i18n.error(&error),
    };
    let next = if error.kind.is_unknown_outcome() { i18n.text.errors().unknown_outcome } else { text.input_stays };
    view! { <ErrorNotice error message=why hint=Some(next) /> }
}
