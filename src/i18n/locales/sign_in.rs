//! The list of texts of the sign-in form, with what a translator has to know of each.

use super::{Forms, Words};

texts! {
/// The texts of the sign-in form, in one language.
SignInText {
    /// Sign-in page: title.
    title: Words,
    /// Sign-in page: who it is for.
    lead: Words,
    /// Field.
    password: Words,
    /// Button while signing in.
    signing_in: Words,
    /// Wrong email or password.
    wrong: Words,
    /// Too many tries. `{n}` seconds.
    locked: Forms,
    /// No network at sign-in.
    offline: Words,
    /// Somebody has to sign in elsewhere.
    elsewhere: Words,
    /// Inside a page of another site, where nobody signs in: why, and what to do.
    apart: Words,
    /// There, after coming back without a session.
    apart_in_vain: Words,
    /// There: link to the account itself.
    apart_open: Words,
    /// Field problem: password missing.
    password_required: Words,
    /// Field, where the API does not tell for which partner somebody acts.
    partner: Words,
    /// Under it.
    partner_hint: Words,
    /// Field problem: it is empty.
    partner_required: Words,
    /// Field problem: no such partner.
    partner_unknown: Words,
}
}
