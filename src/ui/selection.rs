//! Which rows of a table are selected: by identity, so that sorting, filtering and refreshing leave it alone.
//!
//! Knows no domain and no view. What an action will touch is [`Selection::keys`]: take it once, show it, send it.

/// Identity of a row: a small number that is never another row's.
pub trait Key: Copy + Eq {
    /// The number.
    fn index(self) -> usize;
    /// The key of a number that [`Key::index`] gave.
    fn from_index(index: usize) -> Self;
}

/// The rows that match the current view, on screen or not.
#[derive(Clone, Copy, Debug)]
pub struct Visible<'a, K> {
    /// In their order.
    pub keys: &'a [K],
    /// Names the arrangement; with another number (another sort, filter or search) the anchor of ranges is forgotten.
    pub arrangement: u64,
}

/// State of the header box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderState {
    /// No row that matches the view is selected.
    None,
    /// Some are.
    Some,
    /// All are, and there is at least one.
    All,
}

/// How many rows are selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SelectionCounts {
    /// In all.
    pub selected: usize,
    /// Of them, rows that match the view.
    pub visible: usize,
    /// Of them, rows that do not.
    pub hidden: usize,
}

/// The selected rows.
#[derive(Clone, Debug)]
pub struct Selection<K> {
    /// By index of the key.
    chosen: Vec<bool>,
    count: usize,
    anchor: Option<Anchor<K>>,
}

/// Where a range starts: the row that was touched last, and in which arrangement.
#[derive(Clone, Copy, Debug)]
struct Anchor<K> {
    key: K,
    arrangement: u64,
}

impl<K> Default for Selection<K> {
    fn default() -> Self {
        Self { chosen: Vec::new(), count: 0, anchor: None }
    }
}

impl<K: Key> PartialEq for Selection<K> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.iter().eq(other.iter())
    }
}

impl<K: Key> Selection<K> {
    /// Nothing selected.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows are selected.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether no row is selected.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether the row is selected.
    pub fn contains(&self, key: K) -> bool {
        self.chosen.get(key.index()).copied().unwrap_or_default()
    }

    /// Selects a row, or takes it out. Whether it was otherwise before.
    pub fn set(&mut self, key: K, selected: bool) -> bool {
        let index = key.index();
        if index >= self.chosen.len() {
            if !selected {
                return false;
            }
            self.chosen.resize(index + 1, false);
        }
        let is_news = self.chosen[index] != selected;
        self.chosen[index] = selected;
        match (is_news, selected) {
            (true, true) => self.count += 1,
            (true, false) => self.count -= 1,
            _ => {}
        }
        is_news
    }

    /// A click on a row's box: the other state, and ranges start here.
    pub fn toggle(&mut self, key: K, visible: Visible<'_, K>) {
        self.set(key, !self.contains(key));
        self.anchor = Some(Anchor { key, arrangement: visible.arrangement });
    }

    /// A click with Shift: gives all visible rows from the last one touched to this one the state of the former.
    ///
    /// Without a start that is still in the view, or in another arrangement of it, this is a plain click.
    pub fn extend(&mut self, key: K, visible: Visible<'_, K>) {
        let position = |key| visible.keys.iter().position(|it| *it == key);
        let anchor = self.anchor.filter(|anchor| anchor.arrangement == visible.arrangement);
        let range = anchor.and_then(|anchor| Some((position(anchor.key)?, position(key)?, anchor.key)));
        let Some((from, to, start)) = range else { return self.toggle(key, visible) };
        let selected = self.contains(start);
        for key in &visible.keys[from.min(to)..=from.max(to)] {
            self.set(*key, selected);
        }
        self.anchor = Some(Anchor { key, arrangement: visible.arrangement });
    }

    /// State of the header box.
    pub fn header(&self, visible: Visible<'_, K>) -> HeaderState {
        match self.counts(visible).visible {
            0 => HeaderState::None,
            count if count == visible.keys.len() => HeaderState::All,
            _ => HeaderState::Some,
        }
    }

    /// A click on the header box: takes all rows that match the view, or, where all are taken, lets just those go.
    pub fn toggle_all(&mut self, visible: Visible<'_, K>) {
        let selected = self.header(visible) != HeaderState::All;
        for key in visible.keys {
            self.set(*key, selected);
        }
        self.anchor = None;
    }

    /// Keeps the rows for which the closure answers true: after a refresh, those that have not left.
    pub fn retain(&mut self, keep: impl Fn(K) -> bool) {
        for (index, chosen) in self.chosen.iter_mut().enumerate() {
            if *chosen && !keep(K::from_index(index)) {
                *chosen = false;
                self.count -= 1;
            }
        }
        self.anchor = self.anchor.filter(|anchor| keep(anchor.key));
    }

    /// Selects these rows and no others: after a bulk run, those that failed.
    pub fn replace(&mut self, keys: impl IntoIterator<Item = K>) {
        self.clear();
        for key in keys {
            self.set(key, true);
        }
    }

    /// Selects nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many rows are selected, in the view and out of it.
    pub fn counts(&self, visible: Visible<'_, K>) -> SelectionCounts {
        let in_view = if self.is_empty() { 0 } else { visible.keys.iter().filter(|key| self.contains(**key)).count() };
        SelectionCounts { selected: self.count, visible: in_view, hidden: self.count - in_view }
    }

    /// The selected rows that do not match the view.
    pub fn hidden(&self, visible: Visible<'_, K>) -> Vec<K> {
        let mut rest = self.chosen.clone();
        for key in visible.keys {
            if let Some(chosen) = rest.get_mut(key.index()) {
                *chosen = false;
            }
        }
        indices(&rest).map(K::from_index).collect()
    }

    /// Lets the rows go that do not match the view.
    pub fn drop_hidden(&mut self, visible: Visible<'_, K>) {
        for key in self.hidden(visible) {
            self.set(key, false);
        }
    }

    /// All selected rows: those of the view in its order, then the hidden ones.
    pub fn keys(&self, visible: Visible<'_, K>) -> Vec<K> {
        let mut keys: Vec<K> = visible.keys.iter().copied().filter(|key| self.contains(*key)).collect();
        if keys.len() < self.count {
            keys.extend(self.hidden(visible));
        }
        keys
    }

    /// All selected rows, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = K> {
        indices(&self.chosen).map(K::from_index)
    }
}

fn indices(chosen: &[bool]) -> impl Iterator<Item = usize> {
    chosen.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(index, _)| index)
}

#[cfg(test)]
mod tests;
