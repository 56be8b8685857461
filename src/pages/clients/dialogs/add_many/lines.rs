//! What is pasted or read from a file: its lines, and what is to be said of each before anything is sent.

use std::{collections::HashMap, ops::Range};

use csv::{ReaderBuilder, Trim};
use partner_api::{
    form::{Email, FieldError, NewClient, NewClientField},
    invitation::NewInvitation,
};

use crate::browser::lowercase::lowercase;

/// Most lines that are read; more would take the server a while, and nobody looks through them.
pub(super) const MOST: usize = 1_000;

/// What between the values a line may have: what Excel writes in Russian, what is pasted from a sheet, and what CSV
/// is called after.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// A line: email; name; telephone; identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the text, from 1.
    pub(super) number: usize,
    /// Where it stands in the text, its end of line included.
    pub(super) place: Range<usize>,
    /// What it is called: the address as it is written, else the line.
    pub(super) label: String,
    /// What is to be said of it.
    pub(super) verdict: Verdict,
}

/// What is to be said of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can be sent.
    Good(NewClient),
    /// Fields that have problems.
    Bad(Vec<(NewClientField, FieldError)>),
    /// Has the same email as the line of that number.
    Repeated(usize),
}

/// All lines that say something, at most [`MOST`], and how many more there are.
pub(super) fn read(text: &str) -> (Vec<Line>, usize) {
    let mut lines = Vec::new();
    let mut left_out = 0;
    let mut first_of = HashMap::<String, usize>::new();
    // The reader skips the mark of the byte order, and does not count it.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(Trim::All)
        .from_reader(&text.as_bytes()[mark..]);
    // What is read is text, and the reader takes lines of any length: there is nothing to fail.
    let records: Vec<_> = reader.records().map_while(Result::ok).collect();
    let starts = records.iter().map(|record| {
        let start = mark + record.position().map_or(0, |position| position.byte() as usize);
        // Empty lines before a record are counted as its own.
        start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len()
    });
    let starts: Vec<usize> = starts.chain(std::iter::once(text.len())).collect();
    let (mut number, mut counted) = (1, 0);
    for (at, record) in records.into_iter().enumerate() {
        let (start, end) = (starts[at], starts[at + 1]);
        number += text[counted..start].matches('\n').count();
        counted = start;
        let value = |at: usize| record.get(at).unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
        let is_empty = record.iter().flat_map(str::chars).all(says_nothing);
        // Names of columns are no client.
        let is_head = at == 0 && !value(0).contains('@') && lowercase(&value(0)).contains("mail");
        if is_empty || is_head {
            continue;
        }
        if lines.len() == MOST {
            left_out += 1;
            continue;
        }
        let typed =
            NewInvitation { email: value(0), name: Some(value(1)), phone: Some(value(2)), client_id: Some(value(3)) };
        let label = if typed.email.is_empty() { text[start..end].trim().to_owned() } else { typed.email.clone() };
        let verdict = match NewClient::parse(&typed) {
            Ok(client) => match first_of.get(&folded(&client.email)) {
                Some(first) => Verdict::Repeated(*first),
                None => {
                    first_of.insert(folded(&client.email), number);
                    Verdict::Good(client)
                }
            },
            Err(problems) => Verdict::Bad(problems),
        };
        lines.push(Line { number, place: start..end, label, verdict });
    }
    (lines, left_out)
}

/// The text without these lines.
pub(super) fn without(text: &str, gone: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for place in gone {
        kept.push_str(&text[at..place.start]);
        at = place.end;
    }
    kept.push_str(&text[at..]);
    kept
}

/// Whether it only parts values, whichever way: a line of such says nothing.
fn says_nothing(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '"' || DELIMITERS.contains(&(c as u8)) && c.is_ascii()
}

/// Addresses are the same whatever the case.
fn folded(email: &Email) -> String {
    lowercase(email.as_str())
}

/// The one that is in the first line that has any.
fn delimiter(text: &str) -> u8 {
    let found = |line: &str| DELIMITERS.into_iter().find(|delimiter| line.as_bytes().contains(delimiter));
    text.lines().find_map(found).unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(text: &str) -> Vec<(usize, String, String)> {
        let told = |line: Line| {
            let verdict = match line.verdict {
                Verdict::Good(client) => {
                    let phone = client.phone.map(|phone| phone.as_str().to_owned());
                    [client.name, phone, client.identifier].map(Option::unwrap_or_default).join("|")
                }
                Verdict::Bad(problems) => format!("{problems:?}"),
                Verdict::Repeated(first) => format!("as {first}"),
            };
            (line.number, line.label, verdict)
        };
        read(text).0.into_iter().map(told).collect()
    }

    fn told(number: usize, label: &str, verdict: &str) -> (usize, String, String) {
        (number, label.to_owned(), verdict.to_owned())
    }

    #[test]
    fn semicolons_tabs_and_commas_part_values() {
        for delimiter in [";", "\t", ",", "; "] {
            let text = ["a@client.example", "Анна", "8 926 123-45-67", "CRM-1"].join(delimiter);
            assert_eq!(verdicts(&text), [told(1, "a@client.example", "Анна|+79261234567|CRM-1")], "{delimiter:?}");
        }
    }

    #[test]
    fn the_address_is_enough_and_blank_lines_and_heads_are_nobody() {
        let text = "\u{feff}E-mail;Имя\r\n\r\n a@client.example \r\n;;\r\nb@client.example;\"Öl; \"\"Söhne\"\"\"\r\n";
        assert_eq!(verdicts(text), [told(3, "a@client.example", "||"), told(5, "b@client.example", "Öl; \"Söhne\"||")]);
    }

    #[test]
    fn bad_and_repeated_lines_are_told_by_their_numbers() {
        let text = "a@client.example\nnobody\n;Anna\nA@Client.Example;again\nb@client.example;;call me";
        assert_eq!(
            verdicts(text),
            [
                told(1, "a@client.example", "||"),
                told(2, "nobody", "[(Email, Malformed)]"),
                told(3, ";Anna", "[(Email, Required)]"),
                told(4, "A@Client.Example", "as 1"),
                told(5, "b@client.example", "[(Phone, Malformed)]"),
            ]
        );
    }

    #[test]
    fn what_was_sent_leaves_the_text_and_the_rest_stays_as_it_was_written() {
        let text = "a@client.example;\"two\nlines\"\nnobody \nb@client.example\n  c@client.example";
        let (lines, _) = read(text);
        let gone: Vec<_> = [0, 2].map(|at| lines[at].place.clone()).into();
        assert_eq!(without(text, &gone), "nobody \n  c@client.example");
        assert_eq!(without(text, &[]), text);
        let all: Vec<_> = lines.into_iter().map(|line| line.place).collect();
        assert_eq!(without(text, &all), "");
    }

    #[test]
    fn a_long_list_is_read_up_to_its_limit() {
        let text: String = (0..MOST + 7).map(|at| format!("a{at}@client.example\n")).collect();
        let (lines, left_out) = read(&text);
        assert_eq!((lines.len(), left_out), (MOST, 7));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_every_line_is_where_it_says(text in "[a@;,\t\"\r\n \u{feff}é]{0,60}") {
            let (lines, _) = read(&text);
            let mut end = 0;
            for line in &lines {
                assert!(end <= line.place.start && line.place.start <= line.place.end);
                end = line.place.end;
            }
            let places: Vec<_> = lines.into_iter().map(|line| line.place).collect();
            assert!(read(&without(&text, &places)).0.is_empty());
        }
    }
}
