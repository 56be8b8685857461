//! Texts and formats in the language of the page.

mod errors;
pub mod format;
pub mod locales;

use leptos::prelude::expect_context;
use partner_api::{Amount, Day, Granularity, Instant, Period, UnixTime, ledger::Direction, money::Decimal};

use self::{
    format::{Dates, Figures, Formats, Plural, fill},
    locales::{Forms, Locale, Text},
};

impl Locale {
    /// Returns the language for a language tag. Region and case do not matter, so `ru-RU` is Russian.
    pub fn of_code(code: &str) -> Option<Self> {
        let language = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.code().eq_ignore_ascii_case(language))
    }

    /// Returns the first preferred language that the app has, or English if it has none of them.
    pub fn best<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Self {
        preferred.into_iter().find_map(Self::of_code).unwrap_or(Self::En)
    }
}

/// Texts and formats of a language. Their data is static, so closures that outlive a page may hold an `I18n`.
#[derive(Clone, Copy)]
pub struct I18n {
    pub locale: Locale,
    pub text: Text,
}

impl I18n {
    pub const fn new(locale: Locale) -> Self {
        Self { locale, text: locale.text() }
    }

    fn formats<T>(self, format: impl FnOnce(&mut Formats) -> T) -> T {
        Formats::with(self.locale, format)
    }

    /// A whole number with a separator between thousands.
    pub fn number(self, number: usize) -> String {
        self.formats(|formats| formats.number(number))
    }

    /// Returns the plural form for the number, with the number in place of `{n}`.
    pub fn count(self, forms: &Forms, number: usize) -> String {
        self.count_with(forms, number, &[])
    }

    /// Like [`I18n::count`], for a text with further placeholders.
    pub fn count_with(self, forms: &Forms, number: usize, values: &[(&str, &str)]) -> String {
        let plural = self.formats(|formats| formats.plural(number));
        let form = match plural {
            Plural::One => forms.one,
            Plural::Few => forms.few,
            Plural::Many => forms.many,
            Plural::Other => forms.other,
        };
        let number = self.number(number);
        fill(form, &[&[("n", &*number)], values].concat())
    }

    /// An amount with its currency (ISO 4217) and two decimals. Amounts between 0 and 0.01 count as 0.01.
    pub fn money(self, amount: Amount, currency: &str) -> String {
        self.formats(|formats| formats.money(amount, currency, Figures::Counted))
    }

    /// An amount with its currency and two to six decimals.
    pub fn exact_money(self, amount: Amount, currency: &str) -> String {
        self.formats(|formats| formats.money(amount, currency, Figures::Exact))
    }

    /// An amount in short form, in thousands or millions, for the axis of a chart.
    pub fn compact_money(self, amount: Amount, currency: &str) -> String {
        self.formats(|formats| formats.money(amount, currency, Figures::Compact))
    }

    /// The change of an amount, with a plus or minus sign unless it is zero.
    pub fn change(self, amount: Amount, currency: &str) -> String {
        let sign = if amount > Amount::default() { "+" } else { "" };
        format!("{sign}{}", self.money(amount, currency))
    }

    /// A share as a percentage: 0.25 is 25%.
    pub fn share(self, part: Decimal) -> String {
        self.percentage(part, Figures::Share)
    }

    /// A relative change as a percentage with its sign: 0.25 is +25%.
    pub fn relative_change(self, part: Decimal) -> String {
        self.percentage(part, Figures::Change)
    }

    fn percentage(self, part: Decimal, figures: Figures) -> String {
        self.formats(|formats| formats.figure(part, "", figures)).unwrap_or_default()
    }

    /// The amount of a movement: debits have a minus sign, deposits a plus sign.
    pub fn moved(self, amount: Amount, direction: Direction, currency: &str) -> String {
        match direction {
            Direction::Debit => self.money(Amount(-amount.0), currency),
            Direction::Deposit => format!("+{}", self.money(amount, currency)),
        }
    }

    /// The day in Moscow of a point in time.
    pub fn date(self, at: UnixTime) -> String {
        self.written(Dates::Day, at)
    }

    /// Like [`I18n::date`], without the year.
    pub fn date_in_brief(self, at: UnixTime) -> String {
        self.written(Dates::AxisDay, at)
    }

    pub fn day(self, day: Day) -> String {
        self.date(day.start())
    }

    /// A period as text: its first and last day, or one day if both are the same.
    pub fn period(self, period: Period) -> String {
        let ends = (period.from.start(), period.to.start());
        self.formats(|formats| formats.date_range(ends.0, ends.1))
    }

    /// The name of a bucket in charts and reports. A day includes its day of the week, a whole month or year has its
    /// own name, and any other bucket is named by its first and last day.
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

    /// A short name of a bucket, for the axis of a chart.
    pub fn bucket_mark(self, bucket: Period, granularity: Granularity) -> String {
        let shape = match granularity {
            Granularity::Day | Granularity::Week => Dates::AxisDay,
            Granularity::Month => Dates::AxisMonth,
            Granularity::Year => Dates::Year,
        };
        self.written(shape, bucket.from.start())
    }

    /// Day and time in Moscow.
    pub fn moment(self, at: Instant) -> String {
        self.written(Dates::Moment, at.0)
    }

    /// Day and time in the user's time zone, or `None` if they are the same as in Moscow.
    pub fn local(self, at: Instant) -> Option<String> {
        let differs = self.written(Dates::Local, at.0) != self.moment(at);
        differs.then(|| self.written(Dates::LocalZone, at.0))
    }

    fn written(self, shape: Dates, at: UnixTime) -> String {
        self.formats(|formats| formats.date(shape, at))
    }
}

pub fn use_i18n() -> I18n {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_is_the_first_one_that_the_app_has() {
        assert_eq!(Locale::best(["de", "ru-RU", "en"]), Locale::Ru);
        assert_eq!(Locale::best(["de"]), Locale::En);
    }
}
