//! Sorts texts by numbers that contain their beginnings, because comparing 100,000 texts letter by letter takes too
//! long.

use super::sort::{Entry, each_run, sort_by_value, sort_run};

/// Letters in a number. Its last byte encodes the kind of text that follows.
const LETTERS: usize = 15;

/// After a common beginning of so many bytes, texts are compared letter by letter, to limit the depth of the recursion.
const MAX_SKIP: usize = 512;

/// The number holds the whole text, so equal numbers mean equal texts.
const WHOLE: u128 = 0;
/// More letters follow.
const MORE: u128 = 1;
/// A letter without a byte of its own follows, so the rest has to be compared letter by letter.
const OTHER: u128 = 2;

/// The first fifteen letters of a folded text as one number, with one byte for each Latin or Russian letter.
///
/// Different numbers have the order of their texts. Only the empty text gives zero.
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

/// Sorts by the numbers, then by the letters that follow, and marks each text that equals the one before it.
///
/// The numbers belong to the texts without their first `skip` bytes, which are equal. Equal texts keep their order.
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
