//! Sorting of texts by their beginnings packed into numbers: comparing 100,000 texts letter by letter takes too long.

use super::order::{each_run, sort_by_value, sort_run};

/// A row and (the beginning of) its value.
pub(super) struct Entry {
    pub(super) value: u128,
    pub(super) row: u32,
}

/// How many letters a number holds, beside the byte that tells what follows them.
const LETTERS: usize = 15;

/// Bytes after which a common beginning is compared in full: each number of letters is one more call inside the other.
const LONGEST: usize = 512;

/// The number holds the whole text: equal numbers, equal texts.
const WHOLE: u128 = 0;
/// Letters follow, of any kind.
const MORE: u128 = 1;
/// A letter follows that has no byte of its own: the rest has to be compared.
const OTHER: u128 = 2;

/// The beginning of a folded text as one number: fifteen letters, Latin and Russian ones alike.
///
/// If the numbers of two texts differ, the texts stand in the same order. Only the empty text has zero.
pub(super) fn prefix(folded: &str) -> u128 {
    let head = &folded.as_bytes()[..folded.len().min(LETTERS)];
    if head.is_ascii() {
        let mut bytes = [0; 16];
        bytes[..head.len()].copy_from_slice(head);
        return u128::from_be_bytes(bytes) | if folded.len() > LETTERS { MORE } else { WHOLE };
    }
    let mut packed = 0;
    for (at, c) in folded.chars().enumerate() {
        if at == LETTERS {
            return packed | MORE;
        }
        let byte = match c {
            '\0'..='\x7f' => c as u128,
            ..'а' => 0x80,
            'а'..='я' => 0x81 + (c as u128 - 'а' as u128),
            _ => 0xff,
        };
        packed |= byte << (120 - 8 * at);
        if matches!(byte, 0x80 | 0xff) {
            return packed | OTHER;
        }
    }
    packed | WHOLE
}

/// Sorts by the numbers, then those with equal numbers by the letters that follow; marks equal texts.
///
/// The numbers are those of the texts less their first `skip` bytes, which are equal. Equal texts keep their order.
pub(super) fn sort<'a>(entries: &mut [Entry], is_tie: &mut [bool], text: &dyn Fn(u32) -> &'a str, skip: usize) {
    sort_by_value(entries);
    each_run(entries, is_tie, |entries, is_tie| match entries[0].value & 0xff {
        WHOLE => is_tie[1..].fill(true),
        MORE if skip < LONGEST => {
            let skip = skip + text(entries[0].row)[skip..].chars().take(LETTERS).map(char::len_utf8).sum::<usize>();
            for entry in entries.iter_mut() {
                entry.value = prefix(&text(entry.row)[skip..]);
            }
            sort(entries, is_tie, text, skip);
        }
        _ => sort_run(entries, is_tie, &|a, b| text(a.row).cmp(text(b.row))),
    });
}
