//! The dialog that lists selected rows that the filters hide.

use leptos::prelude::*;

use super::super::{state::ClientsState, store::RowKey};
use crate::{i18n::use_i18n, ui::dialog::Dialog};

/// The dialog lists at most this many rows.
const MAX_ROWS: usize = 200;

#[component]
pub fn HiddenRows() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let (text, common) = (i18n.text.client_dialogs(), i18n.text.common());
    let close = Callback::new(move |()| state.close_dialog());
    let hidden = state.hidden_keys();
    let more = hidden.len().saturating_sub(MAX_ROWS);
    let row = move |key: RowKey| {
        view! {
            <li>
                <label class="check-line">
                    <input
                        type="checkbox"
                        class="checkbox"
                        prop:checked=move || state.is_selected(key)
                        on:change=move |event| state.set_selected(key, event_target_checked(&event))
                    />
                    <bdi>{state.label(key)}</bdi>
                </label>
            </li>
        }
    };
    view! {
        <Dialog title=Signal::stored(text.hidden_title.to_owned()) close_label=common.close on_close=close>
            <div class="dialog-body">
                <ul class="check-list">{hidden.into_iter().take(MAX_ROWS).map(row).collect_view()}</ul>
                {(more > 0).then(|| view! { <p>{i18n.count(&i18n.text.bulk().and_more, more)}</p> })}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-mode="primary" on:click=move |_| close.run(())>
                    {common.close}
                </button>
            </footer>
        </Dialog>
    }
}
