//! The table from which both file formats are written, so that CSV and XLSX have the same rows and columns.

use partner_api::{Amount, Day, Instant, money::Decimal};

use crate::locale::Locale;

/// Maximum number of characters in a text cell. A spreadsheet cell holds 32,767 UTF-16 units, and some characters need
/// two units.
const MAX_TEXT: usize = 16_000;

#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Text of the first row and name of the worksheet. Worksheet names have at most 31 characters and none of `[ ] : *
    /// ? / \`.
    pub(crate) title: &'static str,
    pub(crate) locale: Locale,
    /// Currency of all amounts, as ISO 4217 code.
    pub(crate) currency: String,
    /// Time at which the figures were read from the database.
    pub(crate) as_of: Instant,
    /// Rows above the table. Each row has a label and the values next to the label.
    pub(crate) head: Vec<(&'static str, Vec<Cell>)>,
    pub(crate) columns: Vec<Column>,
    /// Each row has a cell for every column.
    pub(crate) rows: Vec<Row>,
    /// The last row of the table, which has the totals.
    pub(crate) total: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) heading: String,
    /// Width of the column in characters.
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
    /// A row with the sums of the `Part` rows that follow.
    Group,
    /// A row that belongs to the `Group` row above.
    Part,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    /// A text that is never empty. Create this value with [`Cell::text`], which removes control characters.
    Text(String),
    /// An amount in the currency of the sheet. Create this value with [`Cell::money`], which rounds the amount.
    Money(Amount),
    /// An exact amount, which is not rounded.
    Exact(Amount),
    Date(Day),
    /// A date and time, written in Moscow time.
    DateTime(Instant),
    Count(u32),
    /// A ratio, for example 0.125 for 12.5 %.
    Percent(Decimal),
}

impl Cell {
    /// Creates a cell with a text, or an empty cell if no text remains. Line breaks become spaces, control characters
    /// are removed, and a very long text is cut off.
    pub(crate) fn text(text: &str) -> Self {
        let one_line = text.chars().filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            // Remove noncharacters and control characters, because XML does not allow them, and direction controls,
            // because they could make figures appear reversed.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => None,
            c => Some(c).filter(|c| !c.is_control()),
        });
        let text: String = one_line.take(MAX_TEXT).collect();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(crate) fn some_text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// Creates a cell with a rounded amount, because the page shows rounded amounts, too.
    pub(crate) fn money(amount: Amount) -> Self {
        Self::Money(amount.rounded())
    }

    pub(crate) fn some_money(amount: Option<Amount>) -> Self {
        amount.map_or(Self::Empty, Self::money)
    }
}

/// Formats an amount with all its digits and at least two decimals.
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
