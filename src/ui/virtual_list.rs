//! A long list of rows with the same height. It draws only the rows near the screen; spacers take the place of the
//! others.

use std::ops::Range;

use leptos::{ev, html::ElementType, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::browser::events::on_window;

/// Number of rows drawn above and below the screen, so that fast scrolling shows no blank areas.
const OVERSCAN: usize = 12;

/// A list of rows, of which [`VirtualList::new`] draws only a part.
#[derive(Clone, Copy)]
pub struct ListLayout<E: ElementType>
where
    E::Output: 'static,
{
    /// The element whose upper edge is the upper edge of the list.
    pub element: NodeRef<E>,
    /// Selector that finds a row inside the element.
    pub row: &'static str,
    /// Height of a row in pixels until a drawn row is measured.
    pub usual_row_height: i32,
    pub count: Signal<usize>,
    /// Whether to draw all rows, for printing.
    pub is_whole: Signal<bool>,
}

/// The part of a list that is drawn.
#[derive(Clone, Copy)]
pub struct VirtualList<K: Send + Sync + 'static> {
    /// Keys of the drawn rows.
    pub keys: Memo<Vec<K>>,
    /// Index of the first drawn row.
    pub first: Memo<usize>,
    /// Height of the rows above the drawn ones, in CSS pixels; see [`SpacerRow`].
    pub above: Signal<String>,
    /// Height of the rows below the drawn ones.
    pub below: Signal<String>,
}

impl<K: Clone + PartialEq + Send + Sync + 'static> VirtualList<K> {
    /// Updates the drawn part when the page scrolls or the window changes its size, until the calling component is
    /// unmounted. `keys_of` returns the keys of a range of rows.
    pub fn new<E>(layout: ListLayout<E>, keys_of: impl Fn(Range<usize>) -> Vec<K> + Send + Sync + 'static) -> Self
    where
        E: ElementType + 'static,
        E::Output: AsRef<Element> + JsCast + Clone + 'static,
    {
        let ListLayout { element, row, usual_row_height, count, is_whole } = layout;
        let row_height = RwSignal::new(usual_row_height);
        let viewport = RwSignal::new((0, window_height()));
        let measure = move || {
            let Some(list) = element.try_get_untracked().flatten() else { return };
            let list: &Element = list.as_ref();
            viewport.set((-(list.get_bounding_client_rect().top() as i32), window_height()));
            // Measure again each time, because the height of a row depends on the text size and on the width of the
            // window.
            let row = list.query_selector(row).ok().flatten();
            let real = row.map_or(0, |row| row.get_bounding_client_rect().height() as i32);
            if real > 0 && real != row_height.get_untracked() {
                row_height.set(real);
            }
        };
        let is_due = StoredValue::new(false);
        let measure_in_next_frame = move || {
            if is_due.try_get_value() == Some(false) {
                is_due.set_value(true);
                request_animation_frame(move || {
                    if is_due.try_update_value(|is_due| *is_due = false).is_some() {
                        measure();
                    }
                });
            }
        };
        on_window(ev::scroll, move |_| measure_in_next_frame());
        on_window(ev::resize, move |_| measure_in_next_frame());

        let range = Memo::new(move |_| {
            let (offset, height) = viewport.get();
            if is_whole.get() { 0..count.get() } else { visible(count.get(), row_height.get(), offset, height) }
        });
        let keys = Memo::new(move |_| keys_of(range.get()));
        // Measure after a change of the rows, because it may also have moved the list on the page.
        Effect::new(move |_| {
            count.track();
            keys.with(|_| ());
            measure_in_next_frame();
        });
        let height = move |rows: usize| format!("{}px", rows * row_height.get().unsigned_abs() as usize);
        Self {
            keys,
            first: Memo::new(move |_| range.with(|range| range.start)),
            above: Signal::derive(move || height(range.with(|range| range.start))),
            below: Signal::derive(move || height(count.get().saturating_sub(range.with(|range| range.end)))),
        }
    }
}

/// A table row that takes the place of the rows that are not drawn.
#[component]
pub fn SpacerRow(height: Signal<String>, columns: usize) -> impl IntoView {
    view! {
        <tr class="spacer" aria-hidden="true"><td colspan=columns.to_string() style:height=height></td></tr>
    }
}

/// Returns the rows to draw if the window shows `height` pixels of the list, starting `offset` pixels below its upper
/// edge.
fn visible(count: usize, row_height: i32, offset: i32, height: i32) -> Range<usize> {
    let row_height = row_height.max(1) as usize;
    let (offset, height) = (offset.max(0) as usize, height.max(0) as usize);
    let first = offset / row_height;
    let shown = height.div_ceil(row_height) + 1;
    // Move both ends in steps of four rows, so that most frames of a scroll draw no new rows.
    let start = first.saturating_sub(OVERSCAN) / 4 * 4;
    let end = (first + shown + OVERSCAN).next_multiple_of(4);
    start.min(count.saturating_sub(shown))..end.min(count)
}

fn window_height() -> i32 {
    window().inner_height().ok().and_then(|height| height.as_f64()).map_or(800, |height| height as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawn_rows_cover_the_screen() {
        for count in [0, 1, 30, 100_000] {
            for first in [0_usize, 1, 7, 500, 99_990] {
                let rows = visible(count, 50, first as i32 * 50, 800);
                assert!(rows.end <= count);
                let last_on_screen = (first + 16).min(count);
                let first_on_screen = first.min(last_on_screen);
                if first < count {
                    assert!(rows.start <= first_on_screen && rows.end >= last_on_screen, "{count} {first} {rows:?}");
                }
                assert!(rows.len() <= 16 + 2 * OVERSCAN + 10, "{rows:?}");
            }
        }
    }
}
