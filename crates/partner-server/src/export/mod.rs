//! Creates the files that the balance page offers for download.
//!
//! `tables` lays out the replies of the API as a [`sheet::Sheet`]; `csv_file` and `xlsx_file` write the sheet.
//! `docs/decisions/spreadsheets.md` gives the reasons.

mod csv_file;
pub(crate) mod file_name;
pub(crate) mod sheet;
pub(crate) mod tables;
mod texts;
mod xlsx_file;

use partner_api::{
    FieldProblem,
    form::FieldError,
    ledger::{self, ExpenseOrder, LedgerQuery, code},
};

pub(crate) use self::csv_file::neutral;
use self::sheet::Sheet;
use crate::locale::Locale;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Xlsx,
}

impl Format {
    fn of_code(code: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|format| format.code() == code)
    }

    /// Name of the format in the API, which is also the extension of the file name.
    const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => ledger::CSV,
            Self::Xlsx => ledger::XLSX,
        }
    }

    pub(crate) fn write(self, sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Csv => csv_file::csv(sheet),
            Self::Xlsx => Ok(xlsx_file::xlsx(sheet)?),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Grouped,
    Statement,
}

impl View {
    fn of_code(code: &str) -> Option<Self> {
        match code {
            "grouped" => Some(Self::Grouped),
            "statement" => Some(Self::Statement),
            _ => None,
        }
    }
}

/// Parameters of a download except the filter for movements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) format: Format,
    pub(crate) locale: Locale,
    pub(crate) view: View,
    pub(crate) order: ExpenseOrder,
}

impl Options {
    /// # Errors
    /// Returns the problems at `/format`, `/locale`, `/view` and `/sort`.
    pub(crate) fn parse(query: &LedgerQuery) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        if query.format.is_none() {
            problems.push(FieldProblem { pointer: "/format".into(), code: FieldError::Required.code().into() });
        }
        let format = read(&query.format, "/format", Format::Csv, Format::of_code, &mut problems);
        let locale = read(&query.locale, "/locale", Locale::En, Locale::of_code, &mut problems);
        let view = read(&query.view, "/view", View::Grouped, View::of_code, &mut problems);
        let order = read(&query.sort, "/sort", ExpenseOrder::default(), ExpenseOrder::parse, &mut problems);
        if problems.is_empty() { Ok(Self { format, locale, view, order }) } else { Err(problems) }
    }
}

fn read<T>(
    text: &Option<String>,
    pointer: &str,
    usual: T,
    of_code: fn(&str) -> Option<T>,
    problems: &mut Vec<FieldProblem>,
) -> T {
    let Some(text) = text else { return usual };
    of_code(text).unwrap_or_else(|| {
        problems.push(FieldProblem { pointer: pointer.into(), code: code::MALFORMED.into() });
        usual
    })
}

#[cfg(test)]
mod tests;
