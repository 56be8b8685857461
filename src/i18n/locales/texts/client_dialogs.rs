use crate::i18n::locales::Words;

texts! {
/// Dialogs for the identifier and the invitation link of one client, and the list of hidden clients.
ClientDialogsText {
    /// Title of the dialog that changes the identifier of a client. `{client}` is the email address of the client.
    identifier_title: Words,
    save: Words,
    /// Label of the *Save* button of the identifier dialog while the request runs.
    saving: Words,
    /// Toast after the identifier was saved.
    identifier_saved: Words,
    /// Notice in the identifier dialog: another user has changed the identifier to `{identifier}` in the meantime.
    identifier_changed: Words,
    identifier_removed: Words,

    /// Title of the dialog that creates a link for an invitation. `{client}` is the invited email address.
    link_title: Words,
    link_lead: Words,
    link_warning: Words,
    link_create: Words,
    /// Label of the *Create the link* button while the request runs.
    link_creating: Words,
    link_label: Words,
    link_until: Words,
    link_copy: Words,
    link_copied: Words,
    link_not_copied: Words,
    /// Title of the dialog that lists the selected clients that the search or the filter hides.
    hidden_title: Words,
}
}
