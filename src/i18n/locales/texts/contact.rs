use crate::i18n::locales::{Forms, Words};

texts! {
/// *Contact sales*.
ContactText {
    title: Words,
    /// `{n}` hours.
    lead: Forms,
    /// The same for a user who is signed in.
    lead_known: Forms,

    /// Heading of the data that the form does not ask for.
    known: Words,
    /// Person to contact.
    name: Words,
    email: Words,
    email_hint: Words,
    phone: Words,
    company: Words,
    message: Words,
    message_hint: Words,
    /// Label of a field that only programs see.
    trap: Words,
    /// `{link}` is the next text.
    consent: Words,
    consent_link: Words,
    send: Words,
    sending: Words,
    /// Before a link to the app.
    partner_already: Words,

    name_required: Words,
    phone_required: Words,
    company_required: Words,
    /// Line breaks are allowed in a message.
    message_control: Words,
    wait_minutes: Forms,
    wait_hours: Forms,
    input_stays: Words,

    sent: Words,
    /// Before a number.
    reference: Words,
    next: Words,
    /// `{n}` hours.
    next_manager: Forms,
    next_account: Words,
    /// `{n}` hours; `{link}` is the text `support`.
    next_support: Forms,
    /// The same where `{link}` is an email address.
    next_support_email: Forms,
    support: Words,
    copy_sent: Words,
    again: Words,
}
}
