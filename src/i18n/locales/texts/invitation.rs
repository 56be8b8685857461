use crate::i18n::locales::Words;

texts! {
/// The page that an invited client opens from the email. The reader is the client, not a partner.
InvitationText {
    /// Title in the browser's tab.
    title: Words,
    /// The name of a company inside a sentence.
    quoted: Words,

    /// `{partner}` is a company.
    offer_title: Words,
    /// The same when the name is not known.
    offer_title_nameless: Words,
    /// Before an email address.
    inviter: Words,
    /// Before an email address.
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
    /// The page never says which reason it is.
    refused_lead: Words,
    refused_latest: Words,
    refused_ask: Words,
    refused_done: Words,

    /// The page was opened without a link from an email.
    no_link_title: Words,
    no_link_lead: Words,
}
}
