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
    apart: "For your safety, the password is asked for only in a tab of the account’s own. Sign in there and come back: this page goes on by itself.",
    apart_in_vain: "Nobody is signed in here yet. If you have signed in, this browser keeps cookies from pages inside other sites: work in the new tab.",
    apart_open: "Open in a new tab",
    password_required: "Type the password",
};
