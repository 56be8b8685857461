//! The list of texts of the page of an invitation, with what a translator has to know of each.

use super::Words;

texts! {
/// The texts of the page of an invitation, in one language. Whoever reads them was invited, and is no partner.
InvitationText {
    /// Title of the page, in the browser's tab.
    title: Words,
    /// A company's name inside a sentence. `{title}`.
    quoted: Words,

    /// Heading of the offer. `{partner}`.
    offer_title: Words,
    /// The same where the partner's name is not known.
    offer_title_nameless: Words,
    /// Before the address of who invites.
    inviter: Words,
    /// Before the address that is invited.
    invited: Words,
    /// Before the time when the link stops working.
    until: Words,
    /// That time. `{moment}` by Moscow's clock.
    moscow: Words,
    /// Heading of what follows.
    means: Words,
    /// Confirming: the client joins. `{partner}`.
    means_joining: Words,
    /// The same where the partner's name is not known.
    means_joining_nameless: Words,
    /// Confirming: who is paid.
    means_paying: Words,
    /// Confirming: what the partner sees and can do.
    means_seeing: Words,
    /// Button.
    confirm: Words,
    /// The same while it works.
    confirming: Words,
    /// Under the button: what to do if it was a mistake.
    mistake: Words,

    /// Heading after confirming. `{partner}`.
    accepted_title: Words,
    /// The same where the partner's name is not known.
    accepted_title_nameless: Words,
    /// What is next.
    accepted_lead: Words,
    /// Before the client's login.
    login: Words,
    /// Before the PID of the client's project.
    project: Words,
    /// Link to where clients sign in.
    to_cloud: Words,

    /// Heading: the link does not work.
    refused_title: Words,
    /// What may be the reason; which one it is, nobody is told.
    refused_lead: Words,
    /// What to do: there may be a newer letter.
    refused_newest: Words,
    /// What to do: ask the partner.
    refused_ask: Words,
    /// What to do: nothing, for who has confirmed before.
    refused_done: Words,

    /// Heading: the page was opened without a link.
    no_link_title: Words,
    /// What to do.
    no_link_lead: Words,
}
}
