use crate::i18n::locales::InvitationText;

pub const TEXT: InvitationText = InvitationText {
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
    means_seeing: "The partner sees your balance and expenses and can block your sign-in to the cloud. Your resources keep working even then.",
    confirm: "Confirm",
    confirming: "Confirming…",
    mistake: "Not expecting this invitation? Close the page; nothing changes unless you confirm.",

    accepted_title: "You are now a client of {partner}",
    accepted_title_nameless: "You are now a client of the partner",
    accepted_lead: "The invitation is confirmed, and the partner can see that. Sign in to the cloud to continue.",
    login: "Your login",
    project: "Your project",
    to_cloud: "Sign in to the cloud",

    refused_title: "This link does not work",
    refused_lead: "It has already been used, has expired, was revoked, or was replaced by a newer letter.",
    refused_latest: "Look for a newer invitation letter from the partner: only the link in the latest one works.",
    refused_ask: "If there is no newer letter, ask the partner for a new invitation.",
    refused_done: "If you have already confirmed, you are done: sign in to the cloud.",

    no_link_title: "Open the link in your invitation letter",
    no_link_lead: "You confirm an invitation by the link in the letter. Open the link again, or copy the whole address into the browser.",
};
