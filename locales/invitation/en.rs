//! English texts of the page of an invitation.

use super::InvitationText;

pub(in crate::locales) const TEXT: InvitationText = InvitationText {
    title: "Invitation",
    quoted: "{title}",

    offer_title: "{partner} invites you to the cloud",
    offer_title_nameless: "A partner invites you to the cloud",
    inviter: "Invited by",
    invited: "Invited",
    until: "Valid until",
    moscow: "{moment} (Moscow time)",
    means: "What confirming means",
    means_joining: "You join {partner} and become its client in the cloud.",
    means_joining_nameless: "You join the partner and become its client in the cloud.",
    means_paying: "You pay for the cloud through the partner.",
    means_seeing: "The partner sees your balance and expenses, and can forbid signing in to the cloud. Your resources keep working then.",
    confirm: "Confirm",
    confirming: "Confirming…",
    mistake: "You did not expect this? Close the page. Nothing changes until you confirm.",

    accepted_title: "You are now a client of {partner}",
    accepted_title_nameless: "You are now a client of the partner",
    accepted_lead: "The invitation is confirmed, and the partner knows. Sign in to the cloud to go on.",
    login: "Your login",
    project: "Your project",
    to_cloud: "Sign in to the cloud",

    refused_title: "This link does not work",
    refused_lead: "It was used already, has expired, was taken back, or a newer letter has replaced it.",
    refused_newest: "Look for a newer letter from the partner: only the link of the newest one works.",
    refused_ask: "If there is none, ask the partner for a new invitation.",
    refused_done: "If you have confirmed before, all is done: sign in to the cloud.",

    no_link_title: "Open the link in your letter",
    no_link_lead: "An invitation is confirmed by the link in its letter. Open it once more, or copy the whole address into the browser.",
};
