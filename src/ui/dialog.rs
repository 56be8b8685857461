//! A modal dialog: the platform's `<dialog>`, with focus that returns to where it came from.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    icon::Icon,
    live::{live, live_true},
};

/// A modal dialog, open as long as it is mounted.
///
/// Esc and the cross call `on_close`; the dialog goes when its owner unmounts it. While `is_busy`, neither does.
#[component]
pub fn Dialog(
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Label of the cross.
    close_label: &'static str,
    /// The user wants it closed.
    on_close: Callback<()>,
    /// Id of its heading: unique among the dialogs that can be open together.
    #[prop(default = "dialog-title")]
    title_id: &'static str,
    /// Asks for a decision (`alertdialog`).
    #[prop(optional)]
    is_alert: bool,
    /// Work is under way that closing would not stop.
    #[prop(into, optional)]
    is_busy: Signal<bool>,
    /// Whether there is a way out at all; the cross is shown only then.
    #[prop(default = true)]
    is_closable: bool,
    /// Content.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    return_focus();
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
    // Browsers let a page refuse `cancel` once only, and close the dialog at the second Esc all the same: it is taken
    // before it gets there.
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            close();
        }
    };
    // Closed by anything else (the Back gesture of a phone) while it is still wanted: it stays.
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
                <h2 id=title_id class="dialog-title">{live(move || title.get())}</h2>
                {is_closable.then(|| view! {
                    <button
                        type="button"
                        class="button dialog-close"
                        data-mode="quiet"
                        data-square
                        aria-label=close_label
                        aria-disabled=live_true(move || is_busy.get())
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

/// Gives the focus back to the element that has it now, when the calling component goes.
///
/// Where that element is gone by then, the page's heading gets it: focus is never lost to the body.
pub fn return_focus() {
    let opener = document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    let opener = StoredValue::new_local(opener);
    on_cleanup(move || {
        let opener = opener.try_get_value().flatten();
        // After the dialog has left the page: while it is modal, nothing outside can take the focus.
        request_animation_frame(move || {
            if !is_focus_lost() {
                return;
            }
            let body = document().body();
            match opener {
                Some(opener) if opener.is_connected() && Some(&opener) != body.as_ref() => _ = opener.focus(),
                _ => focus_heading(),
            }
        });
    });
}

/// Whether nothing has the focus.
pub fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Moves the focus to the page's heading.
pub fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("h1")
        && let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>()
    {
        _ = heading.focus();
    }
}
