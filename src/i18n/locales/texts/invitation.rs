use crate::i18n::locales::Words;

texts! {
/// The page that an invited client opens from the email. The reader is the client, not a partner.
InvitationText {
    /// Title in the browser's tab.
    title: Words,
    /// The name of a company inside a sentence, with quotation marks if the language uses them.
    quoted: Words,

    /// `{partner}` is the name of a company.
    offer_title: Words,
    /// Replaces `offer_title` if the name of the company is not known.
    offer_title_nameless: Words,
    /// Precedes the email address of the partner.
    inviter: Words,
    /// Precedes the email address of the client.
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
    /// Lists all possible reasons, because the page never says which one applies.
    refused_lead: Words,
    refused_latest: Words,
    refused_ask: Words,
    refused_done: Words,

    /// Shown if the page was opened without the link from an email.
    no_link_title: Words,
    no_link_lead: Words,
}
}
