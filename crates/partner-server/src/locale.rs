//! The languages of emails and downloads.

use axum::http::{HeaderMap, header};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    En,
    Ru,
}

impl Locale {
    /// Returns the supported language that the request prefers; English if the request names no supported language.
    pub(crate) fn of_request(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self::accepted(accepted.unwrap_or_default())
    }

    /// Returns the supported language with the highest weight in an `Accept-Language` header; English if there is none.
    fn accepted(header: &str) -> Self {
        let mut best = (Self::En, 0);
        for choice in header.split(',') {
            let mut parts = choice.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
            let Some(locale) = Self::of_code(tag.split('-').next().unwrap_or_default()) else { continue };
            if weight > best.1 {
                best = (locale, weight);
            }
        }
        best.0
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "ru" => Some(Self::Ru),
            _ => None,
        }
    }

    /// Returns `en` or `ru`, which is also the language segment of the app's URLs.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }
}

/// Parses a weight as RFC 9110 defines it, for example `0.8`, into thousandths.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().unwrap_or(0) * 1000 + digits.parse::<u32>().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_weight_wins() {
        assert_eq!(Locale::accepted("ru-RU,ru;q=0.9,en;q=0.8"), Locale::Ru);
        assert_eq!(Locale::accepted("de, en;q=0.5, ru;q=0.7"), Locale::Ru);
        assert_eq!(Locale::accepted("de"), Locale::En);
        assert_eq!(Locale::accepted(""), Locale::En);
    }
}
