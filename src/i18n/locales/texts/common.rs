use crate::i18n::locales::Words;

texts! {
/// Texts that many pages use.
CommonText {
    email: Words,
    retry: Words,
    close: Words,
    /// Button that closes a dialog without changing anything. It must differ from *Undo*.
    cancel: Words,
    /// Shown beside a field that may stay empty.
    optional: Words,
    /// Toast after a text was copied to the clipboard.
    copied: Words,
    /// Toast if the browser did not let the page write to the clipboard.
    not_copied: Words,

    /// Announced by screen readers while data is loading.
    loading: Words,
    loading_slow: Words,
    /// Title above the reason why content could not be loaded.
    failed_title: Words,
    /// Line below an error message. `{id}` is the id of the failed request, which support needs.
    reference: Words,
}
}
