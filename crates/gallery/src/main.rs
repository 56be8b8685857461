//! Every widget of `ui` in every state, on one page, with the account's own style sheets: `cargo xtask gallery` shows it.
//!
//! It is a program of its own, not a page of the account: what only those look at who build it is in nobody's download.
//! `tests/e2e/gallery.spec.ts` holds it to the rules of accessibility, and opens whatever a press opens.

mod forms;
mod overlays;
mod readings;

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
            <div class={"page-head"}><h1 class={"page-title"}>"Widgets"</h1></div>
            <forms::Buttons />
            <forms::Fields />
            <overlays::Overlays />
            <readings::Readings />
            <readings::Icons />
        </main>
    }
}

/// A group of widgets under its heading.
#[component]
fn Group(
    /// Heading; its id is made of it.
    title: &'static str,
    /// The widgets.
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
