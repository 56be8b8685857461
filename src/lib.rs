//! The partner's personal account: a client to the partner API that runs in the browser.
//!
//! Start reading at [`app`]: it shows which page belongs to which address. `ARCHITECTURE.md` has the map.

#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod clock;
pub mod config;
pub mod draft;
pub mod format;
pub mod framed;
pub mod i18n;
pub mod load;
#[path = "../locales/mod.rs"]
pub mod locales;
pub mod lowercase;
pub mod navigation;
pub mod pages;
pub mod part;
pub mod patience;
pub mod remembered;
pub mod rights;
pub mod route;
pub mod session;
pub mod shell;
pub mod storage;
pub mod tabs;
pub mod theme;
pub mod ui;

use leptos::prelude::*;

/// Mounts the account into `#app`, in place of the skeleton that `index.html` paints.
pub fn start() {
    // `boot.js` shows the recovery screen: after a panic nothing in here can be relied upon.
    std::panic::set_hook(Box::new(|info| boot::report_panic(&info.to_string())));
    let root = document().get_element_by_id("app").expect("index.html has #app");
    root.set_text_content(None);
    mount_to(wasm_bindgen::JsCast::unchecked_into(root), app::App).forget();
}

/// The little that `boot.js` and the account say to each other.
mod boot {
    use wasm_bindgen::{JsCast, JsValue};

    /// Hands a panic to `boot.js`.
    pub(crate) fn report_panic(message: &str) {
        report("partnerPanic", message);
    }

    /// Hands a start that cannot go on to `boot.js`.
    pub(crate) fn report_failure(message: &str) {
        report("partnerFailure", message);
    }

    /// Has `boot.js` look whether there is a newer version of the account.
    pub(crate) fn look_for_newer() {
        report("partnerLook", "");
    }

    fn report(function: &str, message: &str) {
        let Some(window) = web_sys::window() else { return };
        let Ok(report) = js_sys::Reflect::get(&window, &function.into()) else { return };
        if let Some(report) = report.dyn_ref::<js_sys::Function>() {
            _ = report.call1(&JsValue::NULL, &message.into());
        }
    }
}
