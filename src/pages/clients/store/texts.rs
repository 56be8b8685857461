//! Stores the folded texts of all rows in one string, because searching one long string is faster than searching many
//! short strings.

use memchr::{memchr_iter, memmem::Finder};

use super::fold::Search;

/// One folded text per row, in the order of keys.
///
/// Each field of a text ends with a line break, so that no search result spans two fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Reserves memory for the texts of this number of additional rows, assuming the average length of the existing
    /// texts.
    pub(super) fn reserve(&mut self, rows: usize) {
        let length = self.all.len().checked_div(self.len()).unwrap_or(64) + 8;
        if self.all.capacity() < self.all.len() + rows * length {
            self.all.reserve_exact(rows * length);
        }
    }

    /// Appends the text of the next row.
    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, row: u32) -> &str {
        let row = row as usize;
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[row] as usize]
    }

    pub(super) fn field(&self, row: u32, field: usize) -> &str {
        let text = self.get(row);
        let mut breaks = memchr_iter(b'\n', text.as_bytes());
        let start = field.checked_sub(1).map_or(Some(0), |before| breaks.nth(before).map(|at| at + 1));
        match (start, breaks.next()) {
            (Some(start), Some(end)) => &text[start..end],
            _ => "",
        }
    }

    /// Replaces the texts of some rows. All other texts are copied and not folded again.
    pub(super) fn replace(&mut self, changed: Vec<(u32, String)>) {
        if changed.is_empty() {
            return;
        }
        let mut newer = vec![None; self.len()];
        // If a row has several new texts, use the last one.
        for (row, text) in changed {
            newer[row as usize] = Some(text);
        }
        let mut new = Self { all: String::with_capacity(self.all.len() + 256), ends: Vec::with_capacity(self.len()) };
        for (row, newer) in newer.iter().enumerate() {
            new.push(newer.as_deref().unwrap_or_else(|| self.get(row as u32)));
        }
        *self = new;
    }

    /// Returns for each row whether the row matches the search. The search must not be empty.
    pub(super) fn find(&self, search: &Search) -> Vec<bool> {
        let mut found = vec![false; self.len()];
        if let [first, others @ ..] = search.words() {
            self.mark(first, &mut found);
            self.keep(others, &mut found);
        }
        if let Some(phone) = search.phone() {
            self.mark(phone, &mut found);
        }
        found
    }

    /// Sets `found` to `false` for rows that do not match this search. Does not check rows that are already `false`.
    pub(super) fn narrow(&self, search: &Search, found: &mut [bool]) {
        self.keep(search.words(), found);
    }

    fn mark(&self, word: &str, found: &mut [bool]) {
        let finder = Finder::new(word);
        let all = self.all.as_bytes();
        let (mut row, mut from) = (0, 0);
        while let Some(at) = finder.find(&all[from..]) {
            while self.ends[row] as usize <= from + at {
                row += 1;
            }
            found[row] = true;
            // Continue at the next row, because one match per row is enough.
            from = self.ends[row] as usize;
        }
    }

    fn keep(&self, words: &[String], found: &mut [bool]) {
        let finders: Vec<_> = words.iter().map(Finder::new).collect();
        if finders.is_empty() {
            return;
        }
        for (row, found) in found.iter_mut().enumerate().filter(|(_, found)| **found) {
            let text = self.get(row as u32).as_bytes();
            *found = finders.iter().all(|finder| finder.find(text).is_some());
        }
    }
}
