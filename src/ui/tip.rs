//! A text with a tooltip that keyboards, fingers and screen readers reach as well.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// A text; with a tooltip it can have the focus, which shows it. Esc hides it again.
#[component]
pub fn Tip(
    /// What is there.
    text: String,
    /// What more there is to say, if anything.
    tip: Option<String>,
    /// Id of the tooltip; unique on the page.
    id: &'static str,
) -> impl IntoView {
    let on_keydown = |event: ev::KeyboardEvent| {
        let target = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        if event.key() == "Escape"
            && let Some(target) = target
        {
            _ = target.blur();
        }
    };
    let is_there = tip.is_some();
    view! {
        <span class="tip" tabindex=is_there.then_some("0") aria-describedby=is_there.then_some(id) on:keydown=on_keydown>
            {text}
            {tip.map(|tip| view! { <span role="tooltip" class="tip-text" id=id>{tip}</span> })}
        </span>
    }
}
