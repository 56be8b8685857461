//! Converts errors into texts for the user.

use partner_api::{
    FieldProblem,
    form::FieldError,
    ledger::{FIRST_DAY, MAX_DAYS, MAX_DAYS_BY_DAY, code},
    rules::Misfit,
};

use super::{I18n, format::fill, locales::Forms};
use crate::api::{ApiError, ErrorKind};

impl I18n {
    /// Text for a problem with a parameter in the address of the balance page.
    pub fn ledger_problem(self, problem: &FieldProblem) -> String {
        let text = self.text.balance();
        let at_most = |forms: &Forms, days: i32| self.count(forms, usize::try_from(days).unwrap_or_default());
        match (&*problem.pointer, &*problem.code) {
            ("/granularity", code::MALFORMED) => text.problem_granularity.into(),
            ("/direction", code::MALFORMED) => text.problem_direction.into(),
            ("/from" | "/to", code::MALFORMED) => text.problem_malformed_day.into(),
            ("/service", _) => text.problem_service.into(),
            (_, code::REVERSED) => text.problem_reversed.into(),
            (_, code::FUTURE) => text.problem_future.into(),
            (_, code::TOO_EARLY) => {
                let first = FIRST_DAY.parse().map(|day| self.day(day)).unwrap_or_default();
                fill(text.problem_too_early, &[("date", &first)])
            }
            (_, code::TOO_LONG) => at_most(&text.problem_too_long, MAX_DAYS),
            (_, code::TOO_FINE) => at_most(&text.problem_too_fine, MAX_DAYS_BY_DAY),
            _ => self.text.forms().problem_other.into(),
        }
    }

    /// Text for a failed call.
    pub fn error(self, error: &ApiError) -> String {
        let text = self.text;
        match &error.kind {
            ErrorKind::Network => text.errors().network.into(),
            ErrorKind::Timeout => text.errors().timeout.into(),
            ErrorKind::SignedOut => text.shell().expired_lead.into(),
            ErrorKind::Forbidden => text.errors().forbidden.into(),
            ErrorKind::NotFound => text.errors().not_found.into(),
            ErrorKind::Conflict => text.errors().conflict.into(),
            ErrorKind::Invalid(_) => text.errors().invalid.into(),
            ErrorKind::TooMany(seconds) => self.count(&text.errors().too_many, seconds.unwrap_or(60) as usize),
            ErrorKind::Server(507) => text.errors().not_writable.into(),
            ErrorKind::Server(status) => fill(text.errors().server, &[("status", &status.to_string())]),
            ErrorKind::Unreadable => text.errors().unreadable.into(),
            ErrorKind::LazyChunk => text.errors().chunk_failed.into(),
        }
    }

    /// A line with the id of a failed request, for support; `None` if the id is unknown.
    pub fn reference(self, error: &ApiError) -> Option<String> {
        error.request_id.as_ref().map(|id| fill(self.text.common().reference, &[("id", id)]))
    }

    /// Text for a problem with a form field. `required` and `malformed` are the texts of this field for these two
    /// errors.
    pub fn field_error(self, error: FieldError, required: &str, malformed: &str) -> String {
        match error {
            FieldError::Required => required.into(),
            FieldError::Malformed => malformed.into(),
            FieldError::TooLong { max } => self.count(&self.text.forms().too_long, max),
            FieldError::ControlCharacter => self.text.forms().control_character.into(),
        }
    }

    /// Text that says why an operation does not apply to `number` of the selected rows.
    pub fn misfit(self, misfit: Misfit, number: usize) -> String {
        let text = self.text;
        let forms = match misfit {
            Misfit::AlreadyBlocked => &text.clients().misfit_already_blocked,
            Misfit::NotBlocked => &text.clients().misfit_not_blocked,
            Misfit::NotYetClient => &text.clients().misfit_not_yet_client,
            Misfit::NotInvitation => &text.clients().misfit_not_invitation,
            Misfit::Unreadable => &text.clients().misfit_unreadable,
        };
        self.count(forms, number)
    }
}
