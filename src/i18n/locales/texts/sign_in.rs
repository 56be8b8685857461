use crate::i18n::locales::{Forms, Words};

texts! {
/// The sign-in form.
SignInText {
    title: Words,
    lead: Words,
    password: Words,
    signing_in: Words,
    wrong: Words,
    /// `{n}` seconds.
    locked: Forms,
    offline: Words,
    elsewhere: Words,
    /// The app is embedded in another site.
    new_tab_lead: Words,
    /// The same after the user came back without a session.
    new_tab_failed: Words,
    new_tab_open: Words,
    password_required: Words,
    /// Field that is shown if the API does not return the partner of the user.
    partner: Words,
    partner_hint: Words,
    partner_required: Words,
    partner_unknown: Words,
    /// Before the next text.
    contact_question: Words,
    /// Link to *Contact sales*.
    contact_link: Words,
}
}
