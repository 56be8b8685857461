use crate::i18n::locales::{Forms, Words};

texts! {
/// The page *Contact sales*.
ContactText {
    title: Words,
    /// Text under the title of the page. `{n}` is the number of hours within which a manager replies.
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
    /// Text beside the button *Send*. `{link}` stands for the text `consent_link`, as a link if its address is known.
    consent: Words,
    consent_link: Words,
    send: Words,
    sending: Words,
    /// Precedes the link *Sign in* below the form.
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
    /// Label of the number of the request, after the request was sent.
    reference: Words,
    next: Words,
    /// Step in the list *What happens next*. `{n}` is the number of hours within which a manager contacts the sender.
    next_manager: Forms,
    next_account: Words,
    /// Step in the list *What happens next*. `{n}` is a number of hours, and `{link}` stands for the text `support`, as
    /// a link if its address is known.
    next_support: Forms,
    /// Replaces `next_support` if support has an email address, which then stands for `{link}`.
    next_support_email: Forms,
    support: Words,
    copy_sent: Words,
    again: Words,
}
}
