//! Parses pasted or imported text into lines, and validates each line before the app sends anything.

use std::{collections::HashMap, ops::Range};

use csv::{ReaderBuilder, Trim};
use partner_api::{
    form::{Email, FieldError, NewClient, NewClientField},
    invitation::NewInvitation,
};

use crate::browser::lowercase::lowercase;

/// Maximum number of lines, because sending more lines would take minutes.
pub(super) const MAX_LINES: usize = 1_000;

/// Accepted delimiters: `;` (files from Russian Excel), tab (cells pasted from a spreadsheet) and `,` (CSV files).
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// A line of the text. Its values are email, name, phone and identifier, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The number of the line in the text. The first line has number 1.
    pub(super) number: usize,
    /// The byte range of the line in the text, including the line break.
    pub(super) range: Range<usize>,
    /// The email as typed or, if the line has no email, the whole line.
    pub(super) label: String,
    pub(super) result: LineResult,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LineResult {
    Valid(NewClient),
    Invalid(Vec<(NewClientField, FieldError)>),
    /// A line with the same email comes before this one. Contains the number of that line.
    Duplicate(usize),
}

/// Parses the lines, except empty lines and a header, up to [`MAX_LINES`]. Also returns the number of lines beyond that
/// limit.
pub(super) fn parse(text: &str) -> (Vec<Line>, usize) {
    let mut lines = Vec::new();
    let mut left_out = 0;
    let mut first_of = HashMap::<String, usize>::new();
    // Skip the byte order mark here, because the CSV reader does not include the mark in its byte positions.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(Trim::All)
        .from_reader(&text.as_bytes()[mark..]);
    // No record is lost here. The CSV reader fails only for invalid UTF-8, which a `&str` cannot contain, and for
    // records of unequal length, which `flexible` allows.
    let records: Vec<_> = reader.records().map_while(Result::ok).collect();
    let starts = records.iter().map(|record| {
        let start = mark + record.position().map_or(0, |position| position.byte() as usize);
        // Skip empty lines, because the reader's position of a record includes the empty lines before the record.
        start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len()
    });
    let starts: Vec<usize> = starts.chain(std::iter::once(text.len())).collect();
    let (mut number, mut counted) = (1, 0);
    for (at, record) in records.into_iter().enumerate() {
        let (start, end) = (starts[at], starts[at + 1]);
        number += text[counted..start].matches('\n').count();
        counted = start;
        let value = |at: usize| record.get(at).unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
        let is_empty = record.iter().flat_map(str::chars).all(is_separator);
        let is_header = at == 0 && !value(0).contains('@') && lowercase(&value(0)).contains("mail");
        if is_empty || is_header {
            continue;
        }
        if lines.len() == MAX_LINES {
            left_out += 1;
            continue;
        }
        let typed =
            NewInvitation { email: value(0), name: Some(value(1)), phone: Some(value(2)), client_id: Some(value(3)) };
        let label = if typed.email.is_empty() { text[start..end].trim().to_owned() } else { typed.email.clone() };
        let result = match NewClient::parse(&typed) {
            Ok(client) => match first_of.get(&folded(&client.email)) {
                Some(first) => LineResult::Duplicate(*first),
                None => {
                    first_of.insert(folded(&client.email), number);
                    LineResult::Valid(client)
                }
            },
            Err(problems) => LineResult::Invalid(problems),
        };
        lines.push(Line { number, range: start..end, label, result });
    }
    (lines, left_out)
}

/// Removes these byte ranges from the text.
pub(super) fn remove(text: &str, ranges: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        rest.push_str(&text[at..range.start]);
        at = range.end;
    }
    rest.push_str(&text[at..]);
    rest
}

/// Whether the character is white space, a quotation mark or any delimiter. A line is empty if it has only such
/// characters.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '"' || DELIMITERS.contains(&(c as u8)) && c.is_ascii()
}

