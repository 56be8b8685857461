//! A modal dialog: the browser's own `<dialog>`, with a heading and a close button.

use leptos::{ev, html, prelude::*};

use super::icon::Icon;
use crate::browser::focus;

/// A modal dialog, open as long as it is mounted.
///
/// Esc and the close button call `on_close`, unless the dialog is busy or not closable. `on_close` must unmount the
/// dialog. The focus then returns to the element that opened the dialog.
#[component]
pub fn Dialog(
    #[prop(into)] title: Signal<String>,
    close_label: &'static str,
    on_close: Callback<()>,
    /// Id of the heading. Dialogs that can be open at the same time need different ids.
    #[prop(default = "dialog-title")]
    title_id: &'static str,
    /// Whether the dialog asks for a decision (`role="alertdialog"`).
    #[prop(optional)]
    is_alert: bool,
    /// Whether work is running that would continue if the dialog were closed.
    #[prop(into, optional)]
    is_busy: Signal<bool>,
    /// Whether the user can close the dialog.
    #[prop(default = true)]
    is_closable: bool,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    focus::return_to_opener();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            _ = dialog.show_modal();
        }
    });
    let close = move || {
        if is_closable && !is_busy.get_untracked() {
            on_close.run(());
        }
    };
    let on_cancel = move |event: web_sys::Event| {
        event.prevent_default();
        close();
    };
    // Handle Esc here, because browsers let a page refuse `cancel` only once and close the dialog at the second Esc.
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            close();
        }
    };
    // Show the dialog again until it is unmounted, because a phone's Back gesture closes it without asking the page.
    let on_closed = move |_: web_sys::Event| {
        if let Some(dialog) = dialog.try_get_untracked().flatten().filter(|dialog| dialog.is_connected()) {
            _ = dialog.show_modal();
            close();
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            role=is_alert.then_some("alertdialog")
            aria-labelledby=title_id
            aria-describedby=is_alert.then_some("dialog-text")
            on:cancel=on_cancel
            on:close=on_closed
            on:keydown=on_keydown
        >
            <header class="dialog-head">
                <h2 id=title_id class="dialog-title">{title}</h2>
                {is_closable.then(|| view! {
                    <button
                        type="button"
                        class="button dialog-close"
                        data-mode="quiet"
                        data-square
                        aria-label=close_label
                        aria-disabled=move || is_busy.get().then_some("true")
                        on:click=move |_| close()
                    >
                        <Icon name="x" />
                    </button>
                })}
            </header>
            {children()}
        </dialog>
    }
}
