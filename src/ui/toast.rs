//! Short messages that come and go: successes politely, failures at once, and one action each at most.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::Icon;

/// How long a message without an action stays.
const STAY: Duration = Duration::from_secs(6);
/// Most messages at a time; older ones go.
const MOST: usize = 3;

/// A short message.
#[derive(Clone)]
pub struct Toast {
    id: u32,
    /// What happened.
    pub text: String,
    /// It went wrong: announced at once, and stays until it is closed.
    pub is_failure: bool,
    /// Words of the action, and what it does.
    pub action: Option<(&'static str, Callback<()>)>,
}

/// The messages of the page.
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
    /// Tells a success; it goes by itself.
    pub fn tell(self, text: impl Into<String>) {
        self.show(text.into(), false, None);
    }

    /// Tells a success that can be taken back; it stays until it is closed.
    pub fn offer(self, text: impl Into<String>, action: &'static str, run: Callback<()>) {
        self.show(text.into(), false, Some((action, run)));
    }

    /// Tells a failure; it stays until it is closed.
    pub fn fail(self, text: impl Into<String>) {
        self.show(text.into(), true, None);
    }

    fn show(self, text: String, is_failure: bool, action: Option<(&'static str, Callback<()>)>) {
        let id = self.last_id.with_value(|last| last + 1);
        self.last_id.set_value(id);
        let goes = !is_failure && action.is_none();
        self.shown.update(|shown| {
            shown.push(Toast { id, text, is_failure, action });
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
        if goes {
            set_timeout(move || self.close(id), STAY);
        }
    }

    fn close(self, id: u32) {
        _ = self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Shows the messages. Mounted once, and from the start: screen readers announce what appears in a known region.
#[component]
pub fn ToastRegion(
    /// The messages.
    toasts: Toasts,
    /// Label of the cross.
    close_label: &'static str,
) -> impl IntoView {
    let list = move |failures: bool| {
        let of_kind = move || {
            toasts.shown.get().into_iter().filter(move |toast| toast.is_failure == failures).collect::<Vec<_>>()
        };
        view! {
            <For each=of_kind key=|toast| toast.id let:toast>
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
    let id = toast.id;
    view! {
        <div class="toast" data-kind=if toast.is_failure { "danger" } else { "success" }>
            <Icon name=if toast.is_failure { "circle-alert" } else { "circle-check" } />
            <span class="toast-text">{toast.text}</span>
            {toast.action.map(|(label, run)| view! {
                <button
                    type="button"
                    class="button"
                    data-mode="quiet"
                    on:click=move |_| {
                        toasts.close(id);
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
                on:click=move |_| toasts.close(id)
            >
                <Icon name="x" />
            </button>
        </div>
    }
}
