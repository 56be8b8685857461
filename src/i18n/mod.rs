//! The texts and formats of the page's language; also the one place where errors become text.

pub mod format;
pub mod locales;

use leptos::prelude::*;
use partner_api::{
    Amount, Day, FieldProblem, Granularity, Instant, Period, UnixTime,
    form::FieldError,
    ledger::{Direction, FIRST_DAY, MAX_DAYS, MAX_DAYS_BY_DAY, code},
    money::Decimal,
    rules::Misfit,
};

use crate::{
    api::{ApiError, ErrorKind},
    i18n::{
        format::{Dates, Figures, Formats, Plural, fill},
        locales::{Forms, Text},
    },
    routes::Locale,
    session::permissions::Refusal,
};

/// Texts and formats of a language. Another language mounts the page anew.
#[derive(Clone, Copy)]
pub struct I18n {
    /// Which language.
    pub locale: Locale,
    /// Its texts.
    pub text: Text,
    formats: StoredValue<Formats, LocalStorage>,
}

impl I18n {
    /// Texts and formats of a language.
    pub fn new(locale: Locale) -> Self {
        Self { locale, text: locale.text(), formats: StoredValue::new_local(Formats::new(locale)) }
    }

    /// A whole number.
    pub fn number(self, number: usize) -> String {
        self.formats.with_value(|formats| formats.number(number))
    }

    /// A text with a number `{n}` in the right plural form.
    pub fn count(self, forms: &Forms, number: usize) -> String {
        self.count_with(forms, number, &[])
    }

    /// The same for a text that has more names in it.
    pub fn count_with(self, forms: &Forms, number: usize, values: &[(&str, &str)]) -> String {
        let plural = self.formats.with_value(|formats| formats.plural(number));
        let form = match plural {
            Plural::One => forms.one,
            Plural::Few => forms.few,
            Plural::Many => forms.many,
            Plural::Other => forms.other,
        };
        let number = self.number(number);
        fill(form, &[&[("n", &*number)], values].concat())
    }

    /// An amount by the kopeck rule, with its currency (ISO 4217).
    pub fn money(self, amount: Amount, currency: &str) -> String {
        self.formats.try_update_value(|formats| formats.money(amount, currency, Figures::Counted)).unwrap_or_default()
    }

    /// An amount with all its digits, with its currency.
    pub fn exact_money(self, amount: Amount, currency: &str) -> String {
        self.formats.try_update_value(|formats| formats.money(amount, currency, Figures::Exact)).unwrap_or_default()
    }

    /// An amount in short, for the axis of a chart.
    pub fn compact_money(self, amount: Amount, currency: &str) -> String {
        self.formats.try_update_value(|formats| formats.money(amount, currency, Figures::Compact)).unwrap_or_default()
    }

    /// By how much something changed: with its sign, whichever it is.
    pub fn change(self, amount: Amount, currency: &str) -> String {
        let sign = if amount > Amount::default() { "+" } else { "" };
        format!("{sign}{}", self.money(amount, currency))
    }

    /// A part of a whole (0.25 for a quarter) as a percentage.
    pub fn share(self, part: Decimal) -> String {
        self.percentage(part, Figures::Share)
    }

    /// A relative change (0.25 for a quarter more) as a percentage with its sign.
    pub fn relative_change(self, part: Decimal) -> String {
        self.percentage(part, Figures::Change)
    }

    fn percentage(self, part: Decimal, figures: Figures) -> String {
        self.formats.try_update_value(|formats| formats.figure(part, "", figures)).flatten().unwrap_or_default()
    }

    /// What moved: with a minus where it left the accounts, with a plus where it came in.
    pub fn moved(self, amount: Amount, direction: Direction, currency: &str) -> String {
        match direction {
            Direction::Debit => self.money(Amount(-amount.0), currency),
            Direction::Deposit => format!("+{}", self.money(amount, currency)),
        }
    }

    /// The Moscow day of an instant.
    pub fn date(self, at: UnixTime) -> String {
        self.written(Dates::Day, at)
    }

    /// The same in a few letters, without the year.
    pub fn date_in_brief(self, at: UnixTime) -> String {
        self.written(Dates::AxisDay, at)
    }

    /// A billing day.
    pub fn day(self, day: Day) -> String {
        self.date(day.start())
    }

    /// From the first to the last day.
    pub fn period(self, period: Period) -> String {
        let ends = (period.from.start(), period.to.start());
        self.formats.try_update_value(|formats| formats.date_range(ends.0, ends.1)).unwrap_or_default()
    }

    /// A piece of a period: a whole month or year by its name, anything else by its days.
    pub fn bucket(self, bucket: Period, granularity: Granularity) -> String {
        let is_whole = granularity.start(bucket.from) == bucket.from && granularity.end(bucket.from) == bucket.to;
        let at = bucket.from.start();
        match granularity {
            Granularity::Day => self.written(Dates::Weekday, at),
            Granularity::Month if is_whole => self.written(Dates::Month, at),
            Granularity::Year if is_whole => self.written(Dates::Year, at),
            _ => self.period(bucket),
        }
    }

    /// The same in a few letters, for the axis of a chart.
    pub fn bucket_mark(self, bucket: Period, granularity: Granularity) -> String {
        let shape = match granularity {
            Granularity::Day | Granularity::Week => Dates::AxisDay,
            Granularity::Month => Dates::AxisMonth,
            Granularity::Year => Dates::Year,
        };
        self.written(shape, bucket.from.start())
    }

    /// Day and time by Moscow's clock.
    pub fn moment(self, at: Instant) -> String {
        self.written(Dates::Moment, at.0)
    }

    /// The same by the viewer's own clock, where that shows something else.
    pub fn local(self, at: Instant) -> Option<String> {
        let differs = self.written(Dates::Local, at.0) != self.moment(at);
        differs.then(|| self.written(Dates::LocalZone, at.0))
    }

    fn written(self, shape: Dates, at: UnixTime) -> String {
        self.formats.try_update_value(|formats| formats.date(shape, at)).unwrap_or_default()
    }

    /// What is wrong with a parameter of a ledger.
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

    /// An error, in words that a partner understands.
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
            ErrorKind::Part => text.errors().part.into(),
        }
    }

    /// The line that names the request for support, where there is one.
    pub fn reference(self, error: &ApiError) -> Option<String> {
        error.request_id.as_ref().map(|id| fill(self.text.common().reference, &[("id", id)]))
    }

    /// What is wrong with a field; `malformed` is that field's own text.
    pub fn field_error(self, error: FieldError, required: &str, malformed: &str) -> String {
        match error {
            FieldError::Required => required.into(),
            FieldError::Malformed => malformed.into(),
            FieldError::TooLong { max } => self.count(&self.text.forms().too_long, max),
            FieldError::ControlCharacter => self.text.forms().control_character.into(),
        }
    }

    /// Why an operation does not fit so many rows.
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

    /// Why something is not possible for this person, or with this API.
    pub const fn refusal(self, refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::Role => self.text.clients().refused_role,
            Refusal::NotOffered => self.text.clients().refused_not_offered,
        }
    }
}

/// The language of the page, from the context.
pub fn use_i18n() -> I18n {
    expect_context()
}
