use crate::i18n::locales::Words;

texts! {
/// Header, menus, sign-in prompt and the messages about the app itself.
ShellText {
    /// In the header and in the title of every page.
    product: Words,
    /// The name of this language in this language.
    language: Words,
    /// First link of the page, for keyboard users.
    skip_to_content: Words,
    /// Opens the documentation.
    help: Words,
    /// Opens a menu with languages and themes.
    settings: Words,
    /// Heading in that menu.
    languages: Words,
    /// Heading in that menu.
    theme: Words,
    /// The theme of the operating system.
    theme_system: Words,
    theme_light: Words,
    theme_dark: Words,
    /// Name of the menu button. `{email}` of the user.
    account_menu: Words,
    sign_in: Words,
    sign_out: Words,
    /// Toast.
    sign_out_failed: Words,

    /// Dialog over the page when the session has expired.
    expired_title: Words,
    expired_lead: Words,
    /// Toast: a newer version of the app has been deployed.
    newer: Words,
    /// Button of that toast.
    newer_load: Words,

    not_found_title: Words,
    not_found_lead: Words,
    /// Link.
    to_clients: Words,
}
}
