//! The form: what the account does not know, problems where they belong, and a draft that survives all but success.

use std::time::Duration;

use leptos::{ev, prelude::*};
use partner_api::{
    CreateContactRequest,
    contact::{ContactField, MIN_FILL_MILLIS, NewContactRequest, REPLY_HOURS},
    endpoint::{Empty, NoPath},
    form::Email,
};

use super::{
    fields::{Draft, Fields, id_of, known_of},
    problems::Problems,
    sent::{SentRequest, with_link},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::framed,
    config::ContactConfig,
    data::load::Unsure,
    i18n::{
        format::fill,
        locales::{self, ContactText},
        use_i18n,
    },
    routes::{self, Page},
    session::{State, use_session},
    ui::{
        field::{Field, Kind, ProblemSummary, focus},
        icon::Icon,
        live::{live, live_true},
        text_area::TextArea,
    },
};

/// The form.
#[component]
pub(super) fn ContactForm(
    /// Where its links lead; `None` until that is known.
    config: RwSignal<Option<ContactConfig>>,
    /// The request was sent.
    on_sent: Callback<SentRequest>,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = locales::contact_of(i18n.locale);
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
        draft.update_value(|draft| draft.keep(typed));
    });
    let trap = RwSignal::new(String::new());
    let problems = Problems::of(fields);
    let failure = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);

    let send = move |body: NewContactRequest, key: String| async move {
        let reply = session.call::<CreateContactRequest>(&NoPath {}, &Empty {}, &body, Some(&key)).await;
        _ = is_busy.try_set(false);
        match reply {
            Ok(request) => {
                Draft::forget();
                framed::tell_sent(&request.reference);
                _ = on_sent.try_run(SentRequest { reference: request.reference, email: body.email });
            }
            Err(ApiError { kind: ErrorKind::Invalid(found), .. }) if problems.show(&found) => {
                focus("problem-summary");
            }
            Err(error) => _ = failure.try_set(Some(error)),
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        failure.set(None);
        let typed = untrack(|| fields.typed());
        let Some(contact) = problems.check(&typed) else { return focus("problem-summary") };
        is_busy.set(true);
        let (key, open_for) = draft.with_value(|draft| (draft.key.clone(), draft.open_for()));
        let body = NewContactRequest {
            email: contact.email.as_str().to_owned(),
            locale: Some(i18n.locale.code().to_owned()),
            website: trap.get_untracked(),
            filled_in_ms: open_for.max(MIN_FILL_MILLIS),
            ..typed
        };
        // Whoever is that quick, by the browser's help, is no program: the server would take them for one.
        let wait = Duration::from_millis(MIN_FILL_MILLIS.saturating_sub(open_for));
        set_timeout(move || leptos::task::spawn_local(send(body, key)), wait);
    };

    let lead = if known.is_empty() { text.lead } else { text.lead_known };
    let is_known = !known.is_empty();
    let asked = ContactField::ALL.into_iter().filter(|field| known.iter().all(|(it, _)| it != field));
    let asked = asked.map(|field| input(text, field, fields, problems)).collect_view();
    let summary = Signal::derive(move || i18n.count(&i18n.text.problems, problems.all().with(Vec::len)));
    let links = Signal::derive(move || {
        let found = problems.all().get();
        found.into_iter().map(|(field, problem)| (id_of(field), problem)).collect()
    });
    // The account itself stands in a tab of its own, not in the place of a form.
    let target = framed::is_framed().then_some("_blank");
    view! {
        <header class="contact-head">
            <h1 tabindex="-1">{text.title}</h1>
            <p>{fill(lead, &[("hours", &i18n.number(REPLY_HOURS))])}</p>
        </header>
        <form class="form contact-form" novalidate on:submit=on_submit>
            <ProblemSummary title=summary problems=links />
            <Unsure />
            {live(move || failure.get().map(|error| failed(text, &error)))}
            {is_known.then(|| facts(text, &known))}
            {asked}
            <div class="contact-trap" aria-hidden="true">
                <label for="contact-website">{text.trap}</label>
                <input id="contact-website" name="website" type="text" tabindex="-1" autocomplete="off"
                    prop:value=move || trap.get() on:input=move |event| trap.set(event_target_value(&event)) />
            </div>
            <div class="contact-foot">
                <button type="submit" class="button" data-mode="primary"
                    aria-disabled=live_true(move || is_busy.get())>
                    {live(move || if is_busy.get() { text.sending } else { text.send })}
                </button>
                <p class="field-hint">{live(move || config.get().map(|config| consent(text, config)))}</p>
            </div>
        </form>
        <p class="contact-else">
            {(!is_known).then(|| format!("{} ", text.partner_already))}
            <a href=routes::href(i18n.locale, &Page::Clients, "") target=target>
                {if is_known { i18n.text.to_clients } else { i18n.text.sign_in }}
            </a>
        </p>
    }
}

