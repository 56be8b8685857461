//! Positions and sizes in a chart of stacked columns, in whole numbers.
//!
//! Lengths are tenths of a pixel, so that hundreds of columns share the width evenly. Heights are measured from the
//! bottom. Values may be any `u64`.

use std::{fmt::Write, ops::Range};

/// A length in tenths of a pixel.
pub type Tenths = u64;

/// The largest number of marks on the axis, not counting zero.
const MOST_MARKS: u64 = 5;
/// The greatest width of a column.
const WIDEST: Tenths = 560;
/// Columns whose slots are narrower than this have no gaps between them.
const DENSE: Tenths = 40;

/// Returns the marks of the axis, from zero to the first mark that is not below the greatest value. The step is 1, 2 or
/// 5 times a power of ten. If the greatest value is zero, the marks are zero and one.
pub fn marks(greatest: u64) -> Vec<u64> {
    let step = step(greatest);
    let top = greatest.div_ceil(step).max(1);
    (0..=top).map(|mark| mark.saturating_mul(step)).collect()
}

fn step(greatest: u64) -> u64 {
    let least = greatest.div_ceil(MOST_MARKS).max(1);
    let mut power = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            match power.checked_mul(factor) {
                Some(step) if step >= least => return step,
                Some(_) => {}
                None => return least,
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Returns the length of a value in a chart in which the value `top` has the length `length`.
fn scaled(value: u64, top: u64, length: Tenths) -> Tenths {
    // Drop the same low bits of both numbers, so that the product fits. The error is far below a pixel.
    let excess = 24_u32.saturating_sub(top.leading_zeros());
    let (value, top) = (value >> excess, (top >> excess).max(1));
    value.saturating_mul(length) / top
}

/// Returns the slot of a column: the part of the chart's width that belongs to the column, from its left to its right
/// edge.
pub fn slot(column: usize, columns: usize, width: Tenths) -> Range<Tenths> {
    let edge = |at: usize| at as u64 * width / columns.max(1) as u64;
    edge(column)..edge(column + 1)
}

/// Returns the column at a distance from the left edge of the chart.
pub fn column_at(across: Tenths, columns: usize, width: Tenths) -> Option<usize> {
    let at = across.checked_mul(columns as u64)?.checked_div(width)?;
    usize::try_from(at).ok().filter(|at| *at < columns)
}

/// Whether columns have so little room that there are no gaps between them.
pub fn is_dense(columns: usize, width: Tenths) -> bool {
    width / (columns.max(1) as u64) < DENSE
}

/// Returns the left and right edge of a drawn column. The column is in the middle of its slot, or fills it if there are
/// no gaps.
fn body(column: usize, columns: usize, width: Tenths) -> Range<Tenths> {
    let slot = slot(column, columns, width);
    if is_dense(columns, width) {
        return slot;
    }
    let room = slot.end - slot.start;
    let gap = (room - (room * 7 / 10).min(WIDEST)) / 2;
    slot.start + gap..slot.end - gap
}

/// Returns the outline of each series for the attribute `d` of a path; the first series is the lowest. A hidden series
/// is `None`.
pub fn outlines(series: &[Option<&[u64]>], columns: usize, top: u64, width: Tenths, height: Tenths) -> Vec<String> {
    let mut below = vec![0_u64; columns];
    let outline = |values: &Option<&[u64]>| {
        let mut path = String::new();
        for (column, value) in values.unwrap_or_default().iter().take(columns).enumerate() {
            let from = scaled(below[column], top, height);
            below[column] = below[column].saturating_add(*value);
            let to = scaled(below[column], top, height);
            if to > from {
                let body = body(column, columns, width);
                let (down, up) = (height - from.min(height), height - to.min(height));
                _ = write!(path, "M{} {down}V{up}H{}V{down}z", body.start, body.end);
            }
        }
        path
    };
    series.iter().map(outline).collect()
}

/// Returns the columns that have a label, and the room for each label. Every n-th column has one, so that labels of the
/// given width never touch and none leaves the chart.
pub fn labelled(columns: usize, width: Tenths, label: Tenths) -> Vec<(usize, Range<Tenths>)> {
    let room = width / (columns.max(1) as u64);
    let every = usize::try_from(label.div_ceil(room.max(1)).max(1)).unwrap_or(usize::MAX);
    let reach = |at: usize| slot(at, columns, width).start..slot((at + every).min(columns) - 1, columns, width).end;
    let all = (0..columns).step_by(every).map(|at| (at, reach(at)));
    all.filter(|(at, reach)| *at == 0 || reach.end - reach.start + 1 >= label).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_axis_has_round_marks() {
        for (greatest, expected) in [
            (0, &[0, 1][..]),
            (1, &[0, 1]),
            (5, &[0, 1, 2, 3, 4, 5]),
            (6, &[0, 2, 4, 6]),
            (124_050, &[0, 50_000, 100_000, 150_000]),
            (99, &[0, 20, 40, 60, 80, 100]),
            (1_000, &[0, 200, 400, 600, 800, 1_000]),
            (1_001, &[0, 500, 1_000, 1_500]),
        ] {
            assert_eq!(marks(greatest), expected, "{greatest}");
        }
    }

    proptest! {
        #[test]
        fn marks_are_few_even_and_cover_the_greatest(greatest: u64) {
            let marks = marks(greatest);
            prop_assert!((2..=7).contains(&marks.len()), "{marks:?}");
            prop_assert!(*marks.last().unwrap() >= greatest);
            prop_assert!(marks[marks.len() - 2] < greatest.max(1), "a mark too many: {marks:?}");
        }

        #[test]
        fn every_position_is_in_the_slot_of_its_column(columns in 1..400_usize, width in 400..20_000_u64, part in 0..1000_u64) {
            let across = part * width / 1000;
            let column = column_at(across, columns, width).unwrap();
            let slot = slot(column, columns, width);
            // The point on the edge between two columns may belong to either of them.
            prop_assert!(slot.start <= across + 1 && across <= slot.end, "{across} is not in {slot:?}");
            prop_assert_eq!(column_at(width, columns, width), None);
        }

        #[test]
        fn series_are_stacked_and_stay_inside_the_chart(
            values in proptest::collection::vec(proptest::collection::vec(0..u64::MAX / 8, 3), 1..5),
            height in 100..5_000_u64,
        ) {
            let series: Vec<_> = values.iter().map(|values| Some(values.as_slice())).collect();
            let sum = |column: usize| values.iter().map(|it| it[column]).sum::<u64>();
            let top = *marks((0..3).map(sum).max().unwrap()).last().unwrap();
            let mut level = [height; 3];
            for (outline, values) in outlines(&series, 3, top, 3000, height).iter().zip(&values) {
                for piece in outline.split('M').skip(1) {
                    let numbers: Vec<u64> = piece.split([' ', 'V', 'H', 'z']).filter_map(|it| it.parse().ok()).collect();
                    let (left, down, up) = (numbers[0], numbers[1], numbers[2]);
                    let column = column_at(left, 3, 3000).unwrap();
                    prop_assert_eq!(down, level[column]);
                    prop_assert!(up < down && values[column] > 0);
                    level[column] = up;
                }
            }
            for (column, level) in level.into_iter().enumerate() {
                let exact = u128::from(sum(column)) * u128::from(height) / u128::from(top);
                prop_assert!(u128::from(height - level).abs_diff(exact) <= 1);
            }
        }

        #[test]
        fn labels_never_touch(columns in 1..400_usize, width in 1_000..12_000_u64, label in 100..900_u64) {
            let labels = labelled(columns, width, label);
            prop_assert_eq!(labels[0].0, 0);
            prop_assert!(labels.windows(2).all(|pair| pair[0].1.end <= pair[1].1.start), "{labels:?}");
            prop_assert!(labels.iter().all(|(_, reach)| reach.end <= width && reach.end - reach.start + 1 >= label.min(width)));
        }
    }

    #[test]
    fn a_hidden_series_leaves_no_gap() {
        let (one, two) = ([10, 0], [10, 20]);
        let both = outlines(&[Some(&one), Some(&two)], 2, 20, 1000, 100);
        assert_eq!(both, ["M75 100V50H425V100z", "M75 50V0H425V50zM575 100V0H925V100z"]);
        let alone = outlines(&[None, Some(&two)], 2, 20, 1000, 100);
        assert_eq!(alone, ["", "M75 100V50H425V100zM575 100V0H925V100z"]);
    }

    #[test]
    fn many_columns_have_no_gaps() {
        assert!(is_dense(366, 7_000) && !is_dense(31, 7_000));
        let path = outlines(&[Some(&[1; 366])], 366, 1, 3_000, 100);
        assert!(path[0].starts_with("M0 100V0H8V100zM8 100"), "{}", &path[0][..40]);
    }
}
