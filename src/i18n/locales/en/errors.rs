use crate::i18n::locales::{ErrorsText, en::forms};

pub const TEXT: ErrorsText = ErrorsText {
    network: "The server cannot be reached. Check your connection.",
    timeout: "The server did not answer in time.",
    forbidden: "You do not have permission to do this.",
    not_found: "This no longer exists.",
    conflict: "Someone else has changed this in the meantime.",
    invalid: "The server rejected the data that was sent.",
    too_many: forms(
        "Too many requests. Wait {n} second and try again.",
        "Too many requests. Wait {n} seconds and try again.",
    ),
    server: "The server reported an error (code {status}). Try again later.",
    not_writable: "The server cannot save anything right now, so nothing was changed. Try again later.",
    unreadable: "The server’s reply could not be read. A proxy or a filter on your network may have changed it.",
    chunk_failed: "This part of the account could not be downloaded. Check your connection and try again. If that does not help, reload the page: there may be a new version.",
    checking_outcome: "No reply yet. Checking whether the change was made…",
    unknown_outcome: "It is not known whether the change was made. You can safely try again: the change is made at most once.",
};
