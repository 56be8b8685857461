//! Icons: symbols of the sprite that the build puts into `index.html` (the list of names is in `xtask`).

use leptos::prelude::*;

/// Draws an icon in the colour of the text around it. Decorative: its meaning stands beside it or in a label.
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
