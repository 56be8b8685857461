//! Formats numbers, money and dates with the browser's `Intl`, and formats phone numbers.

use std::cell::RefCell;

use js_sys::{Array, Function, Intl, Object, Reflect};
use partner_api::{Amount, UnixTime, form::Phone, money::Decimal};
use wasm_bindgen::{JsCast, JsValue};

use super::locales::Locale;

/// Plural categories of Unicode CLDR that the languages of the app use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    One,
    Few,
    Many,
    Other,
}

/// Formats of days and instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// A day in Moscow.
    Day,
    /// A day in Moscow with its day of the week.
    Weekday,
    /// A month in Moscow.
    Month,
    /// A year in Moscow.
    Year,
    /// Day and time in Moscow.
    Moment,
    /// Day and time in the user's time zone.
    Local,
    /// Day and time in the user's time zone, with the name of that zone.
    LocalZone,
    /// A day on the axis of a chart, without the year.
    AxisDay,
    /// A month on the axis of a chart, with the year.
    AxisMonth,
}

impl Dates {
    /// The options with which `Intl.DateTimeFormat` writes this format.
    fn options(self) -> Object {
        let parts: &[(&str, &str)] = match self {
            Self::Day | Self::Moment | Self::Local | Self::LocalZone => {
                &[("day", "numeric"), ("month", "short"), ("year", "numeric")]
            }
            Self::Weekday => &[("weekday", "short"), ("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Self::Month => &[("month", "long"), ("year", "numeric")],
            Self::Year => &[("year", "numeric")],
            Self::AxisDay => &[("day", "numeric"), ("month", "short")],
            Self::AxisMonth => &[("month", "short"), ("year", "numeric")],
        };
        let clock: &[(&str, &str)] = match self {
            Self::Moment | Self::Local | Self::LocalZone => {
                &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")]
            }
            _ => &[],
        };
        // Billing days are days in Moscow, whatever the user's time zone. The sign of Etc/GMT zones is inverted, so
        // Etc/GMT-3 is UTC+3.
        let zone: &[(&str, &str)] = match self {
            Self::Local => &[],
            Self::LocalZone => &[("timeZoneName", "short")],
            _ => &[("timeZone", "Etc/GMT-3")],
        };
        object(&[parts, clock, zone].concat())
    }
}

/// Formats of exact decimals, such as amounts of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Money with two decimals. Amounts between 0 and 0.01 count as 0.01.
    Counted,
    /// Money with two to six decimals.
    Exact,
    /// Money in short form, in thousands or millions, for the axis of a chart.
    Compact,
    /// A share as a percentage, with one decimal.
    Share,
    /// A relative change as a percentage with one decimal and a sign, also if it is positive.
    Change,
}

impl Figures {
    /// The options with which `Intl.NumberFormat` writes this format.
    fn options(self, currency: &str) -> Object {
        let money = [("style", "currency"), ("currency", currency), ("currencyDisplay", "narrowSymbol")];
        let options = match self {
            Self::Counted | Self::Exact => object(&money),
            Self::Compact => object(&[&money[..], &[("notation", "compact")]].concat()),
            Self::Share => object(&[("style", "percent")]),
            Self::Change => object(&[("style", "percent"), ("signDisplay", "exceptZero")]),
        };
        // Set the number of decimals, so that amounts show hundredths even in currencies that are usually written
        // without them.
        let (least, most) = match self {
            Self::Counted => (2, 2),
            Self::Exact => (2, 6),
            Self::Compact => (0, 2),
            Self::Share | Self::Change => (1, 1),
        };
        _ = Reflect::set(&options, &"minimumFractionDigits".into(), &least.into());
        _ = Reflect::set(&options, &"maximumFractionDigits".into(), &most.into());
        options
    }
}

/// The formatters of one language. Creating a formatter is slow, so each is created only once.
pub struct Formats {
    locales: Array,
    plural: Intl::PluralRules,
    number: Function,
    dates: Vec<(Dates, Intl::DateTimeFormat)>,
    /// The number formatters, each with its currency and format. A linear search is enough, because a partner uses few
    /// currencies.
    figures: Vec<(String, Figures, Function)>,
}

thread_local! {
    /// The formatters of each language that has been shown.
    static FORMATS: RefCell<Vec<(Locale, Formats)>> = const { RefCell::new(Vec::new()) };
}

impl Formats {
    /// Calls `format` with the formatters of a language.
    pub fn with<T>(locale: Locale, format: impl FnOnce(&mut Self) -> T) -> T {
        FORMATS.with_borrow_mut(|all| {
            let at = all.iter().position(|(known, _)| *known == locale).unwrap_or_else(|| {
                all.push((locale, Self::new(locale)));
                all.len() - 1
            });
            format(&mut all[at].1)
        })
    }

