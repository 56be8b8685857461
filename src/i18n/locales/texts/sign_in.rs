use crate::i18n::locales::{Forms, Words};

texts! {
/// The sign-in form.
SignInText {
    title: Words,
    lead: Words,
    password: Words,
    signing_in: Words,
    wrong: Words,
    /// Message after too many failed attempts to sign in. `{n}` is the number of seconds to wait.
    locked: Forms,
    offline: Words,
    elsewhere: Words,
    /// Shown instead of the form if another site embeds the app.
    new_tab_lead: Words,
    /// Replaces `new_tab_lead` if the user came back without having signed in.
    new_tab_failed: Words,
    new_tab_open: Words,
    password_required: Words,
    /// Label of the PID field, which is shown if the API does not return the partner of the user.
    partner: Words,
    partner_hint: Words,
    partner_required: Words,
    partner_unknown: Words,
    /// Question before the link `contact_link` on the sign-in page.
    contact_question: Words,
    /// Text of the link to *Contact sales*.
    contact_link: Words,
}
}
