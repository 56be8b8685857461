//! Writes a sheet as XLSX with typed numbers and dates. Texts never become formulas.

use chrono::{Datelike, Timelike};
use partner_api::{Amount, Day, Instant, money::Decimal};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::sheet::{Cell, Rank, Sheet, digits};
use crate::locale::Locale;

/// Code of the paper size A4 in the XLSX format.
const A4: u8 = 9;

/// Writes a sheet as an XLSX file. The same sheet always gives the same bytes.
///
/// # Errors
/// Returns an error if the sheet has more rows or columns than a worksheet allows, or the title is no valid worksheet
/// name.
pub(super) fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(sheet.title);
    workbook.set_properties(&match date_time(sheet.as_of) {
        Some(as_of) => properties.set_creation_datetime(&as_of),
        None => properties,
    });
    let page = workbook.add_worksheet();
    page.set_name(sheet.title)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (column, index) in sheet.columns.iter().zip(0..) {
        page.set_column_width(index, column.width)?;
    }
    let plain = Styles::new(sheet, |format| format);
    let bold = Styles::new(sheet, Format::set_bold);
    let last = Styles::new(sheet, |format| format.set_bold().set_border_top(FormatBorder::Thin));
    // Align all values above the table to the left, because by default numbers and texts are aligned differently.
    let left = Styles::new(sheet, |format| format.set_align(FormatAlign::Left));

    page.write_string_with_format(0, 0, sheet.title, &bold.text)?;
    let mut row = 1;
    for (label, values) in &sheet.head {
        page.write_string(row, 0, *label)?;
        left.write(page, row, 1, values)?;
        row += 1;
    }
    row += 1;
    let header = row;
    let heading = bold.text.clone().set_border_bottom(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    for (column, index) in sheet.columns.iter().zip(0..) {
        page.write_string_with_format(header, index, &column.heading, &heading)?;
    }
    page.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?.group_symbols_above(true);

    let mut group = None;
    for line in &sheet.rows {
        row += 1;
        let is_part = line.rank == Rank::Part;
        if let Some(first) = group.take_if(|_| !is_part) {
            page.group_rows(first, row - 1)?;
        }
        if is_part {
            group.get_or_insert(row);
        }
        let styles = if line.rank == Rank::Group { &bold } else { &plain };
        styles.write(page, row, 0, &line.cells)?;
    }
    if let Some(first) = group {
        page.group_rows(first, row)?;
    }
    if let Some(last_column) = last_index(sheet.columns.len()) {
        page.autofilter(header, 0, row, last_column)?;
    }
    last.write(page, row + 1, 0, &sheet.total)?;
    workbook.save_to_buffer()
}

fn last_index(columns: usize) -> Option<u16> {
    u16::try_from(columns.checked_sub(1)?).ok()
}

struct Styles {
    text: Format,
    money: Format,
    exact: Format,
    date: Format,
    date_time: Format,
    count: Format,
    percent: Format,
}

impl Styles {
    fn new(sheet: &Sheet, dress: fn(Format) -> Format) -> Self {
        let number = |code: &str| dress(Format::new().set_num_format(code));
        let (date, date_time) = match sheet.locale {
            Locale::En => ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"),
            Locale::Ru => ("dd.mm.yyyy", "dd.mm.yyyy hh:mm:ss"),
        };
        Self {
            text: dress(Format::new()),
            money: number(&money_format(&sheet.currency, sheet.locale)),
            exact: number("#,##0.00####"),
            date: number(date),
            date_time: number(date_time),
            count: number("#,##0"),
            percent: number("0.0%"),
        }
    }

    fn write(&self, page: &mut Worksheet, row: u32, first: u16, cells: &[Cell]) -> Result<(), XlsxError> {
        for (cell, column) in cells.iter().zip(first..) {
            match cell {
                Cell::Empty => page.write_blank(row, column, &self.text)?,
                Cell::Text(text) => page.write_string_with_format(row, column, text, &self.text)?,
                Cell::Money(amount) => write_amount(page, row, column, *amount, &self.money)?,
                Cell::Exact(amount) => write_amount(page, row, column, *amount, &self.exact)?,
                Cell::Date(day) => match excel_day(*day) {
                    Some(date) => page.write_datetime_with_format(row, column, &date, &self.date)?,
                    None => page.write_string_with_format(row, column, day.to_string(), &self.text)?,
                },
                Cell::DateTime(at) => match date_time(*at) {
                    Some(at) => page.write_datetime_with_format(row, column, &at, &self.date_time)?,
                    None => page.write_string_with_format(row, column, at.to_string(), &self.text)?,
                },
                Cell::Count(count) => page.write_number_with_format(row, column, *count, &self.count)?,
                Cell::Percent(ratio) => write_number(page, row, column, &ratio.normalize().to_string(), &self.percent)?,
            };
        }
        Ok(())
    }
}

