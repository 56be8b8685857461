use crate::i18n::locales::Words;

texts! {
/// The list of keyboard shortcuts and the palette.
KeyboardText {
    /// Title of the list of shortcuts, and an entry of the palette.
    keys_title: Words,
    /// Checkbox that enables the shortcuts that consist of a single character.
    keys_single: Words,
    key_palette: Words,
    key_search: Words,
    key_map: Words,
    key_rows: Words,
    key_ends: Words,
    key_pages: Words,
    key_select: Words,
    key_extend: Words,
    key_menu: Words,
    key_close: Words,
    palette_title: Words,
    palette_label: Words,
}
}
