//! What adding one client and adding many have in common: inviting, what the list knows already, and what is wrong in words.

use leptos::prelude::*;
use partner_api::{
    CreateInvitation, FieldProblem,
    endpoint::{Empty, PartnerPath},
    form::{Email, FieldError, NewClient, NewClientField},
    problem::code,
    rules::ClientState,
};

use super::super::state::ClientsState;
use crate::{
    api::ApiError,
    browser::clock::now,
    i18n::{I18n, use_i18n},
    ui::icon::Icon,
};

/// A problem of a field, in words.
pub(super) type Problems = Vec<(NewClientField, String)>;

/// Invites a client; the list shows it at once, and marks it.
///
/// # Errors
/// Of the call.
pub(super) async fn invite(state: ClientsState, client: NewClient, key: &str) -> Result<(), ApiError> {
    let path = PartnerPath { pid: state.session.pid() };
    let invitation = state.session.call::<CreateInvitation>(&path, &Empty {}, &client.into(), Some(key)).await?;
    state.change(|store| store.upsert_invitation(&invitation, now()));
    let added = state.store.with_untracked(|store| store.invitation(&invitation.iid));
    state.fresh.update(|fresh| fresh.extend(added));
    Ok(())
}

/// Why the server could not be asked, or could not do it.
#[component]
pub(super) fn Failed(error: ApiError) -> impl IntoView {
    let i18n = use_i18n();
    let unknown = error.kind.is_unknown_outcome().then_some(i18n.text.errors().unknown_outcome);
    view! {
        <div class="notice" data-kind="danger" role="alert">
            <Icon name="circle-alert" />
            <div>
                <p>{i18n.error(&error)}</p>
                {unknown.map(|line| view! { <p>{line}</p> })}
                {i18n.reference(&error).map(|line| view! { <p class="error-reference">{line}</p> })}
            </div>
        </div>
    }
}

/// What a field is called.
pub(super) const fn label_of(i18n: I18n, field: NewClientField) -> &'static str {
    match field {
        NewClientField::Email => i18n.text.common().email,
        NewClientField::Name => i18n.text.forms().name,
        NewClientField::Phone => i18n.text.forms().phone,
        NewClientField::Identifier => i18n.text.forms().identifier,
    }
}

/// The problems that the rules found.
pub(super) fn in_words(i18n: I18n, problems: &[(NewClientField, FieldError)]) -> Problems {
    problems.iter().map(|(field, error)| (*field, of_code_error(i18n, *field, *error))).collect()
}

fn of_code_error(i18n: I18n, field: NewClientField, error: FieldError) -> String {
    let malformed = match field {
        NewClientField::Phone => i18n.text.forms().phone_malformed,
        _ => i18n.text.forms().email_malformed,
    };
    i18n.field_error(error, i18n.text.forms().email_required, malformed)
}

/// The server's own word on a field.
pub(super) fn of_problem(i18n: I18n, problem: &FieldProblem) -> (NewClientField, String) {
    let text = i18n.text;
    let field = NewClientField::of_pointer(&problem.pointer).unwrap_or(NewClientField::Email);
    let words = match problem.code.as_str() {
        code::ALREADY_CLIENT => text.add().already_client.to_owned(),
        code::ALREADY_INVITED => text.add().already_invited.to_owned(),
        "malformed" => of_code_error(i18n, field, FieldError::Malformed),
        "required" => of_code_error(i18n, field, FieldError::Required),
        _ => text.forms().problem_other.to_owned(),
    };
    (field, words)
}

/// The list knows the address already: said at once, without asking the server.
pub(super) fn known_already(state: ClientsState, i18n: I18n, email: &Email) -> Option<String> {
    state.store.with_untracked(|store| {
        let row = store.with_email(email.as_str())?;
        let text = match row.state() {
            ClientState::Invited | ClientState::InvitationExpired => i18n.text.add().already_invited,
            _ => i18n.text.add().already_client,
        };
        Some(text.to_owned())
    })
}
