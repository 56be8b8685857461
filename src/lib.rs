//! The partner's personal account: a client of the partner API that runs in the browser.
//!
//! Start reading at [`app`] for the routes and at [`routes`] for the addresses. `ARCHITECTURE.md` describes the
//! modules.

#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod browser;
pub mod config;
pub mod data;
pub mod i18n;
pub mod pages;
pub mod routes;
pub mod session;
pub mod shell;
pub mod ui;

use leptos::prelude::*;

/// Mounts the app into `#app`, in place of the skeleton of `index.html`.
pub fn start() {
    // `boot.js` shows the crash screen, because the app may be unusable after a panic.
    std::panic::set_hook(Box::new(|info| browser::boot::report_panic(&info.to_string())));
    let root = document().get_element_by_id("app").expect("index.html has #app");
    root.set_text_content(None);
    mount_to(wasm_bindgen::JsCast::unchecked_into(root), app::App).forget();
}
