use crate::i18n::locales::{ContactText, en::forms};

pub const TEXT: ContactText = ContactText {
    title: "Contact sales",
    lead: forms("Become a partner: tell us who you are, and a manager will contact you within {n} hour.", "Become a partner: tell us who you are, and a manager will contact you within {n} hours."),
    lead_known: forms("Tell us what you need. A manager will contact you within {n} hour.", "Tell us what you need. A manager will contact you within {n} hours."),

    known: "From your account",
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
    partner_already: "Already a partner?",

    name_required: "Enter the name of the person to contact",
    phone_required: "Enter a phone number",
    company_required: "Enter the name of the company",
    message_control: "Remove invisible characters",
    wait_minutes: forms(
        "There were too many requests for this address or from your network. Try again in {n} minute.",
        "There were too many requests for this address or from your network. Try again in {n} minutes.",
    ),
    wait_hours: forms(
        "There were too many requests for this address or from your network. Try again in {n} hour.",
        "There were too many requests for this address or from your network. Try again in {n} hours.",
    ),
    input_stays: "Everything you have entered stays here.",

    sent: "Your request has been sent",
    reference: "Request number",
    next: "What happens next",
    next_manager: forms("A manager will contact you within {n} hour.", "A manager will contact you within {n} hours."),
    next_account: "Your personal account will be at {link}",
    next_support: forms("If nobody has contacted you within {n} hour, write to {link} and give the request number.", "If nobody has contacted you within {n} hours, write to {link} and give the request number."),
    next_support_email: forms("If nobody has contacted you within {n} hour, write to {link} and give the request number.", "If nobody has contacted you within {n} hours, write to {link} and give the request number."),
    support: "support",
    copy_sent: "We have emailed a copy to {email}.",
    again: "Send another request",
};
