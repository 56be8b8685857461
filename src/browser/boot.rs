//! Calls from the app to `boot.js`, which owns the failure screens.

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
