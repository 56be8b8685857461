//! Parts of a view that change, behind one type each: what draws them is compiled once, not once per place.
//!
//! A bare closure in a `view!` works as well, but every one has a type of its own, and with it a copy of all the code that
//! builds, follows and renews it. See `docs/decisions/bundle-size.md`.

use leptos::prelude::*;

/// A part of the view that changes.
pub type Live<T> = Box<dyn Fn() -> T + Send>;

/// A changing piece of the view.
pub fn live<V: IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> Live<AnyView> {
    Box::new(move || view().into_any())
}

/// A changing text.
pub fn live_text(text: impl Fn() -> String + Send + 'static) -> Live<String> {
    Box::new(text)
}

/// A changing text or attribute, or none.
pub fn live_maybe(value: impl Fn() -> Option<String> + Send + 'static) -> Live<Option<String>> {
    Box::new(value)
}

/// A changing attribute out of a few words, or none.
pub fn live_word(value: impl Fn() -> Option<&'static str> + Send + 'static) -> Live<Option<&'static str>> {
    Box::new(value)
}

/// An attribute that is there, with the value `true`, or is not.
pub fn live_true(is_there: impl Fn() -> bool + Send + 'static) -> Live<Option<&'static str>> {
    Box::new(move || is_there().then_some("true"))
}

/// An attribute without a value that is there or is not.
pub fn live_flag(is_there: impl Fn() -> bool + Send + 'static) -> Live<Option<&'static str>> {
    Box::new(move || is_there().then_some(""))
}
