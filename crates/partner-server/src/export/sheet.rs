//! The table behind both file formats. Everything that is decided here is the same in CSV and XLSX.

use partner_api::{Amount, Day, Instant, money::Decimal};

use crate::locale::Locale;

/// Maximum characters of a text. A spreadsheet cell holds 32,767 UTF-16 units, and some characters need two.
const MAX_TEXT: usize = 16_000;

#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The first row, and the name of the worksheet: at most 31 characters, without `[ ] : * ? / \`.
    pub(crate) title: &'static str,
    pub(crate) locale: Locale,
    /// ISO 4217 code.
    pub(crate) currency: String,
    /// When the figures were read.
    pub(crate) as_of: Instant,
    /// Rows above the table: a label and the values next to it.
    pub(crate) head: Vec<(&'static str, Vec<Cell>)>,
    pub(crate) columns: Vec<Column>,
    /// Each row has a cell for every column.
    pub(crate) rows: Vec<Row>,
    /// The last row.
    pub(crate) total: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) heading: String,
    /// Width in characters.
    pub(crate) width: u8,
}

impl Column {
    pub(crate) fn new(heading: impl Into<String>, width: u8) -> Self {
        Self { heading: heading.into(), width }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) rank: Rank,
    pub(crate) cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    Plain,
    /// Contains the sums of the rows that follow it.
    Group,
    /// Belongs to the group above it.
    Part,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    /// Created by [`Cell::text`], never empty.
    Text(String),
    /// An amount in the currency of the sheet. Created by [`Cell::money`].
    Money(Amount),
    /// An amount before rounding by the kopeck rule.
    Exact(Amount),
    Date(Day),
    /// Moscow time.
    DateTime(Instant),
    Count(u32),
    /// A ratio, for example 0.125 for 12.5 %.
    Percent(Decimal),
}

impl Cell {
    /// A text on one line, without invisible characters and without controls of the text direction.
    pub(crate) fn text(text: &str) -> Self {
        let one_line = text.chars().filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            // XML allows neither control characters nor noncharacters. Direction controls could reverse the figures.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => None,
            c => Some(c).filter(|c| !c.is_control()),
        });
        let text: String = one_line.take(MAX_TEXT).collect();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// An empty cell for `None`.
    pub(crate) fn some_text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// Rounds the amount to the hundredth, as the page does.
    pub(crate) fn money(amount: Amount) -> Self {
        Self::Money(amount.rounded())
    }

    /// An empty cell for `None`.
    pub(crate) fn some_money(amount: Option<Amount>) -> Self {
        amount.map_or(Self::Empty, Self::money)
    }
}

/// All digits of an amount, with at least two decimals.
pub(crate) fn digits(amount: Amount) -> String {
    let mut decimal = amount.0.normalize();
    decimal.rescale(decimal.scale().max(2));
    if decimal.is_zero() { "0.00".to_owned() } else { decimal.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let Cell::Text(text) = Cell::text(text) else { panic!("a text without a formula stays a text") };
        text
    }

    #[test]
    fn a_text_is_one_line_of_visible_characters() {
        assert_eq!(cleaned("two\r\nlines\tand\u{2028}more"), "two  lines and more");
        assert_eq!(cleaned("a\0b\u{1}c\u{7f}d\u{9b}e\u{ffff}"), "abcde");
        assert_eq!(cleaned("photo\u{202e}gpj.exe\u{2066}"), "photogpj.exe");
        assert_eq!(cleaned("Öl & Söhne «Заря» 👩‍🚀 שלום"), "Öl & Söhne «Заря» 👩‍🚀 שלום", "names are unchanged");
        assert_eq!(cleaned(&"🚀".repeat(40_000)).encode_utf16().count(), 32_000, "the text fits into a cell");
    }

    #[test]
    fn amounts_have_all_digits_and_at_least_two_decimals() {
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
