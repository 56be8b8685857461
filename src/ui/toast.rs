//! Toasts: short messages that appear over the page. Each has at most one action.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::icon::Icon;
use crate::browser::focus;

/// How long a success message without an action is shown.
const SUCCESS_DURATION: Duration = Duration::from_secs(6);
/// The largest number of toasts on screen. If there are more, the oldest ones disappear.
const MAX_TOASTS: usize = 3;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    is_failure: bool,
    /// Label of the action's button, and the action itself.
    action: Option<(&'static str, Callback<()>)>,
}

/// Shows and closes toasts.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self { shown: RwSignal::new(Vec::new()), last_id: StoredValue::new(0) }
    }
}

impl Toasts {
    /// Shows a success message. It disappears after some seconds.
    pub fn success(self, text: impl Into<String>) {
        let id = self.show(text.into(), false, None);
        set_timeout(move || self.close(id), SUCCESS_DURATION);
    }

    /// Shows a message with an action, such as *Undo*. The message stays until it is closed or newer toasts replace it.
    pub fn offer(self, text: impl Into<String>, action: &'static str, run: Callback<()>) {
        self.show(text.into(), false, Some((action, run)));
    }

    /// Shows a failure. Screen readers read it out at once, and it stays until it is closed or newer toasts replace it.
    pub fn failure(self, text: impl Into<String>) {
        self.show(text.into(), true, None);
    }

    fn show(self, text: String, is_failure: bool, action: Option<(&'static str, Callback<()>)>) -> u32 {
        let id = self.last_id.with_value(|last| last + 1);
        self.last_id.set_value(id);
        self.shown.update(|shown| {
            shown.push(Toast { id, text, is_failure, action });
            let surplus = shown.len().saturating_sub(MAX_TOASTS);
            shown.drain(..surplus);
        });
        id
    }

    fn close(self, id: u32) {
        _ = self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// The region that shows the toasts. Mount the region before the first toast appears, because screen readers announce a
/// toast only if they already know the region.
#[component]
pub fn ToastRegion(
    toasts: Toasts,
    /// Label of the close button of each toast, for screen readers.
    close_label: &'static str,
) -> impl IntoView {
    let list = move |is_failure: bool| {
        let each = move || {
            toasts.shown.get().into_iter().filter(move |toast| toast.is_failure == is_failure).collect::<Vec<_>>()
        };
        view! {
            <For each key=|toast| toast.id let:toast>
                <ToastView toast toasts close_label />
            </For>
        }
    };
    view! {
        <div class="toasts">
            <div role="status">{list(false)}</div>
            <div role="alert">{list(true)}</div>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast, toasts: Toasts, close_label: &'static str) -> impl IntoView {
    let Toast { id, text, is_failure, action } = toast;
    let close = move |event: &ev::MouseEvent| {
        if let Some(button) = event.current_target().and_then(|target| target.dyn_into().ok()) {
            focus::to_neighbour(&button, ".toast .button");
        }
        toasts.close(id);
    };
    view! {
        <div class="toast" data-kind=if is_failure { "danger" } else { "success" }>
            <Icon name=if is_failure { "circle-alert" } else { "circle-check" } />
            <span class="toast-text">{text}</span>
            {action.map(|(label, run)| view! {
                <button
                    type="button"
                    class="button"
                    data-mode="quiet"
                    on:click=move |event| {
                        close(&event);
                        run.run(());
                    }
                >
                    {label}
                </button>
            })}
            <button
                type="button"
                class="button"
                data-mode="quiet"
                data-square
                aria-label=close_label
                on:click=move |event| close(&event)
            >
                <Icon name="x" />
            </button>
        </div>
    }
}
