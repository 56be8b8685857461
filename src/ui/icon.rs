//! Icons: symbols of the sprite that the build puts into `index.html`. The list of names is in `xtask`.

use leptos::prelude::*;

/// Draws an icon in the colour of the surrounding text. Screen readers skip it, so a text or a label has to say the same.
#[component]
pub fn Icon(
    /// Name in Lucide's set.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}
