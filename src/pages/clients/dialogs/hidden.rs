//! The list of what is selected and not shown.

use leptos::prelude::*;

use super::super::{state::ClientsState, store::RowKey};
use crate::{i18n::use_i18n, ui::dialog::Dialog};

/// The selected rows that the view does not show, each with a box to let it go.
#[component]
pub fn HiddenList() -> impl IntoView {
    /// Most rows that the dialog lists.
    const MOST: usize = 200;
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let on_close = Callback::new(move |()| state.asked.set(None));
    let hidden = state.hidden();
    let more = hidden.len().saturating_sub(MOST);
    let row = move |key: RowKey| {
        view! {
            <li>
                <label class="check-line">
                    <input
                        type="checkbox"
                        class="checkbox"
                        prop:checked=move || state.selection.with(|selection| selection.contains(key))
                        on:change=move |_| state.selection.update(|selection| {
                            selection.set(key, !selection.contains(key));
                        })
                    />
                    <bdi>{state.label(key)}</bdi>
                </label>
            </li>
        }
    };
    view! {
        <Dialog title=Signal::stored(i18n.text.client_dialogs().hidden_title.to_owned()) close_label=text.common().close on_close>
            <div class="dialog-body">
                <ul class="check-list">{hidden.into_iter().take(MOST).map(row).collect_view()}</ul>
                {(more > 0).then(|| view! { <p>{i18n.count(&i18n.text.bulk().and_more, more)}</p> })}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-mode="primary" on:click=move |_| on_close.run(())>
                    {text.common().close}
                </button>
            </footer>
        </Dialog>
    }
}
