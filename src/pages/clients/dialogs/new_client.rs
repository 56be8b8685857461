//! Invites a client. The dialogs *Add client* and *Add many* share the call, the duplicate check and the error
//! messages.

use leptos::prelude::*;
use partner_api::{
    CreateInvitation, FieldProblem,
    endpoint::{Empty, PartnerPath},
    form::{Email, FieldError, NewClient, NewClientField},
    problem::code,
};

use super::super::state::ClientsState;
use crate::{
    api::ApiError,
    browser::clock::now,
    data::error_notice::ErrorNotice,
    i18n::{I18n, use_i18n},
};

/// Invites a client, adds the invitation to the client list, and marks the new row.
///
/// # Errors
/// Returns an error if the call that creates the invitation fails.
pub(super) async fn invite(state: ClientsState, client: NewClient, key: &str) -> Result<(), ApiError> {
    let path = PartnerPath { pid: state.session().pid() };
    let invitation = state.session().call::<CreateInvitation>(&path, &Empty {}, &client.into(), Some(key)).await?;
    state.change(|store| store.upsert_invitation(&invitation, now()));
    state.mark_added(&invitation.iid);
    Ok(())
}

/// Shows the error of a failed invitation. If the outcome is unknown, the notice also says that the user can safely
/// retry.
#[component]
pub(super) fn InviteError(error: ApiError) -> impl IntoView {
    let i18n = use_i18n();
    let hint = error.kind.is_unknown_outcome().then_some(i18n.text.errors().unknown_outcome);
    view! { <ErrorNotice error hint /> }
}

pub(super) const fn label_of(i18n: I18n, field: NewClientField) -> &'static str {
    match field {
        NewClientField::Email => i18n.text.common().email,
        NewClientField::Name => i18n.text.forms().name,
        NewClientField::Phone => i18n.text.forms().phone,
        NewClientField::Identifier => i18n.text.forms().identifier,
    }
}

/// Converts validation errors of the form to error messages in the user's language.
pub(super) fn messages_of(i18n: I18n, errors: &[(NewClientField, FieldError)]) -> Vec<(NewClientField, String)> {
    errors.iter().map(|(field, error)| (*field, message_of(i18n, *field, *error))).collect()
}

fn message_of(i18n: I18n, field: NewClientField, error: FieldError) -> String {
    let malformed = match field {
        NewClientField::Phone => i18n.text.forms().phone_malformed,
        _ => i18n.text.forms().email_malformed,
    };
    i18n.field_error(error, i18n.text.forms().email_required, malformed)
}

/// Converts a problem that the server reports to a field and an error message. If the form does not have the field of
/// the problem, the message appears at the email field.
pub(super) fn message_of_problem(i18n: I18n, problem: &FieldProblem) -> (NewClientField, String) {
    let text = i18n.text;
    let field = NewClientField::of_pointer(&problem.pointer).unwrap_or(NewClientField::Email);
    let message = match problem.code.as_str() {
        code::ALREADY_CLIENT => text.add().already_client.to_owned(),
        code::ALREADY_INVITED => text.add().already_invited.to_owned(),
        "malformed" => message_of(i18n, field, FieldError::Malformed),
        "required" => message_of(i18n, field, FieldError::Required),
        _ => text.forms().problem_other.to_owned(),
    };
    (field, message)
}

/// Searches the loaded client list for the email, and returns an error message if a client or invitation already has
/// that email. This check saves a request that the server would reject.
pub(super) fn find_duplicate(state: ClientsState, i18n: I18n, email: &Email) -> Option<String> {
    state.store().with_untracked(|store| {
        let row = store.with_email(email.as_str())?;
        let text = i18n.text.add();
        Some(if row.state().is_invitation() { text.already_invited } else { text.already_client }.to_owned())
    })
}
