//! English texts of *Contact sales*.

use super::{ContactLinkText, ContactText};
use crate::locales::en::forms;

pub(in crate::locales) const LINK: ContactLinkText =
    ContactLinkText { question: "Not a partner yet?", link: "Contact sales" };

pub(in crate::locales) const TEXT: ContactText = ContactText {
    title: "Contact sales",
    lead: "Become a partner: tell us who you are, and a manager will contact you within {hours} hours.",
    lead_known: "Tell us what it is about. A manager will contact you within {hours} hours.",

    known: "Your account knows this already",
    name: "Name",
    email: "Email",
    email_hint: "The invitation goes to this address. It becomes your login.",
    phone: "Phone number",
    company: "Company",
    message: "Message",
    message_hint: "Only if there is something we should know beforehand.",
    trap: "Website",
    consent: "By pressing “Send” you agree to the {link}.",
    consent_link: "processing of personal data",
    send: "Send",
    sending: "Sending…",
    partner_already: "A partner already?",

    name_required: "Type the name of the person to contact",
    phone_required: "Type a phone number",
    company_required: "Type the name of the company",
    message_control: "There is an invisible character in it",
    wait_minutes: forms(
        "There were too many requests for this address or from your network. Try again in {n} minute.",
        "There were too many requests for this address or from your network. Try again in {n} minutes.",
    ),
    wait_hours: forms(
        "There were too many requests for this address or from your network. Try again in {n} hour.",
        "There were too many requests for this address or from your network. Try again in {n} hours.",
    ),
    kept: "What you have typed stays here.",

    sent: "Your request is on its way",
    reference: "Number of the request",
    next: "What happens next",
    next_manager: "A manager will contact you within {hours} hours.",
    next_account: "Your personal account will be at {link}",
    next_support: "If nobody has contacted you within {hours} hours, write to {link} and name the number.",
    support: "support",
    letter: "The same went to {email} by letter.",
    again: "Send another request",
};
