use crate::i18n::locales::CommonText;

pub const TEXT: CommonText = CommonText {
    email: "Email",
    retry: "Try again",
    close: "Close",
    cancel: "Cancel",
    optional: "optional",
    copied: "Copied",
    not_copied: "The browser did not allow copying.",

    loading: "Loading…",
    loading_slow: "This is taking longer than usual. Still loading…",
    failed_title: "This could not be loaded",
    reference: "Reference: {id}",
};
