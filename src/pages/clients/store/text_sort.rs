//! Sorts texts quickly: packs the first letters of each text into a number and sorts the numbers, because comparing
//! 100,000 texts letter by letter takes too long.

use super::sort::{Entry, each_run, sort_by_value, sort_run};

/// Number of letters in a packed number, one byte each. The 16th byte says how the text continues.
const LETTERS: usize = 15;

/// Texts whose first 512 bytes are equal are compared letter by letter, because each further number would be one more
/// level of recursion.
const MAX_SKIP: usize = 512;

/// Value of the last byte if the number contains the whole text. Equal numbers then mean equal texts.
const WHOLE: u128 = 0;
/// Value of the last byte if the text has more letters than the number.
const MORE: u128 = 1;
/// Value of the last byte if the number stops at a letter that is neither ASCII nor Russian. Such texts are compared
/// letter by letter.
const OTHER: u128 = 2;

/// Packs the first 15 letters of a folded text into one number, with one byte for each ASCII or Russian letter.
///
/// Different numbers have the same order as their texts. Only the empty text results in zero.
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

/// Sorts by the packed numbers and then by the rest of the texts. Sets `is_tie` for each text that equals the text
/// before it.
///
/// The packed numbers start at byte `skip` of the texts. The first `skip` bytes of all texts must be equal. Equal texts
/// keep their order.
pub(super) fn sort<'a>(entries: &mut [Entry], is_tie: &mut [bool], text: &dyn Fn(u32) -> &'a str, skip: usize) {
    sort_by_value(entries);
    each_run(entries, is_tie, |entries, is_tie| match entries[0].value & 0xff {
        WHOLE => is_tie[1..].fill(true),
        MORE if skip < MAX_SKIP => {
            let skip = skip + text(entries[0].row)[skip..].chars().take(LETTERS).map(char::len_utf8).sum::<usize>();
            for entry in entries.iter_mut() {
                entry.value = prefix(&text(entry.row)[skip..]);
            }
            sort(entries, is_tie, text, skip);
        }
        _ => sort_run(entries, is_tie, &|a, b| text(a.row).cmp(text(b.row))),
    });
}
