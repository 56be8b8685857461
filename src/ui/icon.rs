//! Icons: symbols of the sprite that the build puts into `index.html`. `crates/xtask/src/icons.rs` lists their names.

use leptos::prelude::*;

/// Draws an icon in the colour of the surrounding text. Screen readers skip icons, so a text or a label must say the
/// same.
#[component]
pub fn Icon(
    /// Name of the icon in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}