    fn new(locale: Locale) -> Self {
        let locales = Array::of1(&locale.code().into());
        let none = Object::new();
        Self {
            plural: Intl::PluralRules::new(&locales, none.unchecked_ref()),
            number: Intl::NumberFormat::new(&locales, none.unchecked_ref()).format(),
            dates: Vec::new(),
            figures: Vec::new(),
            locales,
        }
    }

    pub fn plural(&self, number: usize) -> Plural {
        let category: JsValue = self.plural.select(number as f64).into();
        match category.as_string().as_deref() {
            Some("one") => Plural::One,
            Some("few") => Plural::Few,
            Some("many") => Plural::Many,
            _ => Plural::Other,
        }
    }

    /// A whole number with a separator between thousands.
    pub fn number(&self, number: usize) -> String {
        text(&self.number, &(number as f64).into()).unwrap_or_else(|| number.to_string())
    }

    pub fn date(&mut self, shape: Dates, at: UnixTime) -> String {
        text(&self.date_format(shape).format(), &(at.millis as f64).into()).unwrap_or_default()
    }

    /// A range of days, or a single day if both are the same.
    pub fn date_range(&mut self, from: UnixTime, to: UnixTime) -> String {
        let format = self.date_format(Dates::Day);
        let ends = [from, to].map(|end| JsValue::from_f64(end.millis as f64));
        Reflect::get(format, &"formatRange".into())
            .and_then(JsCast::dyn_into::<Function>)
            .and_then(|range| range.call2(format, &ends[0], &ends[1]))
            .ok()
            .and_then(|range| range.as_string())
            .unwrap_or_default()
    }

    fn date_format(&mut self, shape: Dates) -> &Intl::DateTimeFormat {
        let at = self.dates.iter().position(|(known, _)| *known == shape).unwrap_or_else(|| {
            let format = Intl::DateTimeFormat::new(&self.locales, shape.options().unchecked_ref());
            self.dates.push((shape, format));
            self.dates.len() - 1
        });
        &self.dates[at].1
    }

    /// An amount with its currency.
    pub fn money(&mut self, amount: Amount, currency: &str, figures: Figures) -> String {
        let mut shown = if figures == Figures::Exact { amount } else { amount.rounded() };
        if shown.0.scale() < 2 || figures != Figures::Exact {
            shown.0.rescale(2);
        }
        self.figure(shown.0, currency, figures).unwrap_or_else(|| format!("{shown} {currency}"))
    }

    /// A decimal; `currency` is empty for percentages.
    pub fn figure(&mut self, value: Decimal, currency: &str, figures: Figures) -> Option<String> {
        let is_known = |(known, shape, _): &(String, Figures, Function)| known == currency && *shape == figures;
        let at = self.figures.iter().position(is_known).unwrap_or_else(|| {
            let format = number_format(&self.locales, &figures.options(currency));
            self.figures.push((currency.to_owned(), figures, format));
            self.figures.len() - 1
        });
        // Pass the decimal as a string: `Intl` formats strings exactly, but rounds numbers to binary fractions.
        text(&self.figures[at].2, &value.to_string().into()).map(|shown| shown.replace('-', "\u{2212}"))
    }
}

fn number_format(locales: &Array, options: &Object) -> Function {
    // The constructor throws for an invalid currency code; `Reflect` turns the exception into an error.
    let constructor = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"NumberFormat".into()))
        .and_then(JsCast::dyn_into::<Function>);
    let made = constructor.and_then(|new| Reflect::construct(&new, &Array::of2(locales, options)));
    match made {
        Ok(format) => format.unchecked_into::<Intl::NumberFormat>().format(),
        Err(_) => Intl::NumberFormat::new(locales, Object::new().unchecked_ref()).format(),
    }
}

fn object(fields: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object
}

fn text(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

/// Replaces each `{name}` in a text with the value of that name, or with nothing if the name has no value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(values.iter().find(|(it, _)| *it == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// Formats a phone number for people: Russian numbers as `+7 495 123-45-67`, other numbers without groups. A text that
/// is not a phone number stays unchanged.
pub fn phone(digits: &str) -> String {
    let Ok(phone) = Phone::parse(digits) else { return digits.to_owned() };
    let number = phone.as_str();
    match number.strip_prefix("+7") {
        Some(rest) if rest.len() == 10 => {
            format!("+7 {} {}-{}-{}", &rest[..3], &rest[3..6], &rest[6..8], &rest[8..])
        }
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_filled() {
        assert_eq!(fill("{n} of {total} selected", &[("n", "3"), ("total", "12")]), "3 of 12 selected");
        assert_eq!(fill("a {client}", &[("client", "{n}")]), "a {n}");
        assert_eq!(fill("nothing", &[]), "nothing");
    }

    #[test]
    fn russian_phone_numbers_are_grouped() {
        assert_eq!(phone("74951234567"), "+7 495 123-45-67");
        assert_eq!(phone("81234567890"), "+7 123 456-78-90");
        assert_eq!(phone("+37411223344"), "+37411223344");
        assert_eq!(phone("odd"), "odd");
    }
}
