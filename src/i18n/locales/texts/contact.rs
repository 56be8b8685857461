use crate::i18n::locales::{Forms, Words};

texts! {
/// The page *Contact sales*.
ContactText {
    title: Words,
    /// `{n}` is the number of hours within which a manager replies.
    lead: Forms,
    /// Replaces `lead` for a user who is signed in.
    lead_known: Forms,

    /// Heading above the data from the user's account, which the form does not ask for.
    known: Words,
    /// Label of the field for the name of the person to contact.
    name: Words,
    email: Words,
    email_hint: Words,
    phone: Words,
    company: Words,
    message: Words,
    message_hint: Words,
    /// Label of an off-screen field, which only bots fill in.
    trap: Words,
    /// `{link}` is a link with the text `consent_link`.
    consent: Words,
    consent_link: Words,
    send: Words,
    sending: Words,
    /// Precedes a link to the app.
    partner_already: Words,

    name_required: Words,
    phone_required: Words,
    company_required: Words,
    /// Problem of the message field, in which line breaks are allowed.
    message_control: Words,
    wait_minutes: Forms,
    wait_hours: Forms,
    input_stays: Words,

    sent: Words,
    /// Precedes the number of the request.
    reference: Words,
    next: Words,
    /// `{n}` is the number of hours within which a manager replies.
    next_manager: Forms,
    next_account: Words,
    /// `{n}` is a number of hours, and `{link}` a link with the text `support`.
    next_support: Forms,
    /// Replaces `next_support` if `{link}` is an email address.
    next_support_email: Forms,
    support: Words,
    copy_sent: Words,
    again: Words,
}
}
