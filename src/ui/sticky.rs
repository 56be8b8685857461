//! The height of what sticks to the top of the window, for what sticks under it and for where focus scrolls to.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{HtmlElement, ResizeObserver};

/// Name of the style sheet's variable.
const VARIABLE: &str = "--sticky-height";

/// Keeps the variable equal to the element's height, as long as the calling component is there.
pub fn publish_height(element: NodeRef<html::Div>) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let publish = Closure::<dyn Fn()>::new(move || set(Some(measured.offset_height())));
        let Ok(observer) = ResizeObserver::new(publish.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, publish));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
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