/// The input of a field.
fn input(text: &'static ContactText, field: ContactField, fields: Fields, problems: Problems) -> AnyView {
    let i18n = use_i18n();
    let (id, value, problem) = (id_of(field), fields.of(field), problems.at(field));
    match field {
        ContactField::Name => view! { <Field id label=text.name value autocomplete="name" problem /> }.into_any(),
        ContactField::Email => {
            let suggestion = move || {
                let typed = value.get();
                let domain = Email::parse(&typed).ok()?.likely_domain()?;
                let (local, _) = typed.trim().rsplit_once('@')?;
                Some(format!("{local}@{domain}"))
            };
            view! {
                <Field id label=text.email value kind=Kind::Email autocomplete="email" hint=text.email_hint problem>
                    {live(move || suggestion().map(|suggestion| {
                        let label = fill(i18n.text.did_you_mean, &[("suggestion", &suggestion)]);
                        view! {
                            <button type="button" class="link field-suggestion"
                                on:click=move |_| value.set(suggestion.clone())>{label}</button>
                        }
                    }))}
                </Field>
            }
            .into_any()
        }
        ContactField::Phone => {
            let example = i18n.text.phone_example;
            view! { <Field id label=text.phone value kind=Kind::Phone autocomplete="tel" example problem /> }.into_any()
        }
        ContactField::Company => {
            view! { <Field id label=text.company value autocomplete="organization" problem /> }.into_any()
        }
        ContactField::Message => {
            let optional = i18n.text.optional;
            view! { <TextArea id label=text.message value optional hint=text.message_hint problem /> }.into_any()
        }
    }
}

/// What the account knows.
fn facts(text: &'static ContactText, known: &[(ContactField, String)]) -> impl IntoView + use<> {
    let facts = known.iter().map(|(field, fact)| {
        let label = match field {
            ContactField::Name => text.name,
            ContactField::Email => text.email,
            ContactField::Phone => text.phone,
            ContactField::Company => text.company,
            ContactField::Message => text.message,
        };
        view! { <div><dt>{label}</dt><dd><bdi>{fact.clone()}</bdi></dd></div> }
    });
    view! {
        <section class="contact-known" aria-labelledby="contact-known">
            <h2 id="contact-known">{text.known}</h2>
            <dl>{facts.collect_view()}</dl>
        </section>
    }
}

/// Why it was not sent, and that nothing is lost.
fn failed(text: &'static ContactText, error: &ApiError) -> impl IntoView + use<> {
    let i18n = use_i18n();
    let why = match error.kind {
        ErrorKind::TooMany(secs) => {
            let minutes = secs.unwrap_or(60).div_ceil(60) as usize;
            let (forms, number) =
                if minutes <= 90 { (&text.wait_minutes, minutes) } else { (&text.wait_hours, minutes.div_ceil(60)) };
            i18n.count(forms, number)
        }
        _ => i18n.error(error),
    };
    let next = if error.kind.is_unknown_outcome() { i18n.text.error_unknown_outcome } else { text.kept };
    view! {
        <div class="notice" data-kind="danger" role="alert">
            <Icon name="circle-alert" />
            <div>
                <p>{why}</p>
                <p>{next}</p>
                {i18n.reference(error).map(|line| view! { <p class="empty-reference">{line}</p> })}
            </div>
        </div>
    }
}

/// What pressing the button agrees to.
fn consent(text: &'static ContactText, config: ContactConfig) -> AnyView {
    with_link(text.consent, text.consent_link.to_owned(), config.consent_url, true)
}
