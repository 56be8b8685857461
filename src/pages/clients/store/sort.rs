//! Sorts rows by numbers, and compares rows in full only if their numbers are equal. The sort is stable.

use std::cmp::Ordering;

/// A row, and a number to sort by: the value of the row, or the beginning of a longer value.
pub(super) struct Entry {
    pub(super) value: u128,
    pub(super) row: u32,
}

/// Compares two rows whose numbers are equal.
pub(super) type Compare<'a> = &'a dyn Fn(&Entry, &Entry) -> Ordering;

/// Sorts entries by value, and entries with equal values by `compare`. Sets `is_tie` for each entry that equals the
/// entry before it.
pub(super) fn sort_in_full(entries: &mut [Entry], is_tie: &mut [bool], compare: Compare<'_>) {
    sort_by_value(entries);
    each_run(entries, is_tie, |entries, is_tie| sort_run(entries, is_tie, compare));
}

pub(super) fn sort_by_value(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| entry.value);
}

/// Calls `visit` for each run of two or more adjacent entries with the same value.
pub(super) fn each_run(entries: &mut [Entry], is_tie: &mut [bool], mut visit: impl FnMut(&mut [Entry], &mut [bool])) {
    let mut start = 0;
    while start < entries.len() {
        let value = entries[start].value;
        let length = entries[start..].iter().take_while(|entry| entry.value == value).count();
        if length > 1 {
            let run = start..start + length;
            visit(&mut entries[run.clone()], &mut is_tie[run]);
        }
        start += length;
    }
}

/// Sorts entries with the same value by `compare`. Sets `is_tie` for each entry that equals the entry before it.
pub(super) fn sort_run(entries: &mut [Entry], is_tie: &mut [bool], compare: Compare<'_>) {
    entries.sort_by(compare);
    for (pair, is_tie) in entries.windows(2).zip(is_tie.iter_mut().skip(1)) {
        *is_tie = compare(&pair[0], &pair[1]).is_eq();
    }
}
