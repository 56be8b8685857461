//! Folds texts, so that search and order ignore case, `ё` and kinds of white space.

use crate::browser::lowercase::lowercase;

/// Appends the text in lower case, with `е` for `ё`, and a space for each white-space or control character.
///
/// The result has no line breaks, so they can separate the fields of a row.
pub(super) fn fold_into(out: &mut String, text: &str) {
    if text.bytes().all(|byte| matches!(byte, 0x20..0x7f)) {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
        return;
    }
    let is_known =
        |c: char| c.is_ascii() || matches!(c, 'а'..='я' | 'А'..='Я' | 'Ё' | 'ё' | '«' | '»' | '–' | '—' | '№');
    let other = (!text.chars().all(is_known)).then(|| lowercase(text));
    for c in other.as_deref().unwrap_or(text).chars() {
        match c {
            'А'..='Я' => out.extend(char::from_u32(c as u32 + 0x20)),
            'Ё' | 'ё' => out.push('е'),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c => out.push(c.to_ascii_lowercase()),
        }
    }
}

/// Appends the digits of a phone number, by which it is searched and sorted.
pub(super) fn digits_into(out: &mut String, phone: &str) {
    out.extend(phone.chars().filter(char::is_ascii_digit));
}

/// Appends the text with the length before each number, so that `crm-7` comes before `crm-12`.
pub(super) fn natural_into(out: &mut String, folded: &str) {
    let mut rest = folded;
    while !rest.is_empty() {
        let (other, tail) = rest.split_at(rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()));
        let (digits, tail) = tail.split_at(tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len()));
        out.push_str(other);
        if !digits.is_empty() {
            let digits = digits.trim_start_matches('0');
            // The length is written in digits as well, so numbers keep their order among letters and signs.
            let mut length = digits.len();
            while length >= 9 {
                out.push('9');
                length -= 9;
            }
            out.extend(char::from_digit(length as u32, 10));
            out.push_str(digits);
        }
        rest = tail;
    }
}

/// A search text, folded and split into words. A row matches if it contains all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    words: Vec<String>,
    /// Digits of a text that looks like a phone number. A row that contains them matches as well.
    phone: Option<String>,
}

impl Search {
    pub(super) fn parse(typed: &str) -> Self {
        let mut folded = String::with_capacity(typed.len());
        fold_into(&mut folded, typed);
        let mut words = Vec::<String>::new();
        // The longest word is probably the rarest. It is searched in all rows, the others in the rows that contain it.
        for word in folded.split_whitespace() {
            let at = words.partition_point(|longer| longer.len() >= word.len());
            words.insert(at, word.to_owned());
        }
        words.dedup();
        Self { words, phone: phone(folded.trim()) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    pub(super) fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// Whether all rows that match this search also match the earlier one, as after one more letter.
    pub(super) fn narrows(&self, earlier: &Self) -> bool {
        self.phone.is_none()
            && earlier.phone.is_none()
            && earlier.words.iter().all(|earlier| self.words.iter().any(|word| word.contains(earlier.as_str())))
    }
}

/// Digits of a text that may be the beginning of a phone number.
///
/// A leading 7 or 8 is left out, because the same Russian number is written with either.
fn phone(text: &str) -> Option<String> {
    if !text.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 5).then(|| digits.strip_prefix(['7', '8']).map(str::to_owned).unwrap_or(digits))
}
