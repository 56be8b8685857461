//! The dialog that lists the keys, and whether those of one letter are on (WCAG 2.1.4).

use leptos::prelude::*;

use crate::{
    browser::storage,
    i18n::{locales::KeyboardText, use_i18n},
    pages::clients::ClientsState,
    ui::dialog::Dialog,
};

/// In this browser's storage: `off`, or nothing.
const KEPT: &str = "partner-account.letter-keys";

/// Keys, and what they do.
type Entry = (&'static [&'static str], fn(&KeyboardText) -> &'static str);

const KEYS: [Entry; 10] = [
    (&["Ctrl", "K"], |text| text.key_palette),
    (&["/"], |text| text.key_search),
    (&["?"], |text| text.key_map),
    (&["↑", "↓"], |text| text.key_rows),
    (&["Home", "End"], |text| text.key_ends),
    (&["Page Up", "Page Down"], |text| text.key_pages),
    (&["Space"], |text| text.key_select),
    (&["Shift", "↑", "↓"], |text| text.key_extend),
    (&["Shift", "F10"], |text| text.key_menu),
    (&["Esc"], |text| text.key_close),
];

/// Whether keys of one letter are on.
pub(super) fn has_letters() -> bool {
    let kept = storage::local().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    kept.as_deref() != Some("off")
}

fn keep_letters(are_on: bool) {
    if let Some(storage) = storage::local() {
        _ = if are_on { storage.remove_item(KEPT) } else { storage.set_item(KEPT, "off") };
    }
}

/// The dialog.
#[component]
pub fn KeyMap() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let close = Callback::new(move |()| state.asked.set(None));
    let rows = KEYS.map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{what(text.keyboard())}</dd></div> }
    });
    view! {
        <Dialog title=Signal::stored(text.keyboard().keys_title.to_owned()) close_label=i18n.text.common().close on_close=close>
            <div class="dialog-body">
                <dl class="key-map">{rows.collect_view()}</dl>
                <label class="check-line">
                    <input type="checkbox" class="checkbox" prop:checked=has_letters()
                        on:change=move |event| keep_letters(event_target_checked(&event)) />
                    <span>{text.keyboard().keys_letters}</span>
                </label>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-mode="primary" on:click=move |_| close.run(())>
                    {i18n.text.common().close}
                </button>
            </footer>
        </Dialog>
    }
}
