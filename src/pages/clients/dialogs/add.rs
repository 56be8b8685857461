//! *Add client*: four fields, problems where they belong, and a draft that survives everything but success.

use leptos::{ev, prelude::*};
use partner_api::{
    form::{Email, NewClient, NewClientField},
    invitation::NewInvitation,
};
use serde::{Deserialize, Serialize};

use super::{
    super::state::ClientsState,
    confirm::Asked,
    new_client::{Failed, Problems, in_words, invite, known_already, of_problem},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::drafts,
    data::load::Unsure,
    i18n::{format::fill, use_i18n},
    lazy_chunk,
    session::new_key,
    ui::{
        dialog::Dialog,
        field::{Field, Kind, ProblemSummary, focus},
        live::{live, live_true},
        toast::Toasts,
    },
};

/// Name of the draft.
const DRAFT: &str = "add-client";
/// Name of a draft that is there as long as the dialog is open: what is typed outlives it.
const OPEN: &str = "add-client-open";

/// What is typed, and the key of its request: a repeated one has one effect, even after a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    typed: NewInvitation,
    key: String,
}

/// Whether the dialog was open when the page was left or reloaded.
pub fn was_open() -> bool {
    drafts::exists(OPEN)
}

lazy_chunk! {
    /// [`AddClient`]
    add_client in dialogs: (on_close: Callback<()>) => view! { <AddClient on_close /> }.into_any()
}

