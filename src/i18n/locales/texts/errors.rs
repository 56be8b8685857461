use crate::i18n::locales::{Forms, Words};

texts! {
/// Messages for failed requests.
ErrorsText {
    network: Words,
    timeout: Words,
    forbidden: Words,
    not_found: Words,
    conflict: Words,
    invalid: Words,
    /// Message for HTTP 429 (too many requests). `{n}` is the number of seconds to wait.
    too_many: Forms,
    /// Message for an HTTP status without a message of its own. `{status}` is the status.
    server: Words,
    /// Message for HTTP 507: the server cannot save changes, for example because its disk is full.
    not_writable: Words,
    unreadable: Words,
    /// Message if a part of the app that is loaded when needed could not be downloaded.
    chunk_failed: Words,
    /// Notice in a dialog or form while the app repeats a change whose reply was lost.
    checking_outcome: Words,
    /// Follows the error message of a change if it is unknown whether the change was made.
    unknown_outcome: Words,
}
}
