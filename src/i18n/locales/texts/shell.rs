use crate::i18n::locales::Words;

texts! {
/// Header, menus, prompt to sign in again, and messages about the app itself.
ShellText {
    /// Name of the product, in the header and in the title of every page.
    product: Words,
    /// The name of this language in this language.
    language: Words,
    /// First link of the page, for keyboard users.
    skip_to_content: Words,
    /// Link that opens the documentation.
    help: Words,
    /// Button that opens a menu with languages and themes.
    settings: Words,
    /// Heading of the languages in the menu that `settings` opens.
    languages: Words,
    /// Heading of the themes in the menu that `settings` opens.
    theme: Words,
    /// The theme of the operating system.
    theme_system: Words,
    theme_light: Words,
    theme_dark: Words,
    /// Name of the button that opens the account menu. `{email}` is the address of the user.
    account_menu: Words,
    sign_in: Words,
    sign_out: Words,
    /// Toast if signing out failed.
    sign_out_failed: Words,

    /// Title of the dialog that appears over the page when the session has expired.
    expired_title: Words,
    expired_lead: Words,
    /// Toast that appears when a newer version of the app has been deployed.
    newer: Words,
    /// Button in the toast `newer`. It loads the newer version.
    newer_load: Words,

    not_found_title: Words,
    not_found_lead: Words,
    /// Link to the client list, on the pages *Page not found* and *Contact sales*.
    to_clients: Words,
}
}
