use crate::i18n::locales::Words;

texts! {
/// Dialogs about one client: identifier, link. Also the list of hidden clients.
ClientDialogsText {
    /// `{client}` is an email address.
    identifier_title: Words,
    save: Words,
    /// The button while the request runs.
    saving: Words,
    /// Toast.
    identifier_saved: Words,
    /// `{identifier}` is the value that the other user saved.
    identifier_changed: Words,
    identifier_removed: Words,

    /// `{client}` is an email address.
    link_title: Words,
    link_lead: Words,
    link_warning: Words,
    link_create: Words,
    /// The button while the request runs.
    link_creating: Words,
    link_label: Words,
    link_until: Words,
    link_copy: Words,
    link_copied: Words,
    link_not_copied: Words,
    /// Lists the selected clients that search or filter hide.
    hidden_title: Words,
}
}
