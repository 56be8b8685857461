//! The selected rows of a table. Rows are selected by key, so the selection stays while rows are sorted, filtered or
//! refreshed.
//!
//! An action reads [`Selection::keys`] once, so that it confirms and changes the same rows.

/// The key of a row: a small number that is never used for another row.
pub trait Key: Copy + Eq {
    fn index(self) -> usize;
    /// The key whose [`Key::index`] is this number.
    fn from_index(index: usize) -> Self;
}

/// The rows that match the search and the filters, whether or not they are scrolled into view.
#[derive(Clone, Copy, Debug)]
pub struct Visible<'a, K> {
    /// The keys in the order of the table.
    pub keys: &'a [K],
    /// A number that changes with the sort order, the filters and the search. A range must start and end in the same
    /// arrangement.
    pub arrangement: u64,
}

/// State of the checkbox that selects all visible rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderState {
    /// No visible row is selected.
    None,
    Some,
    /// All visible rows are selected, and there is at least one.
    All,
}

/// The numbers of selected rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SelectionCounts {
    pub selected: usize,
    pub visible: usize,
    /// The number of selected rows that do not match the search or the filters.
    pub hidden: usize,
}

#[derive(Clone, Debug)]
pub struct Selection<K> {
    /// Whether each row is selected, by the index of its key.
    chosen: Vec<bool>,
    count: usize,
    range_start: Option<RangeStart<K>>,
}

/// The row that was clicked last: a click with Shift selects the range from there.
#[derive(Clone, Copy, Debug)]
struct RangeStart<K> {
    key: K,
    arrangement: u64,
}

impl<K> Default for Selection<K> {
    fn default() -> Self {
        Self { chosen: Vec::new(), count: 0, range_start: None }
    }
}

impl<K: Key> PartialEq for Selection<K> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.iter().eq(other.iter())
    }
}

impl<K: Key> Selection<K> {
    pub fn new() -> Self {
        Self::default()
    }

    pub const fn len(&self) -> usize {
        self.count
    }

    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn contains(&self, key: K) -> bool {
        self.chosen.get(key.index()).copied().unwrap_or_default()
    }

    /// Selects or deselects a row. Returns whether that changed anything.
    pub fn set(&mut self, key: K, selected: bool) -> bool {
        let index = key.index();
        if index >= self.chosen.len() {
            if !selected {
                return false;
            }
            self.chosen.resize(index + 1, false);
        }
        let is_changed = self.chosen[index] != selected;
        self.chosen[index] = selected;
        match (is_changed, selected) {
            (true, true) => self.count += 1,
            (true, false) => self.count -= 1,
            _ => {}
        }
        is_changed
    }

    /// Selects or deselects a row after a click on its checkbox. The next range starts at this row.
    pub fn toggle(&mut self, key: K, visible: Visible<'_, K>) {
        self.set(key, !self.contains(key));
        self.range_start = Some(RangeStart { key, arrangement: visible.arrangement });
    }

    /// Handles a click with Shift: gives all visible rows from the start of the range to this row the state of the
    /// start.
    ///
    /// If the start is no longer visible or the arrangement has changed, handles the click as one without Shift.
    pub fn extend(&mut self, key: K, visible: Visible<'_, K>) {
        let position = |key| visible.keys.iter().position(|it| *it == key);
        let start = self.range_start.filter(|start| start.arrangement == visible.arrangement);
        let range = start.and_then(|start| Some((position(start.key)?, position(key)?, start.key)));
        let Some((from, to, start)) = range else { return self.toggle(key, visible) };
        let selected = self.contains(start);
        for key in &visible.keys[from.min(to)..=from.max(to)] {
            self.set(*key, selected);
        }
        self.range_start = Some(RangeStart { key, arrangement: visible.arrangement });
    }

    /// Returns the state of the checkbox that selects all visible rows.
    pub fn header(&self, visible: Visible<'_, K>) -> HeaderState {
        match self.counts(visible).visible {
            0 => HeaderState::None,
            count if count == visible.keys.len() => HeaderState::All,
            _ => HeaderState::Some,
        }
    }

    /// Handles a click on the checkbox for all rows: selects all visible rows, or deselects them if all are selected.
    pub fn toggle_all(&mut self, visible: Visible<'_, K>) {
        let selected = self.header(visible) != HeaderState::All;
        for key in visible.keys {
            self.set(*key, selected);
        }
        self.range_start = None;
    }

    /// Deselects the rows for which `keep` returns `false`, such as those that a refresh has removed.
    pub fn retain(&mut self, keep: impl Fn(K) -> bool) {
        for (index, chosen) in self.chosen.iter_mut().enumerate() {
            if *chosen && !keep(K::from_index(index)) {
                *chosen = false;
                self.count -= 1;
            }
        }
        self.range_start = self.range_start.filter(|start| keep(start.key));
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub fn counts(&self, visible: Visible<'_, K>) -> SelectionCounts {
        let in_view = if self.is_empty() { 0 } else { visible.keys.iter().filter(|key| self.contains(**key)).count() };
        SelectionCounts { selected: self.count, visible: in_view, hidden: self.count - in_view }
    }

    /// Returns the selected rows that are not visible.
    pub fn hidden(&self, visible: Visible<'_, K>) -> Vec<K> {
        let mut rest = self.chosen.clone();
        for key in visible.keys {
            if let Some(chosen) = rest.get_mut(key.index()) {
                *chosen = false;
            }
        }
        indices(&rest).map(K::from_index).collect()
    }

    /// Deselects the rows that are not visible.
    pub fn drop_hidden(&mut self, visible: Visible<'_, K>) {
        for key in self.hidden(visible) {
            self.set(key, false);
        }
    }

    /// Returns all selected rows: first the visible rows in their order, then the hidden rows.
    pub fn keys(&self, visible: Visible<'_, K>) -> Vec<K> {
        let mut keys: Vec<K> = visible.keys.iter().copied().filter(|key| self.contains(*key)).collect();
        if keys.len() < self.count {
            keys.extend(self.hidden(visible));
        }
        keys
    }

    /// Returns all selected rows in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = K> {
        indices(&self.chosen).map(K::from_index)
    }
}

fn indices(chosen: &[bool]) -> impl Iterator<Item = usize> {
    chosen.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(index, _)| index)
}

#[cfg(test)]
mod tests;
