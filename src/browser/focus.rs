//! Moves the keyboard focus where the browser would lose it or leave it in the wrong place.
//!
//! The focus must never fall back to `<body>`, because keyboard and screen-reader users would have to start again at
//! the top of the page.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::browser::events::on_window;

/// Whether no element has the focus. The browser then reports `<body>` as the active element.
pub fn is_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Focuses the element and scrolls it into view. Returns `false` if it is not an HTML element.
pub fn set(element: &Element) -> bool {
    focus(element, &FocusOptions::new())
}

/// Focuses the element without scrolling the page.
pub fn set_without_scrolling(element: &Element) -> bool {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    focus(element, &options)
}

/// Focuses the heading of the page, so that reading starts there after the route has changed.
pub fn heading() {
    if let Some(heading) = find("h1") {
        set(&heading);
    }
}

/// Focuses the element with this id in the next frame, once it is drawn, unless the user has moved the focus by then.
pub fn by_id(id: &'static str) {
    let before = document().active_element();
    request_animation_frame(move || {
        let has_moved = document().active_element() != before && !is_lost();
        if let Some(element) = document().get_element_by_id(id).filter(|_| !has_moved) {
            set(&element);
        }
    });
}

/// Tries the selectors in order, and focuses the first element that is found.
///
/// The function waits two frames, because a dialog that closes at the same time returns the focus in the first one.
pub fn first_of(selectors: impl IntoIterator<Item = String> + 'static) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(element) = selectors.into_iter().find_map(|selector| find(&selector)) {
                set(&element);
            }
        });
    });
}

/// Keeps the focus near `element` when it disappears. Call this function before `element` is removed from the page.
///
/// If the removal loses the focus, the next element that matches `selector` gets the focus. If there is none, the
/// previous element gets it, else the heading. The page does not scroll.
pub fn to_neighbour(element: &Element, selector: &str) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    let found: Vec<Element> = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let at = found.iter().position(|other| other == element).unwrap_or(found.len());
    let (before, after) = found.split_at(at);
    let neighbours: Vec<Element> = after.iter().chain(before.iter().rev()).cloned().collect();
    request_animation_frame(move || {
        if is_lost()
            && let Some(next) = neighbours.into_iter().find(|it| it.is_connected()).or_else(|| find("h1"))
        {
            set_without_scrolling(&next);
        }
    });
}

/// Remembers the element that has the focus now. When the calling component is unmounted and no other element has the
/// focus, focuses that element again or, if it is no longer on the page, the heading.
pub fn return_to_opener() {
    let opener = StoredValue::new_local(document().active_element().filter(|_| !is_lost()));
    on_cleanup(move || {
        let opener = opener.try_get_value().flatten();
        // While a modal dialog is open, no element outside it can get the focus, so wait until the dialog has left the
        // page.
        request_animation_frame(move || match opener.filter(|opener| opener.is_connected()) {
            _ if !is_lost() => {}
            Some(opener) => _ = set(&opener),
            None => heading(),
        });
    });
}

/// Keeps the focused field in view when a phone's keyboard covers part of the window. Some browsers do not scroll to
/// the field themselves, especially inside a dialog.
pub fn keep_in_view() {
    on_window(ev::resize, |_| {
        let field = document().active_element();
        if let Some(field) = field.filter(|field| field.matches("input, textarea").unwrap_or(false)) {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            field.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}

fn focus(element: &Element, options: &FocusOptions) -> bool {
    element.dyn_ref::<HtmlElement>().is_some_and(|element| element.focus_with_options(options).is_ok())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
