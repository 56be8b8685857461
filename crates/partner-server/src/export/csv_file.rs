//! Writes a sheet as CSV: UTF-8 with a byte order mark and CRLF. Russian files use `;` and decimal commas, because
//! Russian spreadsheet programs expect both.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use partner_api::{Day, money::Decimal};

use super::sheet::{Cell, Sheet, digits};
use crate::locale::Locale;

/// Marks the file as UTF-8, because Excel otherwise assumes a legacy code page.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(super) fn csv(sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let delimiter = match sheet.locale {
        Locale::En => b',',
        Locale::Ru => b';',
    };
    let mut builder = WriterBuilder::new();
    builder.delimiter(delimiter).terminator(Terminator::CRLF).flexible(true);
    let mut writer = builder.from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record([sheet.title])?;
    for (label, values) in &sheet.head {
        let values = values.iter().map(|cell| field(cell, sheet.locale));
        writer.write_record(std::iter::once(Cow::from(*label)).chain(values).map(Cow::into_owned))?;
    }
    writer.write_record([""; 2])?;
    writer.write_record(sheet.columns.iter().map(|column| &column.heading))?;
    for cells in sheet.rows.iter().map(|row| &row.cells).chain([&sheet.total]) {
        for cell in cells {
            writer.write_field(&*field(cell, sheet.locale))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner()?)
}

fn field(cell: &Cell, locale: Locale) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::from(""),
        Cell::Text(text) => neutral(text),
        Cell::Money(amount) | Cell::Exact(amount) => decimal(digits(*amount), locale).into(),
        Cell::Date(day) => locale.day(*day).into(),
        Cell::DateTime(at) => format!("{} {}", locale.day(Day::of(at.0)), at.0.in_moscow().format("%H:%M:%S")).into(),
        Cell::Count(count) => count.to_string().into(),
        Cell::Percent(ratio) => {
            let mut percent = *ratio * Decimal::ONE_HUNDRED;
            percent.rescale(1);
            format!("{}%", decimal(percent.to_string(), locale)).into()
        }
    }
}

fn decimal(digits: String, locale: Locale) -> String {
    match locale {
        Locale::En => digits,
        Locale::Ru => digits.replace('.', ","),
    }
}

/// Puts an apostrophe before every part of the text that a spreadsheet could run as a formula.
///
/// A formula can begin at the start of the text and after each delimiter. Delimiters matter because a spreadsheet
/// program that is set to another language can split the text at a different delimiter and ignore the quotes.
pub(crate) fn neutral(text: &str) -> Cow<'_, str> {
    let begins = |c| "=+-@\t\r\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}\u{fe66}\u{fe62}\u{fe63}\u{fe6b}".contains(c);
    let separates = |c| ",;\t\r\n".contains(c);
    // Skip these characters, because some spreadsheet programs ignore them before a formula.
    let is_blank =
        |c: char| c.is_whitespace() || "\"\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}".contains(c);
    let mut starts = Vec::new();
    let mut start = Some(0);
    for (at, c) in text.char_indices() {
        if let Some(piece) = start.filter(|_| begins(c)) {
            starts.push(piece);
            start = None;
        }
        if separates(c) {
            start = Some(at + c.len_utf8());
        } else if !is_blank(c) {
            start = None;
        }
    }
    if starts.is_empty() {
        return Cow::from(text);
    }
    let mut safe = text.to_owned();
    starts.into_iter().rev().for_each(|start| safe.insert(start, '\''));
    Cow::from(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possible_formulas_get_an_apostrophe() {
        for (text, expected) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+7 495 123-45-67", "'+7 495 123-45-67"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("\r1", "'\r1"),
            ("  \u{a0}\u{200b}=1", "'  \u{a0}\u{200b}=1"),
            ("\"=1\"", "'\"=1\""),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠A", "'＠A"),
            ("a;=1", "a;'=1"),
            ("a, \"=1\";-2", "a,' \"=1\";'-2"),
            (";;=1", ";;'=1"),
        ] {
            assert_eq!(neutral(text), expected, "{text:?}");
        }
    }

    #[test]
    fn other_texts_are_unchanged() {
        for text in ["", " ", "Öl & Söhne", "a=b", "e-mail@mail.ru", "'=1", "1+1", "Петров, Иванов; и др.", "−1"]
        {
            assert_eq!(neutral(text), text);
        }
    }
}
