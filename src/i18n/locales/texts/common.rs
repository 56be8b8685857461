use crate::i18n::locales::Words;

texts! {
/// Texts that many pages use.
CommonText {
    email: Words,
    retry: Words,
    close: Words,
    /// Closes a dialog and changes nothing. Differs from *Undo*.
    cancel: Words,
    /// Beside a field that may stay empty.
    optional: Words,
    /// Toast.
    copied: Words,
    /// Toast: the browser did not allow the page to write to the clipboard.
    not_copied: Words,

    /// For screen readers.
    loading: Words,
    loading_slow: Words,
    /// Title above the reason.
    failed_title: Words,
    /// `{id}` identifies the request for support.
    reference: Words,
}
}