fn write_amount<'a>(
    page: &'a mut Worksheet,
    row: u32,
    column: u16,
    amount: Amount,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    write_number(page, row, column, &digits(amount), format)
}

/// Writes a number. Spreadsheets store numbers as binary floating point, so an amount that would lose digits is written
/// as text.
fn write_number<'a>(
    page: &'a mut Worksheet,
    row: u32,
    column: u16,
    digits: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    match digits.parse::<f64>() {
        Ok(number) if is_exact(number, digits) => page.write_number_with_format(row, column, number, format),
        _ => page.write_string_with_format(row, column, digits, format),
    }
}

/// Whether the number as written into the file (in its shortest decimal form) equals the number in `digits`.
fn is_exact(number: f64, digits: &str) -> bool {
    let (written, meant) = (number.to_string().parse::<Decimal>(), digits.parse::<Decimal>());
    written.is_ok_and(|written| meant.is_ok_and(|meant| written == meant))
}

fn excel_day(day: Day) -> Option<ExcelDateTime> {
    let date = day.date();
    ExcelDateTime::from_ymd(date.year().try_into().ok()?, date.month().try_into().ok()?, date.day().try_into().ok()?)
        .ok()
}

fn date_time(at: Instant) -> Option<ExcelDateTime> {
    let time = at.0.in_moscow().time();
    let (minute, second) = (time.minute().try_into().ok()?, u8::try_from(time.second()).ok()?);
    excel_day(Day::of(at.0))?.and_hms(time.hour().try_into().ok()?, minute, second).ok()
}

/// Returns a number format with two decimals. The language decides whether the currency comes before or after the
/// amount.
fn money_format(currency: &str, locale: Locale) -> String {
    let sign = match currency {
        "RUB" => "₽",
        "KZT" => "₸",
        "USD" => "$",
        "EUR" => "€",
        // Accept only letters and digits, because the code becomes part of the number format, where other characters
        // can have a meaning.
        code if code.bytes().all(|byte| byte.is_ascii_alphanumeric()) => code,
        _ => "",
    };
    match locale {
        _ if sign.is_empty() => "#,##0.00".to_owned(),
        Locale::En if sign == currency => format!("[${sign}\u{a0}]#,##0.00"),
        Locale::En => format!("[${sign}]#,##0.00"),
        Locale::Ru => format!("#,##0.00[$\u{a0}{sign}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_loses_digits_is_written_as_text() {
        for exact in ["0", "0.01", "-1240.50", "9223372036854.77", "0.000001", "999999999999999"] {
            assert!(is_exact(exact.parse().unwrap(), exact), "{exact}");
        }
        for inexact in ["123456789012345678.91", "9007199254740993"] {
            assert!(!is_exact(inexact.parse().unwrap(), inexact), "{inexact}");
        }
    }

    #[test]
    fn large_amounts_are_exact_to_the_kopeck() {
        for kopecks in 922_337_203_685_377_i64 - 20_000..922_337_203_685_377 {
            let digits = digits(Amount(Decimal::new(kopecks, 2)));
            assert!(is_exact(digits.parse().unwrap(), &digits), "{digits}");
        }
    }

    #[test]
    fn a_currency_does_not_break_out_of_its_format() {
        assert_eq!(money_format("RUB", Locale::Ru), "#,##0.00[$\u{a0}₽]");
        assert_eq!(money_format("RUB", Locale::En), "[$₽]#,##0.00");
        assert_eq!(money_format("UZS", Locale::En), "[$UZS\u{a0}]#,##0.00");
        assert_eq!(money_format("];\"", Locale::En), "#,##0.00");
    }
}
