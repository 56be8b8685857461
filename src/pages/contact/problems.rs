//! What is wrong with what stands in the form, in words.

use leptos::prelude::*;
use partner_api::{
    FieldProblem,
    contact::{ContactField, NewContact, NewContactRequest},
    form::FieldError,
};

use super::fields::Fields;
use crate::i18n::{
    I18n,
    locales::{self, ContactText},
    use_i18n,
};

type Found = Vec<(ContactField, String)>;

/// The problems that are shown. One goes as soon as it is solved; none comes while somebody types.
#[derive(Clone, Copy)]
pub(super) struct Problems {
    found: RwSignal<Found>,
    /// What stood in the fields when they were found.
    checked: StoredValue<NewContactRequest>,
    i18n: I18n,
}

impl Problems {
    /// None yet; follows the fields from now on.
    pub(super) fn of(fields: Fields) -> Self {
        let problems = Self {
            found: RwSignal::new(Vec::new()),
            checked: StoredValue::new(NewContactRequest::default()),
            i18n: use_i18n(),
        };
        Effect::new(move |_| problems.mend(&fields.typed()));
        problems
    }

    /// Checks what is typed. `None`, and its problems are shown.
    pub(super) fn check(self, typed: &NewContactRequest) -> Option<NewContact> {
        self.checked.set_value(typed.clone());
        match NewContact::parse(typed) {
            Ok(contact) => {
                self.found.set(Vec::new());
                Some(contact)
            }
            Err(errors) => {
                self.found.set(self.in_words(&errors));
                None
            }
        }
    }

    /// Shows what the server found. `false`: it named no field of the form.
    pub(super) fn show(self, found: &[FieldProblem]) -> bool {
        let found: Found = found
            .iter()
            .filter_map(|problem| {
                let field = ContactField::of_pointer(&problem.pointer)?;
                Some((field, self.of_code(field, &problem.code)))
            })
            .collect();
        let is_any = !found.is_empty();
        _ = self.found.try_set(found);
        is_any
    }

    /// The problem of a field.
    pub(super) fn at(self, field: ContactField) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.found.with(|found| found.iter().find(|(it, _)| *it == field).map(|(_, problem)| problem.clone()))
        })
    }

    /// All, in the form's order.
    pub(super) fn all(self) -> RwSignal<Found> {
        self.found
    }

    fn mend(self, typed: &NewContactRequest) {
        let is_mended =
            |field: ContactField| self.checked.with_value(|checked| checked.typed(field) != typed.typed(field));
        if !self.found.with_untracked(|found| found.iter().any(|(field, _)| is_mended(*field))) {
            return;
        }
        let now = self.in_words(&NewContact::parse(typed).err().unwrap_or_default());
        self.found.update(|found| {
            let shown = std::mem::take(found).into_iter();
            found.extend(shown.filter_map(|(field, problem)| {
                let still = || now.iter().find(|(it, _)| *it == field).cloned();
                if is_mended(field) { still() } else { Some((field, problem)) }
            }));
        });
    }

    fn in_words(self, errors: &[(ContactField, FieldError)]) -> Found {
        errors.iter().map(|(field, error)| (*field, self.of_error(*field, *error))).collect()
    }

    fn of_error(self, field: ContactField, error: FieldError) -> String {
        let (i18n, text) = (self.i18n, self.text());
        let required = match field {
            ContactField::Name => text.name_required,
            ContactField::Phone => text.phone_required,
            ContactField::Company => text.company_required,
            ContactField::Email | ContactField::Message => i18n.text.email_required,
        };
        match (field, error) {
            (ContactField::Message, FieldError::ControlCharacter) => text.message_control.to_owned(),
            (ContactField::Phone, _) => i18n.field_error(error, required, i18n.text.phone_malformed),
            _ => i18n.field_error(error, required, i18n.text.email_malformed),
        }
    }

    /// The server's word on a field: its rules are the form's, unless it is newer.
    fn of_code(self, field: ContactField, code: &str) -> String {
        [FieldError::Required, FieldError::Malformed, FieldError::ControlCharacter]
            .into_iter()
            .find(|error| error.code() == code)
            .map_or_else(|| self.i18n.text.problem_other.to_owned(), |error| self.of_error(field, error))
    }

    fn text(self) -> &'static ContactText {
        locales::contact_of(self.i18n.locale)
    }
}
