//! Which rows of a long list are on screen: the page holds a screenful and an overscan of them, never all.

use std::ops::Range;

use leptos::{ev, prelude::*};

/// Rows kept above and below the screen, so that scrolling shows no blanks.
const OVERSCAN: usize = 12;

/// The rows to draw, by their place in the list.
///
/// `top` gives the list's upper edge in the window's pixels; it is asked once per frame that scrolls.
pub fn visible_rows(
    count: Signal<usize>,
    row_height: Signal<i32>,
    top: impl Fn() -> Option<i32> + Copy + 'static,
) -> Memo<Range<usize>> {
    let scrolled = RwSignal::new((0, screen_height()));
    let is_due = StoredValue::new(false);
    let measure = move || {
        if let Some(top) = top() {
            scrolled.set((-top, screen_height()));
        }
    };
    let on_frame = move || {
        if is_due.try_get_value() == Some(false) {
            is_due.set_value(true);
            request_animation_frame(move || {
                if is_due.try_update_value(|due| *due = false).is_some() {
                    measure();
                }
            });
        }
    };
    let scroll = window_event_listener(ev::scroll, move |_| on_frame());
    let resize = window_event_listener(ev::resize, move |_| on_frame());
    on_cleanup(move || {
        scroll.remove();
        resize.remove();
    });
    // Other rows, another place on the page: what stands above the list may have changed with them.
    Effect::new(move |_| {
        _ = count.get();
        _ = row_height.get();
        on_frame();
    });
    Memo::new(move |_| {
        let (offset, height) = scrolled.get();
        range(count.get(), row_height.get(), offset, height)
    })
}

/// Rows between `offset` pixels below the list's start and `height` more, with the overscan.
fn range(count: usize, row_height: i32, offset: i32, height: i32) -> Range<usize> {
    let row_height = row_height.max(1) as usize;
    let (offset, height) = (offset.max(0) as usize, height.max(0) as usize);
    let first = offset / row_height;
    let shown = height.div_ceil(row_height) + 1;
    // In steps, so that most frames of a scroll draw nothing anew.
    let start = first.saturating_sub(OVERSCAN) / 4 * 4;
    let end = (first + shown + OVERSCAN).next_multiple_of(4);
    start.min(count.saturating_sub(shown))..end.min(count)
}

fn screen_height() -> i32 {
    window().inner_height().ok().and_then(|height| height.as_f64()).map_or(800, |height| height as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_is_always_covered() {
        for count in [0, 1, 30, 100_000] {
            for first in [0_usize, 1, 7, 500, 99_990] {
                let rows = range(count, 50, first as i32 * 50, 800);
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