/// The dialog.
#[component]
pub fn AddClient(
    /// It wants to be closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let text = i18n.text;

    let kept = drafts::load::<Draft>(DRAFT).unwrap_or_default();
    let fields = Fields::new(&kept.typed);
    // The key belongs to what is typed: other contents are another request.
    let key = StoredValue::new((kept.typed.clone(), if kept.key.is_empty() { new_key() } else { kept.key }));
    drafts::save(OPEN, &());
    let keep = move |typed: &NewInvitation| {
        key.update_value(|(of, key)| {
            if of != typed {
                (*of, *key) = (typed.clone(), new_key());
            }
        });
        drafts::save(DRAFT, &Draft { typed: typed.clone(), key: key.get_value().1 });
    };
    Effect::new(move |_| keep(&fields.typed()));

    let problems = RwSignal::new(Problems::new());
    let failure = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);
    // What stood in the fields when the problems were found.
    let checked = StoredValue::new(NewInvitation::default());
    let show = move |found: Problems| {
        problems.set(found);
        focus("problem-summary");
    };
    let close = Callback::new(move |()| {
        drafts::delete(OPEN);
        on_close.run(());
    });

    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let typed = fields.typed_untracked();
        failure.set(None);
        checked.set_value(typed.clone());
        let client = match NewClient::parse(&typed) {
            Ok(client) => client,
            Err(found) => return show(in_words(i18n, &found)),
        };
        if let Some(known) = known_already(state, i18n, &client.email) {
            return show(vec![(NewClientField::Email, known)]);
        }
        problems.set(Vec::new());
        is_busy.set(true);
        let email = client.email.as_str().to_owned();
        leptos::task::spawn_local(async move {
            let (_, key) = key.get_value();
            let reply = invite(state, client, &key).await;
            // Whoever left the page meanwhile is told where they are.
            let has_left = is_busy.try_set(false).is_some();
            match reply {
                Ok(()) => {
                    drafts::delete(DRAFT);
                    drafts::delete(OPEN);
                    _ = on_close.try_run(());
                    toasts.tell(fill(text.add().invited, &[("email", &email)]));
                }
                Err(error) if has_left => {
                    let problem = match &error.kind {
                        ErrorKind::Invalid(found) => found.first().map(|problem| of_problem(i18n, problem).1),
                        _ => None,
                    };
                    let words = problem.unwrap_or_else(|| i18n.error(&error));
                    let unknown = error.kind.is_unknown_outcome().then_some(text.errors().unknown_outcome);
                    toasts.fail([&email, ": ", &words, " ", unknown.unwrap_or_default()].concat().trim_end());
                }
                Err(ApiError { kind: ErrorKind::Invalid(found), .. }) if !found.is_empty() => {
                    show(found.iter().map(|problem| of_problem(i18n, problem)).collect());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };

    let problem_of = move |field: NewClientField| {
        Signal::derive(move || {
            problems.with(|problems| problems.iter().find(|(it, _)| *it == field).map(|(_, problem)| problem.clone()))
        })
    };
    // What was wrong is looked at again while it is being mended: the problem goes as soon as it is solved, and never
    // under the pointer that is about to press the button.
    Effect::new(move |_| {
        let typed = fields.typed();
        let is_mended = |field| checked.with_value(|checked| text_of(checked, field) != text_of(&typed, field));
        if problems.with_untracked(|problems| problems.iter().any(|(field, _)| is_mended(*field))) {
            let found = in_words(i18n, &NewClient::parse(&typed).err().unwrap_or_default());
            problems.update(|problems| {
                problems.retain(|(field, _)| !is_mended(*field) || found.iter().any(|(it, _)| it == field));
                for (field, problem) in problems.iter_mut().filter(|(field, _)| is_mended(*field)) {
                    problem.clone_from(&found.iter().find(|(it, _)| it == field).expect("retained by this").1);
                }
            });
        }
    });
    let suggestion = move || {
        let typed = fields.email.get();
        let domain = Email::parse(&typed).ok()?.likely_domain()?;
        let (local, _) = typed.trim().rsplit_once('@')?;
        Some(format!("{local}@{domain}"))
    };
    let summary = Signal::derive(move || i18n.count(&text.forms().problems, problems.with(Vec::len)));
    let links = Signal::derive(move || {
        problems.with(|problems| problems.iter().map(|(field, problem)| (id_of(*field), problem.clone())).collect())
    });
    view! {
        <Dialog title=Signal::stored(text.add().add_title.to_owned()) close_label=text.common().close on_close=close is_busy=is_busy>
            <form class="form" novalidate autocomplete="off" on:submit=on_submit>
                <div class="dialog-body">
                    <ProblemSummary title=move |_| summary.get() problems=links />
                    <Unsure />
                    {live(move || failure.get().map(|error| view! { <Failed error /> }))}
                    <Field
                        id=id_of(NewClientField::Email)
                        label=text.common().email
                        value=fields.email
                        kind=Kind::Email
                        hint=text.add().email_hint
                        is_first=true
                        problem=problem_of(NewClientField::Email)
                    >
                        {live(move || suggestion().map(|suggestion| {
                            let label = fill(text.forms().did_you_mean, &[("suggestion", &suggestion)]);
                            view! {
                                <button type="button" class="link field-suggestion"
                                    on:click=move |_| fields.email.set(suggestion.clone())>{label}</button>
                            }
                        }))}
                    </Field>
                    <Field
                        id=id_of(NewClientField::Name)
                        label=text.forms().name
                        value=fields.name
                        optional=text.common().optional
                        problem=problem_of(NewClientField::Name)
                    />
                    <Field
                        id=id_of(NewClientField::Phone)
                        label=text.forms().phone
                        value=fields.phone
                        kind=Kind::Phone
                        optional=text.common().optional
                        example=text.forms().phone_example
                        problem=problem_of(NewClientField::Phone)
                    />
                    <Field
                        id=id_of(NewClientField::Identifier)
                        label=text.forms().identifier
                        value=fields.identifier
                        optional=text.common().optional
                        hint=text.add().identifier_hint
                        problem=problem_of(NewClientField::Identifier)
                    />
                </div>
                <footer class="dialog-foot">
                    <button type="submit" class="button" data-mode="primary"
                        aria-disabled=live_true(move || is_busy.get())>
                        {live(move || if is_busy.get() { text.add().adding } else { text.add().add_submit })}
                    </button>
                    <button type="button" class="button" aria-disabled=live_true(move || is_busy.get())
                        on:click=move |_| if !is_busy.get_untracked() { close.run(()) }>
                        {text.common().cancel}
                    </button>
                    <button type="button" class="button add-many" data-mode="quiet"
                        aria-disabled=live_true(move || is_busy.get())
                        on:click=move |_| if !is_busy.get_untracked() {
                            close.run(());
                            state.asked.set(Some(Asked::Many));
                        }>
                        {text.add().many_open}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}

/// The typed texts.
#[derive(Clone, Copy)]
struct Fields {
    email: RwSignal<String>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    identifier: RwSignal<String>,
}

impl Fields {
    fn new(typed: &NewInvitation) -> Self {
        let field = |text: &Option<String>| RwSignal::new(text.clone().unwrap_or_default());
        Self {
            email: RwSignal::new(typed.email.clone()),
            name: field(&typed.name),
            phone: field(&typed.phone),
            identifier: field(&typed.client_id),
        }
    }

    fn typed(self) -> NewInvitation {
        NewInvitation {
            email: self.email.get(),
            name: Some(self.name.get()),
            phone: Some(self.phone.get()),
            client_id: Some(self.identifier.get()),
        }
    }

    fn typed_untracked(self) -> NewInvitation {
        untrack(|| self.typed())
    }
}

fn text_of(typed: &NewInvitation, field: NewClientField) -> Option<&str> {
    match field {
        NewClientField::Email => Some(&typed.email),
        NewClientField::Name => typed.name.as_deref(),
        NewClientField::Phone => typed.phone.as_deref(),
        NewClientField::Identifier => typed.client_id.as_deref(),
    }
}

const fn id_of(field: NewClientField) -> &'static str {
    match field {
        NewClientField::Email => "add-email",
        NewClientField::Name => "add-name",
        NewClientField::Phone => "add-phone",
        NewClientField::Identifier => "add-identifier",
    }
}
