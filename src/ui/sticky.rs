//! Publishes the height of the bar that sticks to the top of the window. Other bars need it to stick below that bar,
//! and the browser needs it to leave room for the bar when it scrolls to the focused element.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{HtmlElement, ResizeObserver};

/// The CSS variable that holds the height.
const VARIABLE: &str = "--sticky-height";

/// Keeps the CSS variable equal to the element's height until the calling component is unmounted.
pub fn publish_height(element: NodeRef<html::Div>) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let publish = Closure::<dyn Fn()>::new(move || set(Some(measured.offset_height())));
        let Ok(observer) = ResizeObserver::new(publish.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let stored = StoredValue::new_local((observer, publish));
        on_cleanup(move || {
            stored.try_with_value(|(observer, _)| observer.disconnect());
            set(None);
        });
    });
}

fn set(height: Option<i32>) {
    let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let style = root.style();
    _ = match height {
        Some(height) => style.set_property(VARIABLE, &format!("{height}px")),
        None => style.remove_property(VARIABLE).map(|_| ()),
    };
}
