//! The list of texts of the sign-in form, with what a translator has to know of each.

pub(super) mod en;
pub(super) mod ru;

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
    /// Field problem: password missing.
    password_required: Words,
}
}
