use super::*;

impl Key for u8 {
    fn index(self) -> usize {
        self.into()
    }
    fn from_index(index: usize) -> Self {
        u8::try_from(index).expect("a small key")
    }
}

const BY_EMAIL: Visible<'static, u8> = Visible { keys: &[3, 1, 4, 0, 5], arrangement: 1 };
const BY_NAME: Visible<'static, u8> = Visible { keys: &[0, 1, 3, 4, 5], arrangement: 2 };
const FILTERED: Visible<'static, u8> = Visible { keys: &[4, 0], arrangement: 3 };

fn selection(keys: &[u8]) -> Selection<u8> {
    let mut selection = Selection::new();
    for key in keys {
        selection.set(*key, true);
    }
    selection
}

#[test]
fn a_click_changes_one_row_and_no_other() {
    let mut selection = Selection::new();
    selection.toggle(4, BY_EMAIL);
    selection.toggle(1, BY_EMAIL);
    selection.toggle(4, BY_EMAIL);
    assert_eq!(selection.keys(BY_EMAIL), [1]);
    assert_eq!(selection.len(), 1);
}

#[test]
fn shift_selects_the_rows_between_in_the_order_of_the_table() {
    let mut selection = Selection::new();
    selection.toggle(1, BY_EMAIL);
    selection.extend(0, BY_EMAIL);
    assert_eq!(selection.keys(BY_EMAIL), [1, 4, 0]);
}

#[test]
fn shift_works_upwards_and_deselects_rows_if_the_start_was_deselected() {
    let mut selection = selection(&[3, 1, 4, 0, 5]);
    selection.toggle(0, BY_EMAIL);
    selection.extend(1, BY_EMAIL);
    assert_eq!(selection.keys(BY_EMAIL), [3, 5]);
}

#[test]
fn shift_after_another_sort_is_a_plain_click() {
    let mut selection = Selection::new();
    selection.toggle(3, BY_EMAIL);
    selection.extend(0, BY_NAME);
    assert_eq!(selection.keys(BY_NAME), [0, 3]);
}

#[test]
fn shift_after_a_refresh_that_removed_the_start_is_a_plain_click() {
    let mut selection = Selection::new();
    selection.toggle(1, BY_EMAIL);
    selection.retain(|key| key != 1);
    selection.extend(5, Visible { keys: &[3, 4, 0, 5], arrangement: 1 });
    assert_eq!(selection.iter().collect::<Vec<_>>(), [5]);
}

#[test]
fn shift_after_a_refresh_includes_new_rows_in_the_range() {
    let mut selection = Selection::new();
    selection.toggle(1, BY_EMAIL);
    selection.extend(4, Visible { keys: &[3, 1, 9, 4, 0, 5], arrangement: 1 });
    assert_eq!(selection.iter().collect::<Vec<_>>(), [1, 4, 9]);
}

#[test]
fn the_head_checkbox_shows_none_some_and_all() {
    let mut selection = selection(&[5]);
    assert_eq!(selection.header(FILTERED), HeaderState::None);
    assert_eq!(selection.header(BY_EMAIL), HeaderState::Some);
    selection.toggle_all(BY_EMAIL);
    assert_eq!(selection.header(BY_EMAIL), HeaderState::All);
    assert_eq!(selection.header(Visible { keys: &[], arrangement: 4 }), HeaderState::None);
}

#[test]
fn the_head_checkbox_selects_the_rest_first_and_then_deselects_only_visible_rows() {
    let mut selection = selection(&[5, 4]);
    selection.toggle_all(FILTERED);
    assert_eq!(selection.iter().collect::<Vec<_>>(), [0, 4, 5]);
    selection.toggle_all(FILTERED);
    assert_eq!(selection.iter().collect::<Vec<_>>(), [5]);
}

#[test]
fn hidden_rows_are_counted_listed_and_dropped() {
    let mut selection = selection(&[5, 3, 0]);
    assert_eq!(selection.counts(FILTERED), SelectionCounts { selected: 3, visible: 1, hidden: 2 });
    assert_eq!(selection.hidden(FILTERED), [3, 5]);
    assert_eq!(selection.keys(FILTERED), [0, 3, 5]);
    selection.drop_hidden(FILTERED);
    assert_eq!(selection.iter().collect::<Vec<_>>(), [0]);
    assert_eq!(selection.counts(BY_EMAIL), SelectionCounts { selected: 1, visible: 1, hidden: 0 });
}

#[test]
fn selections_of_the_same_rows_are_equal_however_they_were_made() {
    let mut roundabout = selection(&[9, 3]);
    roundabout.set(9, false);
    assert_eq!(roundabout, selection(&[3]));
    roundabout.clear();
    assert!(roundabout.is_empty());
    assert_eq!(roundabout, Selection::new());
}
