use crate::i18n::locales::{Forms, Words};

texts! {
/// Messages for failed requests. Each message says what is wrong and what to do.
ErrorsText {
    network: Words,
    timeout: Words,
    forbidden: Words,
    not_found: Words,
    conflict: Words,
    invalid: Words,
    /// `{n}` is the number of seconds to wait.
    too_many: Forms,
    /// `{status}` is the HTTP status of the reply.
    server: Words,
    /// The server cannot save changes, for example because its disk is full. Also shown when signing in.
    not_writable: Words,
    unreadable: Words,
    /// A part of the app that is loaded when needed could not be downloaded.
    chunk_failed: Words,
    /// The reply to a change was lost, and the app is asking the server whether the change was made.
    checking_outcome: Words,
    /// The reply to a change was lost, and the app could not find out whether the change was made.
    unknown_outcome: Words,
}
}
