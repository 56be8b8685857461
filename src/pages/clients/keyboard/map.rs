//! The dialog that lists the keyboard shortcuts. It has a switch that turns off single-character shortcuts, because
//! WCAG 2.1.4 requires one.

use leptos::prelude::*;

use crate::{
    browser::storage,
    i18n::{locales::KeyboardText, use_i18n},
    pages::clients::state::ClientsState,
    ui::dialog::Dialog,
};

/// The key in local storage that turns off single-character shortcuts. Its value is `off`; if the key is missing, the
/// shortcuts are on.
const STORAGE_KEY: &str = "partner-account.letter-keys";

/// A row of the dialog: the keys of a shortcut, and the text that describes the effect of the shortcut.
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

/// Whether shortcuts that consist of a single character, such as `/`, are on.
pub(super) fn has_character_keys() -> bool {
    let setting = storage::local().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    setting.as_deref() != Some("off")
}

fn set_character_keys(is_on: bool) {
    if let Some(storage) = storage::local() {
        _ = if is_on { storage.remove_item(STORAGE_KEY) } else { storage.set_item(STORAGE_KEY, "off") };
    }
}

#[component]
pub fn KeyMap() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.keyboard();
    let close = Callback::new(move |()| state.close_dialog());
    let rows = KEYS.map(|(keys, effect)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{effect(text)}</dd></div> }
    });
    view! {
        <Dialog title=Signal::stored(text.keys_title.to_owned()) close_label=i18n.text.common().close on_close=close>
            <div class="dialog-body">
                <dl class="key-map">{rows.collect_view()}</dl>
                <label class="check-line">
                    <input type="checkbox" class="checkbox" prop:checked=has_character_keys()
                        on:change=move |event| set_character_keys(event_target_checked(&event)) />
                    <span>{text.keys_single}</span>
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
