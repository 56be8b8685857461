//! A text with a tooltip that works with a mouse, a keyboard, a finger and a screen reader.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Shows a text. If the text has a tooltip, it can have the focus, which shows the tooltip; Esc hides the tooltip.
#[component]
pub fn Tip(
    text: String,
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
    let has_tip = tip.is_some();
    view! {
        <span class="tip" tabindex=has_tip.then_some("0") aria-describedby=has_tip.then_some(id) on:keydown=on_keydown>
            {text}
            {tip.map(|tip| view! { <span role="tooltip" class="tip-text" id=id>{tip}</span> })}
        </span>
    }
}
