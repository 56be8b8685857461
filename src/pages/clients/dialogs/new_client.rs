//! Inviting a client, for *Add client* and *Add many*: the call, the check for duplicates, and the texts of problems.

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

/// Invites a client, and adds the invitation to the list with a mark.
///
/// # Errors
/// The error of the call.
pub(super) async fn invite(state: ClientsState, client: NewClient, key: &str) -> Result<(), ApiError> {
    let path = PartnerPath { pid: state.session().pid() };
    let invitation = state.session().call::<CreateInvitation>(&path, &Empty {}, &client.into(), Some(key)).await?;
    state.change(|store| store.upsert_invitation(&invitation, now()));
    state.mark_added(&invitation.iid);
    Ok(())
}

/// The error of a call that invites, and whether the user can repeat it.
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

/// Texts of the problems that the rules of the API types found.
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

/// Field and text of a problem that the server found. A problem without a known field is shown at the email.
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

/// Problem of an email that is in the list already, found without a request.
pub(super) fn find_duplicate(state: ClientsState, i18n: I18n, email: &Email) -> Option<String> {
    state.store().with_untracked(|store| {
        let row = store.with_email(email.as_str())?;
        let text = i18n.text.add();
        Some(if row.state().is_invitation() { text.already_invited } else { text.already_client }.to_owned())
    })
}
