//! The component gallery: the widgets of `ui` in their states, on one page, with the app's style sheets.
//!
//! `cargo xtask gallery` serves the gallery. It is a separate program, so that users of the app do not download it.
//! `tests/e2e/gallery.spec.ts` opens the dialogs, menus and toasts of the gallery and checks the page's accessibility.

mod display;
mod input;
mod overlays;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
    let root = document().get_element_by_id("app").expect("the page has #app");
    mount_to(root.unchecked_into(), Gallery).forget();
}

#[component]
fn Gallery() -> impl IntoView {
    view! {
        <main class="shell-main gallery">
            <div class={"page-head"}><h1 class={"page-title"}>"Component gallery"</h1></div>
            <input::Buttons />
            <input::Fields />
            <overlays::Overlays />
            <display::Display />
            <display::Icons />
        </main>
    }
}

#[component]
fn Group(
    /// Text of the heading. The id of the heading is derived from it.
    title: &'static str,
    children: Children,
) -> impl IntoView {
    let id = title.to_lowercase().replace(' ', "-");
    let heading = id.clone();
    view! {
        <section class="gallery-group" aria-labelledby=id>
            <h2 id=heading>{title}</h2>
            <div class="gallery-widgets">{children()}</div>
        </section>
    }
}
