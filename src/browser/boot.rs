//! Calls from the app to `boot.js`, which owns the failure screens.

use wasm_bindgen::{JsCast, JsValue};

/// Shows the crash screen.
pub(crate) fn report_panic(message: &str) {
    report("partnerPanic", message);
}

/// Shows the failure screen of an app that cannot start.
pub(crate) fn report_failure(message: &str) {
    report("partnerFailure", message);
}

/// Checks whether the server has a newer version of the app. If it does, `boot.js` dispatches the event
/// `partner-newer`.
pub(crate) fn check_for_new_version() {
    report("partnerLook", "");
}

fn report(function: &str, message: &str) {
    let Some(window) = web_sys::window() else { return };
    let Ok(report) = js_sys::Reflect::get(&window, &function.into()) else { return };
    if let Some(report) = report.dyn_ref::<js_sys::Function>() {
        _ = report.call1(&JsValue::NULL, &message.into());
    }
}
