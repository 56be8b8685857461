//! English texts of the sign-in form.

use super::SignInText;
use crate::locales::en::forms;

pub(in crate::locales) const TEXT: SignInText = SignInText {
    title: "Sign in",
    lead: "The personal account of a partner: your clients, and what they spend.",
    password: "Password",
    signing_in: "Signing in…",
    wrong: "The email or the password is wrong.",
    locked: forms("Too many tries. Wait {n} second and try again.", "Too many tries. Wait {n} seconds and try again."),
    offline: "The server cannot be reached. Check your connection and try again.",
    elsewhere: "Taking you to the sign-in page…",
    password_required: "Type the password",
};
