//! Numbers, money, dates and telephone numbers as people read them, by the platform's own `Intl`.

use js_sys::{Array, Function, Intl, Object, Reflect};
use partner_api::{Amount, UnixTime, form::Phone};
use wasm_bindgen::{JsCast, JsValue};

use crate::route::Locale;

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

/// Formatters of a language. They are costly to make, so they are made once.
pub struct Formats {
    locales: Array,
    plural: Intl::PluralRules,
    number: Function,
    date: Function,
    /// By currency; there are one or two.
    money: Vec<(String, Function)>,
}

impl Formats {
    /// Formatters of a language.
    pub fn new(locale: Locale) -> Self {
        let locales = Array::of1(&locale.code().into());
        let none = Object::new();
        // Days are Moscow's, wherever the browser stands. The sign of Etc/GMT zones is inverted: this is UTC+3.
        let date = object(&[("day", "numeric"), ("month", "short"), ("year", "numeric"), ("timeZone", "Etc/GMT-3")]);
        Self {
            plural: Intl::PluralRules::new(&locales, none.unchecked_ref()),
            number: Intl::NumberFormat::new(&locales, none.unchecked_ref()).format(),
            date: Intl::DateTimeFormat::new(&locales, date.unchecked_ref()).format(),
            money: Vec::new(),
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

    /// The Moscow day of an instant.
    pub fn date(&self, at: UnixTime) -> String {
        text(&self.date, &(at.millis as f64).into()).unwrap_or_default()
    }

    /// An amount by the kopeck rule, with its currency.
    pub fn money(&mut self, amount: Amount, currency: &str) -> String {
        // A decimal string, not a number: `Intl` formats its digits exactly.
        let mut shown = amount.rounded();
        shown.0.rescale(2);
        let digits = shown.to_string();
        if !self.money.iter().any(|(known, _)| known == currency) {
            self.money.push((currency.to_owned(), money_format(&self.locales, currency)));
        }
        self.money
            .iter()
            .find(|(known, _)| known == currency)
            .and_then(|(_, format)| text(format, &digits.as_str().into()))
            .map(|shown| shown.replace('-', "\u{2212}"))
            .unwrap_or_else(|| format!("{digits} {currency}"))
    }
}

fn money_format(locales: &Array, currency: &str) -> Function {
    let options = object(&[("style", "currency"), ("currency", currency), ("currencyDisplay", "narrowSymbol")]);
    // An unknown code makes the constructor throw, which is caught by trying it through `Reflect`.
    let constructor = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"NumberFormat".into()))
        .and_then(JsCast::dyn_into::<Function>);
    let made = constructor.and_then(|new| Reflect::construct(&new, &Array::of2(locales, &options)));
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