/// Converts an email to lower case, because emails that differ only in case belong to the same client.
fn folded(email: &Email) -> String {
    lowercase(email.as_str())
}

/// Finds the delimiter in the first line that contains any; `;` if no line does.
fn delimiter(text: &str) -> u8 {
    let found = |line: &str| DELIMITERS.into_iter().find(|delimiter| line.as_bytes().contains(delimiter));
    text.lines().find_map(found).unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(text: &str) -> Vec<(usize, String, String)> {
        let row = |line: Line| {
            let result = match line.result {
                LineResult::Valid(client) => {
                    let phone = client.phone.map(|phone| phone.as_str().to_owned());
                    [client.name, phone, client.identifier].map(Option::unwrap_or_default).join("|")
                }
                LineResult::Invalid(problems) => format!("{problems:?}"),
                LineResult::Duplicate(first) => format!("same as {first}"),
            };
            (line.number, line.label, result)
        };
        parse(text).0.into_iter().map(row).collect()
    }

    fn row(number: usize, label: &str, result: &str) -> (usize, String, String) {
        (number, label.to_owned(), result.to_owned())
    }

    #[test]
    fn values_are_separated_by_semicolons_tabs_or_commas() {
        for delimiter in [";", "\t", ",", "; "] {
            let text = ["a@client.example", "Анна", "8 926 123-45-67", "CRM-1"].join(delimiter);
            assert_eq!(results(&text), [row(1, "a@client.example", "Анна|+79261234567|CRM-1")], "{delimiter:?}");
        }
    }

    #[test]
    fn the_email_is_enough_and_blank_lines_and_headers_are_skipped() {
        let text = "\u{feff}E-mail;Имя\r\n\r\n a@client.example \r\n;;\r\nb@client.example;\"Öl; \"\"Söhne\"\"\"\r\n";
        assert_eq!(results(text), [row(3, "a@client.example", "||"), row(5, "b@client.example", "Öl; \"Söhne\"||")]);
    }

    #[test]
    fn invalid_and_duplicate_lines_are_reported_by_number() {
        let text = "a@client.example\nnobody\n;Anna\nA@Client.Example;again\nb@client.example;;call me";
        assert_eq!(
            results(text),
            [
                row(1, "a@client.example", "||"),
                row(2, "nobody", "[(Email, Malformed)]"),
                row(3, ";Anna", "[(Email, Required)]"),
                row(4, "A@Client.Example", "same as 1"),
                row(5, "b@client.example", "[(Phone, Malformed)]"),
            ]
        );
    }

    #[test]
    fn sent_lines_are_removed_and_the_others_stay_as_typed() {
        let text = "a@client.example;\"two\nlines\"\nnobody \nb@client.example\n  c@client.example";
        let (lines, _) = parse(text);
        let sent: Vec<_> = [0, 2].map(|at| lines[at].range.clone()).into();
        assert_eq!(remove(text, &sent), "nobody \n  c@client.example");
        assert_eq!(remove(text, &[]), text);
        let all: Vec<_> = lines.into_iter().map(|line| line.range).collect();
        assert_eq!(remove(text, &all), "");
    }

    #[test]
    fn a_long_list_is_read_up_to_the_limit() {
        let text: String = (0..MAX_LINES + 7).map(|at| format!("a{at}@client.example\n")).collect();
        let (lines, left_out) = parse(&text);
        assert_eq!((lines.len(), left_out), (MAX_LINES, 7));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed_and_every_line_is_in_its_range(text in "[a@;,\t\"\r\n \u{feff}é]{0,60}") {
            let (lines, _) = parse(&text);
            let mut end = 0;
            for line in &lines {
                assert!(end <= line.range.start && line.range.start <= line.range.end);
                end = line.range.end;
            }
            let ranges: Vec<_> = lines.into_iter().map(|line| line.range).collect();
            assert!(parse(&remove(&text, &ranges)).0.is_empty());
        }
    }
}
