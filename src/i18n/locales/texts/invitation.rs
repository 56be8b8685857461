use crate::i18n::locales::Words;

texts! {
/// The page that an invited client opens from the email. The reader is the client, not a partner.
InvitationText {
    /// Title of the browser tab, and heading for screen readers while the invitation is loading.
    title: Words,
    /// The name of a company inside a sentence, with quotation marks if the language uses them.
    quoted: Words,

    /// Heading of the page before the client accepts. `{partner}` is the name of the partner's company.
    offer_title: Words,
    /// Replaces `offer_title` if the name of the company is not known.
    offer_title_nameless: Words,
    /// Label of the email address of the user who sent the invitation.
    inviter: Words,
    /// Label of the invited email address.
    invited: Words,
    until: Words,
    moscow: Words,
    means: Words,
    means_joining: Words,
    means_joining_nameless: Words,
    means_paying: Words,
    means_seeing: Words,
    confirm: Words,
    confirming: Words,
    mistake: Words,

    accepted_title: Words,
    accepted_title_nameless: Words,
    accepted_lead: Words,
    login: Words,
    project: Words,
    to_cloud: Words,

    refused_title: Words,
    /// Text under `refused_title`. It lists all possible reasons, because the app does not know which one applies.
    refused_lead: Words,
    refused_latest: Words,
    refused_ask: Words,
    refused_done: Words,

    /// Heading of the page if it was opened without the link from an email.
    no_link_title: Words,
    no_link_lead: Words,
}
}
