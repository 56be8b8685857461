//! *Add client*: a form with four fields. The app stores a draft until the client is invited, so that a reload or a
//! crash loses nothing.

use leptos::{ev, prelude::*};
use partner_api::{
    form::{Email, NewClient, NewClientField},
    invitation::NewInvitation,
};
use serde::{Deserialize, Serialize};

use super::{
    super::state::{ClientsState, Dialog as ClientsDialog},
    new_client::{InviteError, find_duplicate, invite, message_of_problem, messages_of},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::drafts,
    data::views::UnknownOutcomeNotice,
    i18n::{I18n, format::fill, use_i18n},
    session::new_key,
    ui::{
        dialog::Dialog,
        forms::{
            field::{Field, InputKind},
            problems::{ProblemSummary, Problems},
            suggestion::Suggestion,
        },
        toast::Toasts,
    },
};

const DRAFT: &str = "add-client";
/// Name of a draft that exists while the dialog is open. The page uses it to open the dialog again after a reload.
const OPEN: &str = "add-client-open";

/// The stored field values, and the idempotency key of the request that sends them. The key is stored too, so that a
/// retry after a reload does not invite the client twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    typed: NewInvitation,
    key: String,
}

/// Whether the dialog was open when the user left or last reloaded the page.
pub fn was_open() -> bool {
    drafts::exists(OPEN)
}

#[component]
pub fn AddClient() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let (text, common, forms) = (i18n.text.add(), i18n.text.common(), i18n.text.forms());

    let mut draft = drafts::load::<Draft>(DRAFT).unwrap_or_default();
    if draft.key.is_empty() {
        draft.key = new_key();
    }
    let fields = Fields::new(&draft.typed);
    let draft = StoredValue::new(draft);
    drafts::save(OPEN, &());
    Effect::new(move |_| {
        let typed = fields.typed();
        draft.update_value(|draft| {
            // Changed values get a new idempotency key, because they make a different request.
            if draft.typed != typed {
                *draft = Draft { typed, key: new_key() };
            }
            drafts::save(DRAFT, draft);
        });
    });

    let check = move || messages_of(i18n, &NewClient::parse(&fields.typed()).err().unwrap_or_default());
    let problems = Problems::new(move |field| fields.of(field), check);
    let failure = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);
    let close = Callback::new(move |()| {
        drafts::delete(OPEN);
        state.close_dialog();
    });
    let send = move |client: NewClient, key: String| async move {
        let email = client.email.as_str().to_owned();
        let reply = invite(state, client, &key).await;
        let has_left = is_busy.try_set(false).is_some();
        match reply {
            Ok(()) => {
                drafts::delete(DRAFT);
                drafts::delete(OPEN);
                if !has_left {
                    state.close_dialog();
                }
                toasts.success(fill(text.invited, &[("email", &email)]));
            }
            // If the dialog is closed, show the error in a toast, because the user may be on another page.
            Err(error) if has_left => toasts.failure(failure_message(i18n, &email, &error)),
            Err(ApiError { kind: ErrorKind::Invalid(found), .. }) if !found.is_empty() => {
                problems.show(found.iter().map(|problem| message_of_problem(i18n, problem)).collect());
            }
            Err(error) => failure.set(Some(error)),
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        failure.set(None);
        let client = match NewClient::parse(&untrack(|| fields.typed())) {
            Ok(client) => client,
            Err(errors) => return problems.show(messages_of(i18n, &errors)),
        };
        if let Some(problem) = find_duplicate(state, i18n, &client.email) {
            return problems.show(vec![(NewClientField::Email, problem)]);
        }
        problems.clear();
        is_busy.set(true);
        leptos::task::spawn_local(send(client, draft.with_value(|draft| draft.key.clone())));
    };

    let aria_busy = move || is_busy.get().then_some("true");
    view! {
        <Dialog title=Signal::stored(text.add_title.to_owned()) close_label=common.close on_close=close is_busy=is_busy>
            <form class="form" novalidate autocomplete="off" on:submit=on_submit>
                <div class="dialog-body">
                    <ProblemSummary title=move |count| i18n.count(&forms.problems, count) problems=problems.links(id_of) />
                    <UnknownOutcomeNotice />
                    {move || failure.get().map(|error| view! { <InviteError error /> })}
                    <Field
                        id=id_of(NewClientField::Email)
                        label=common.email
                        value=fields.email
                        kind=InputKind::Email
                        hint=text.email_hint
                        is_first=true
                        problem=problems.of(NewClientField::Email)
                    >
                        <Suggestion
                            field_id=id_of(NewClientField::Email)
                            value=fields.email
                            suggest=|typed| Email::parse(typed).ok()?.likely_correction()
                            label=move |suggestion: String| fill(forms.did_you_mean, &[("suggestion", &suggestion)])
                        />
                    </Field>
                    <Field
                        id=id_of(NewClientField::Name)
                        label=forms.name
                        value=fields.name
                        optional=common.optional
                        problem=problems.of(NewClientField::Name)
                    />
                    <Field
                        id=id_of(NewClientField::Phone)
                        label=forms.phone
                        value=fields.phone
                        kind=InputKind::Phone
                        optional=common.optional
                        example=forms.phone_example
                        problem=problems.of(NewClientField::Phone)
                    />
                    <Field
                        id=id_of(NewClientField::Identifier)
                        label=forms.identifier
                        value=fields.identifier
                        optional=common.optional
                        hint=text.identifier_hint
                        problem=problems.of(NewClientField::Identifier)
                    />
                </div>
                <footer class="dialog-foot">
                    <button type="submit" class="button" data-mode="primary" aria-disabled=aria_busy>
                        {move || if is_busy.get() { text.adding } else { text.add_submit }}
                    </button>
                    <button type="button" class="button" aria-disabled=aria_busy
                        on:click=move |_| if !is_busy.get_untracked() { close.run(()) }>
                        {common.cancel}
                    </button>
                    <button type="button" class="button add-many" data-mode="quiet" aria-disabled=aria_busy
                        on:click=move |_| if !is_busy.get_untracked() {
                            close.run(());
                            state.open(ClientsDialog::AddMany);
                        }>
                        {text.many_open}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}

/// The current value of each field.
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

    const fn of(self, field: NewClientField) -> RwSignal<String> {
        match field {
            NewClientField::Email => self.email,
            NewClientField::Name => self.name,
            NewClientField::Phone => self.phone,
            NewClientField::Identifier => self.identifier,
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
}

const fn id_of(field: NewClientField) -> &'static str {
    match field {
        NewClientField::Email => "add-email",
        NewClientField::Name => "add-name",
        NewClientField::Phone => "add-phone",
        NewClientField::Identifier => "add-identifier",
    }
}

/// The text of an error toast. It names the email, because the form is no longer on screen.
fn failure_message(i18n: I18n, email: &str, error: &ApiError) -> String {
    let problem = match &error.kind {
        ErrorKind::Invalid(found) => found.first().map(|problem| message_of_problem(i18n, problem).1),
        _ => None,
    };
    let message = problem.unwrap_or_else(|| i18n.error(error));
    let unknown = error.kind.is_unknown_outcome().then_some(i18n.text.errors().unknown_outcome);
    [email, ": ", &message, " ", unknown.unwrap_or_default()].concat().trim_end().to_owned()
}
