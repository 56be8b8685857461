//! Replies to the requests that `boot.js` sends while the WebAssembly is still loading.

use leptos::prelude::window;
use wasm_bindgen::JsCast;

/// Returns the reply for a URL if `boot.js` has requested it. Each reply is returned only once, so the next call for
/// the same URL sends a request of its own.
pub(super) fn take_reply(url: &str) -> Option<js_sys::Promise> {
    let replies = js_sys::Reflect::get(&window(), &"partnerReplies".into()).ok()?;
    let replies = replies.dyn_into::<js_sys::Map>().ok()?;
    let promise = replies.get(&url.into()).dyn_into().ok()?;
    replies.delete(&url.into());
    Some(promise)
}
