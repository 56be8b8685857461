//! Folds texts, which means that texts get a common form for comparison. Search and sorting then ignore case, kinds of
//! white space, and the difference between `ё` and `е`.

use crate::browser::lowercase::lowercase;

/// Appends the text in lower case. Replaces `ё` by `е`, and each white-space or control character by a space.
///
/// Folded texts contain no line breaks, so the caller can use line breaks to separate the fields of a row.
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

/// Appends only the digits of a phone number, because search and sorting ignore all other characters of phone numbers.
pub(super) fn digits_into(out: &mut String, phone: &str) {
    out.extend(phone.chars().filter(char::is_ascii_digit));
}

/// Appends the text, and puts before each number the number of its digits, without leading zeros. The result sorts
/// `crm-7` before `crm-12`.
pub(super) fn natural_into(out: &mut String, folded: &str) {
    let mut rest = folded;
    while !rest.is_empty() {
        let (other, tail) = rest.split_at(rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()));
        let (digits, tail) = tail.split_at(tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len()));
        out.push_str(other);
        if !digits.is_empty() {
            let digits = digits.trim_start_matches('0');
            // Write the length in digits too, so that numbers still sort before letters.
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

/// A search text, folded and split into words. A row matches if it contains all words, or the digits in `phone`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    words: Vec<String>,
    /// The digits of the search text, if the text looks like a phone number. Rows that contain these digits match too.
    phone: Option<String>,
}

impl Search {
    pub(super) fn parse(typed: &str) -> Self {
        let mut folded = String::with_capacity(typed.len());
        fold_into(&mut folded, typed);
        let mut words = Vec::<String>::new();
        // Put the longest word first, because it is probably the rarest. Only the first word is searched in all rows;
        // the other words are searched only in rows that contain the first.
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

    /// Whether all rows that match this search certainly match the earlier search, for example because the user has
    /// typed one more letter. Returns `false` if one of the two searches looks like a phone number.
    pub(super) fn narrows(&self, earlier: &Self) -> bool {
        self.phone.is_none()
            && earlier.phone.is_none()
            && earlier.words.iter().all(|earlier| self.words.iter().any(|word| word.contains(earlier.as_str())))
    }
}

/// Returns the digits of a text that may be the beginning of a phone number: at least five digits, separated only by
/// spaces, brackets, `+` and `-`.
///
/// The result omits a leading 7 or 8, because the same Russian number can start with either digit.
fn phone(text: &str) -> Option<String> {
    if !text.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 5).then(|| digits.strip_prefix(['7', '8']).map(str::to_owned).unwrap_or(digits))
}
