use crate::i18n::locales::{Forms, Words};

texts! {
/// Failed requests. Each says what is wrong and what to do.
ErrorsText {
    network: Words,
    timeout: Words,
    forbidden: Words,
    not_found: Words,
    conflict: Words,
    invalid: Words,
    /// `{n}` seconds.
    too_many: Forms,
    /// `{status}` is the HTTP status.
    server: Words,
    /// For example, the server's disk is full. Also shown when signing in.
    not_writable: Words,
    unreadable: Words,
    /// A lazily loaded part of the app could not be downloaded.
    chunk_failed: Words,
    /// The reply to a change was lost, and the app is asking the server whether the change was made.
    checking_outcome: Words,
    /// The reply to a change was lost, and asking failed too.
    unknown_outcome: Words,
}
}
