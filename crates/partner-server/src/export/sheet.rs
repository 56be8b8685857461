//! One table for both kinds of file: what is decided here, CSV and XLSX cannot decide differently.

use partner_api::{Amount, Day, Instant, money::Decimal};

use crate::locale::Locale;

/// Most characters of a text. A cell of a spreadsheet holds 32,767 units of UTF-16, two for some characters.
const MAX_TEXT: usize = 16_000;

/// A table with its head.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// First row, and name of the worksheet: at most 31 characters, none of `[ ] : * ? / \`.
    pub(crate) title: &'static str,
    pub(crate) locale: Locale,
    /// ISO 4217 code.
    pub(crate) currency: String,
    /// When the figures were read.
    pub(crate) as_of: Instant,
    /// What the table is about: label, and values beside it.
    pub(crate) head: Vec<(&'static str, Vec<Cell>)>,
    pub(crate) columns: Vec<Column>,
    /// Each with a cell for every column.
    pub(crate) rows: Vec<Row>,
    /// Last row.
    pub(crate) total: Vec<Cell>,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) heading: String,
    /// In characters.
    pub(crate) width: u8,
}

impl Column {
    pub(crate) fn new(heading: impl Into<String>, width: u8) -> Self {
        Self { heading: heading.into(), width }
    }
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) rank: Rank,
    pub(crate) cells: Vec<Cell>,
}

/// What a row is among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// One of many.
    Plain,
    /// Sums the parts that follow it.
    Group,
    /// Part of the group above.
    Part,
}

/// A value with its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    /// Made by [`Cell::text`], never empty.
    Text(String),
    /// In the currency of the sheet. Made by [`Cell::money`].
    Money(Amount),
    /// An amount before the kopeck rule.
    Exact(Amount),
    Date(Day),
    /// By Moscow's clock.
    DateTime(Instant),
    Count(u32),
    /// A ratio: 0.125 is 12.5 %.
    Percent(Decimal),
}

impl Cell {
    /// A text as one line, without what does not show or turns the direction of what follows it.
    pub(crate) fn text(text: &str) -> Self {
        let one_line = text.chars().filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            // XML knows no controls and no noncharacters; overrides and isolates of direction make figures lie.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => None,
            c => Some(c).filter(|c| !c.is_control()),
        });
        let text: String = one_line.take(MAX_TEXT).collect();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// The text, or nothing.
    pub(crate) fn some_text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// An amount as it is shown: to the hundredth.
    pub(crate) fn money(amount: Amount) -> Self {
        Self::Money(amount.rounded())
    }

    /// The amount, or nothing.
    pub(crate) fn some_money(amount: Option<Amount>) -> Self {
        amount.map_or(Self::Empty, Self::money)
    }
}

/// The digits of an amount: at least two after the point, and none of them lost.
pub(crate) fn digits(amount: Amount) -> String {
    let mut decimal = amount.0.normalize();
    decimal.rescale(decimal.scale().max(2));
    if decimal.is_zero() { "0.00".to_owned() } else { decimal.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let Cell::Text(text) = Cell::text(text) else { panic!("a text is a text") };
        text
    }

    #[test]
    fn a_text_is_one_line_of_what_shows() {
        assert_eq!(cleaned("two\r\nlines\tand\u{2028}more"), "two  lines and more");
        assert_eq!(cleaned("a\0b\u{1}c\u{7f}d\u{9b}e\u{ffff}"), "abcde");
        assert_eq!(cleaned("photo\u{202e}gpj.exe\u{2066}"), "photogpj.exe");
        assert_eq!(cleaned("Öl & Söhne «Заря» 👩‍🚀 שלום"), "Öl & Söhne «Заря» 👩‍🚀 שלום", "names stay as they are");
        assert_eq!(cleaned(&"🚀".repeat(40_000)).encode_utf16().count(), 32_000, "a cell has room for it");
    }

    #[test]
    fn digits_are_all_there_and_at_least_two_after_the_point() {
        for (amount, expected) in [
            ("0", "0.00"),
            ("-0.00", "0.00"),
            ("5", "5.00"),
            ("1240.5", "1240.50"),
            ("-0.01", "-0.01"),
            ("0.004000", "0.004"),
            ("1e3", "1000.00"),
            ("9223372036854.77", "9223372036854.77"),
        ] {
            assert_eq!(digits(amount.parse().unwrap()), expected, "{amount}");
        }
    }
}
