//! The list of texts of *Contact sales*, with what a translator has to know of each.

use super::{Forms, Words};

texts! {
/// What leads to *Contact sales* from elsewhere, in one language.
ContactLinkText {
    /// Before the link.
    question: Words,
    /// The link.
    link: Words,
}
}

texts! {
/// The texts of *Contact sales*, in one language.
ContactText {
    /// Title of the page.
    title: Words,
    /// Under the title. `{n}` hours within which a manager gets in touch.
    lead: Forms,
    /// Under the title, for who is signed in. `{n}` hours within which a manager gets in touch.
    lead_known: Forms,

    /// Heading of what the account knows.
    known: Words,
    /// Field: whom to contact.
    name: Words,
    /// Field.
    email: Words,
    /// Under the email field.
    email_hint: Words,
    /// Field.
    phone: Words,
    /// Field: name of the company.
    company: Words,
    /// Field of several lines.
    message: Words,
    /// Under the message field.
    message_hint: Words,
    /// Label of the field that people do not see.
    trap: Words,
    /// Under the button. `{link}` stands for the next text.
    consent: Words,
    /// The link in the text before.
    consent_link: Words,
    /// Button.
    send: Words,
    /// The button while it sends.
    sending: Words,
    /// Before the link to the account, for who is not signed in.
    partner_already: Words,

    /// Field problem.
    name_required: Words,
    /// Field problem.
    phone_required: Words,
    /// Field problem.
    company_required: Words,
    /// Field problem: a message may have line breaks, and nothing else that is invisible.
    message_control: Words,
    /// Too many requests, a short wait. `{n}` minutes.
    wait_minutes: Forms,
    /// Too many requests, a long wait. `{n}` hours.
    wait_hours: Forms,
    /// After either: nothing is lost.
    kept: Words,

    /// Title after sending.
    sent: Words,
    /// Before the number of the request.
    reference: Words,
    /// Heading of what happens after sending.
    next: Words,
    /// What happens. `{n}` hours within which.
    next_manager: Forms,
    /// Where the account will be. `{link}` is its address.
    next_account: Words,
    /// What to do when nothing happened. `{n}` hours within which; `{link}` stands for the text `support`.
    next_support: Forms,
    /// The same where `{link}` stands for an email address.
    next_support_email: Forms,
    /// Names support.
    support: Words,
    /// The same was sent by letter. `{email}`.
    letter: Words,
    /// Button: the form again.
    again: Words,
}
}
