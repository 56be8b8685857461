//! Numbers, money, dates and telephone numbers as people read them, by the platform's own `Intl`.

use js_sys::{Array, Function, Intl, Object, Reflect};
use partner_api::{Amount, UnixTime, form::Phone, money::Decimal};
use wasm_bindgen::{JsCast, JsValue};

use crate::routes::Locale;

/// Plural categories of CLDR that the account's languages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// `one`
    One,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`
    Other,
}

/// A way to write days and instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// A Moscow day.
    Day,
    /// A Moscow day with its day of the week.
    Weekday,
    /// A month of Moscow days.
    Month,
    /// A year of Moscow days.
    Year,
    /// Day and time by Moscow's clock.
    Moment,
    /// Day and time by the viewer's own clock.
    Local,
    /// The same, with the name of the viewer's zone.
    LocalZone,
    /// A Moscow day on an axis.
    AxisDay,
    /// A month of Moscow days on an axis.
    AxisMonth,
}

impl Dates {
    /// Options of `Intl.DateTimeFormat`.
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
        // Days are Moscow's, wherever the browser stands. The sign of Etc/GMT zones is inverted: this is UTC+3.
        let zone: &[(&str, &str)] = match self {
            Self::Local => &[],
            Self::LocalZone => &[("timeZoneName", "short")],
            _ => &[("timeZone", "Etc/GMT-3")],
        };
        object(&[parts, clock, zone].concat())
    }
}

/// A way to write exact decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Money, by the kopeck rule.
    Counted,
    /// Money, with all its digits.
    Exact,
    /// Money in short, as thousands or millions, for an axis.
    Compact,
    /// A part of a whole as a percentage; of no currency.
    Share,
    /// The same with a sign, also of what is positive.
    Change,
}

impl Figures {
    /// Options of `Intl.NumberFormat`.
    fn options(self, currency: &str) -> Object {
        let money = [("style", "currency"), ("currency", currency), ("currencyDisplay", "narrowSymbol")];
        let options = match self {
            Self::Counted | Self::Exact => object(&money),
            Self::Compact => object(&[&money[..], &[("notation", "compact")]].concat()),
            Self::Share => object(&[("style", "percent")]),
            Self::Change => object(&[("style", "percent"), ("signDisplay", "exceptZero")]),
        };
        // All money has hundredths here, also the currencies that are usually written without.
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

/// Formatters of a language. They are costly to make, so each is made once, when it is first needed.
pub struct Formats {
    locales: Array,
    plural: Intl::PluralRules,
    number: Function,
    dates: Vec<(Dates, Intl::DateTimeFormat)>,
    /// By currency; there are one or two.
    figures: Vec<(String, Figures, Function)>,
}

impl Formats {
    /// Formatters of a language.
    pub fn new(locale: Locale) -> Self {
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

    /// Plural category of a number.
    pub fn plural(&self, number: usize) -> Plural {
        let category: JsValue = self.plural.select(number as f64).into();
        match category.as_string().as_deref() {
            Some("one") => Plural::One,
            Some("few") => Plural::Few,
            Some("many") => Plural::Many,
            _ => Plural::Other,
        }
    }

    /// A whole number with the language's groups.
    pub fn number(&self, number: usize) -> String {
        text(&self.number, &(number as f64).into()).unwrap_or_else(|| number.to_string())
    }

    /// A day or an instant.
    pub fn date(&mut self, shape: Dates, at: UnixTime) -> String {
        text(&self.date_format(shape).format(), &(at.millis as f64).into()).unwrap_or_default()
    }

    /// From one day to another; one day where they are the same.
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

    /// An amount with its currency: by the kopeck rule, or with all its digits.
    pub fn money(&mut self, amount: Amount, currency: &str, figures: Figures) -> String {
        let mut shown = if figures == Figures::Exact { amount } else { amount.rounded() };
        if shown.0.scale() < 2 || figures != Figures::Exact {
            shown.0.rescale(2);
        }
        self.figure(shown.0, currency, figures).unwrap_or_else(|| format!("{shown} {currency}"))
    }

    /// A decimal; the currency is that of money, else empty.
    pub fn figure(&mut self, value: Decimal, currency: &str, figures: Figures) -> Option<String> {
        let is_known = |(known, shape, _): &(String, Figures, Function)| known == currency && *shape == figures;
        let at = self.figures.iter().position(is_known).unwrap_or_else(|| {
            let format = number_format(&self.locales, &figures.options(currency));
            self.figures.push((currency.to_owned(), figures, format));
            self.figures.len() - 1
        });
        // A decimal string, not a number: `Intl` formats its digits exactly.
        text(&self.figures[at].2, &value.to_string().into()).map(|shown| shown.replace('-', "\u{2212}"))
    }
}

fn number_format(locales: &Array, options: &Object) -> Function {
    // An unknown code makes the constructor throw, which is caught by trying it through `Reflect`.
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

/// Fills the names in braces of a text.
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

/// A telephone number as people write it: `+7 495 123-45-67` for a Russian one, digits of any other.
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
    fn phones_are_grouped_as_people_write_them() {
        assert_eq!(phone("74951234567"), "+7 495 123-45-67");
        assert_eq!(phone("81234567890"), "+7 123 456-78-90");
        assert_eq!(phone("+37411223344"), "+37411223344");
        assert_eq!(phone("odd"), "odd");
    }
}
