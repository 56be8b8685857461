use crate::i18n::locales::ShellText;

pub const TEXT: ShellText = ShellText {
    product: "Partner account",
    language: "English",
    skip_to_content: "Skip to content",
    help: "Help",
    settings: "Language and theme",
    languages: "Language",
    theme: "Theme",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    account_menu: "Account of {email}",
    sign_in: "Sign in",
    sign_out: "Sign out",
    sign_out_failed: "You are still signed in because the server could not be reached. Try again.",

    expired_title: "Sign in again",
    expired_lead: "Your session has expired. Sign in to continue; nothing on this page is lost.",
    newer: "A new version of the account is available. Anything you have typed is kept.",
    newer_load: "Reload",

    not_found_title: "Page not found",
    not_found_lead: "The address may be wrong, or the page may have moved.",
    to_clients: "Go to clients",
};
