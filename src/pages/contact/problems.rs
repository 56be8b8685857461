//! Error messages for the problems of fields of the contact form. The app or the server finds the problems.

use partner_api::{FieldProblem, contact::ContactField, form::FieldError};

use crate::i18n::I18n;

pub(super) fn of_errors(i18n: I18n, errors: &[(ContactField, FieldError)]) -> Vec<(ContactField, String)> {
    errors.iter().map(|(field, error)| (*field, of_error(i18n, *field, *error))).collect()
}

/// Error messages for the problems that the server reports. Ignores problems that do not belong to a field of the form.
pub(super) fn of_reply(i18n: I18n, problems: &[FieldProblem]) -> Vec<(ContactField, String)> {
    let of_problem = |problem: &FieldProblem| {
        let field = ContactField::of_pointer(&problem.pointer)?;
        Some((field, of_code(i18n, field, &problem.code)))
    };
    problems.iter().filter_map(of_problem).collect()
}

fn of_error(i18n: I18n, field: ContactField, error: FieldError) -> String {
    let text = i18n.text.contact();
    let required = match field {
        ContactField::Name => text.name_required,
        ContactField::Phone => text.phone_required,
        ContactField::Company => text.company_required,
        ContactField::Email | ContactField::Message => i18n.text.forms().email_required,
    };
    match (field, error) {
        (ContactField::Message, FieldError::ControlCharacter) => text.message_control.to_owned(),
        (ContactField::Phone, _) => i18n.field_error(error, required, i18n.text.forms().phone_malformed),
        _ => i18n.field_error(error, required, i18n.text.forms().email_malformed),
    }
}

/// The message for a problem code of the server. Codes without a message of their own get a general one, because a
/// newer server may have rules that the app does not know.
fn of_code(i18n: I18n, field: ContactField, code: &str) -> String {
    [FieldError::Required, FieldError::Malformed, FieldError::ControlCharacter]
        .into_iter()
        .find(|error| error.code() == code)
        .map_or_else(|| i18n.text.forms().problem_other.to_owned(), |error| of_error(i18n, field, error))
}
