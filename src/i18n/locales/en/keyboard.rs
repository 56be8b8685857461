use crate::i18n::locales::KeyboardText;

pub const TEXT: KeyboardText = KeyboardText {
    keys_title: "Keyboard shortcuts",
    keys_single: "Single-character keys, such as / and ?",
    key_palette: "Find a client or an action",
    key_search: "Search the list",
    key_map: "These shortcuts",
    key_rows: "Previous and next row",
    key_ends: "First and last row",
    key_pages: "Ten rows up and down",
    key_select: "Select the row",
    key_extend: "Extend the selection",
    key_menu: "Actions for the row",
    key_close: "Close a dialog or a menu",
    palette_title: "Find a client or an action",
    palette_label: "Email, name, identifier, PID, or an action",
};
