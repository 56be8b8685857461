//! The texts and formats of the page's language; also the one place where errors become text.

use leptos::prelude::*;
use partner_api::{Amount, UnixTime, form::FieldError, rules::Misfit};

use crate::{
    api::{ApiError, ErrorKind},
    format::{Formats, Plural, fill},
    locales::{self, Forms, LedgerText, Text},
    route::Locale,
};

/// Texts and formats of a language. Another language mounts the page anew.
#[derive(Clone, Copy)]
pub struct I18n {
    /// Which language.
    pub locale: Locale,
    /// Its texts.
    pub text: &'static Text,
    /// Its texts of the balance page.
    pub ledger: &'static LedgerText,
    formats: StoredValue<Formats, LocalStorage>,
}

impl I18n {
    /// Texts and formats of a language.
    pub fn new(locale: Locale) -> Self {
        Self {
            locale,
            text: locales::of(locale),
            ledger: locales::ledger_of(locale),
            formats: StoredValue::new_local(Formats::new(locale)),
        }
    }

    /// A whole number.
    pub fn number(self, number: usize) -> String {
        self.formats.with_value(|formats| formats.number(number))
    }

    /// A text with a number `{n}` in the right plural form.
    pub fn count(self, forms: &Forms, number: usize) -> String {
        let plural = self.formats.with_value(|formats| formats.plural(number));
        let form = match plural {
            Plural::One => forms.one,
            Plural::Few => forms.few,
            Plural::Many => forms.many,
            Plural::Other => forms.other,
        };
        fill(form, &[("n", &self.number(number))])
    }

    /// An amount by the kopeck rule, with its currency (ISO 4217).
    pub fn money(self, amount: Amount, currency: &str) -> String {
        self.formats.try_update_value(|formats| formats.money(amount, currency)).unwrap_or_default()
    }

    /// The Moscow day of an instant.
    pub fn date(self, at: UnixTime) -> String {
        self.formats.with_value(|formats| formats.date(at))
    }

    /// An error, in words that a partner understands.
    pub fn error(self, error: &ApiError) -> String {
        let text = self.text;
        match &error.kind {
            ErrorKind::Network => text.error_network.into(),
            ErrorKind::Timeout => text.error_timeout.into(),
            ErrorKind::SignedOut => text.expired_lead.into(),
            ErrorKind::Forbidden => text.error_forbidden.into(),
            ErrorKind::NotFound => text.error_not_found.into(),
            ErrorKind::Conflict => text.error_conflict.into(),
            ErrorKind::Invalid(_) => text.error_invalid.into(),
            ErrorKind::TooMany(seconds) => self.count(&text.error_too_many, seconds.unwrap_or(60) as usize),
            ErrorKind::Server(status) => fill(text.error_server, &[("status", &status.to_string())]),
            ErrorKind::Unreadable => text.error_unreadable.into(),
        }
    }

    /// The line that names the request for support, where there is one.
    pub fn reference(self, error: &ApiError) -> Option<String> {
        error.request_id.as_ref().map(|id| fill(self.text.reference, &[("id", id)]))
    }

    /// What is wrong with a field; `malformed` is that field's own text.
    pub fn field_error(self, error: FieldError, required: &str, malformed: &str) -> String {
        match error {
            FieldError::Required => required.into(),
            FieldError::Malformed => malformed.into(),
            FieldError::TooLong { max } => fill(self.text.too_long, &[("max", &self.number(max))]),
            FieldError::ControlCharacter => self.text.control_character.into(),
        }
    }

    /// Why an operation does not fit so many rows.
    pub fn misfit(self, misfit: Misfit, number: usize) -> String {
        let text = self.text;
        let forms = match misfit {
            Misfit::AlreadyBlocked => &text.misfit_already_blocked,
            Misfit::NotBlocked => &text.misfit_not_blocked,
            Misfit::NotYetClient => &text.misfit_not_yet_client,
            Misfit::NotInvitation => &text.misfit_not_invitation,
            Misfit::Unreadable => &text.misfit_unreadable,
        };
        self.count(forms, number)
    }
}

/// The language of the page, from the context.
pub fn use_i18n() -> I18n {
    expect_context()
}
