use crate::i18n::locales::{SignInText, en::forms};

pub const TEXT: SignInText = SignInText {
    title: "Sign in",
    lead: "The partner’s personal account: your clients and what they spend.",
    password: "Password",
    signing_in: "Signing in…",
    wrong: "The email or password is wrong.",
    locked: forms("Too many attempts. Wait {n} second and try again.", "Too many attempts. Wait {n} seconds and try again."),
    offline: "The server cannot be reached. Check your connection and try again.",
    elsewhere: "Taking you to the sign-in page…",
    new_tab_lead: "For your security, enter the password only in the account’s own tab. Sign in there and come back: this page then continues by itself.",
    new_tab_failed: "You are not signed in here yet. If you have already signed in, your browser blocks cookies on embedded pages: work in the new tab.",
    new_tab_open: "Open in a new tab",
    password_required: "Enter the password",
    partner: "PID of your partner project",
    partner_hint: "Starts with mcs. You find it in your contract and in the cloud’s project settings.",
    partner_required: "Enter the PID",
    partner_unknown: "There is no partner with this PID, or it is not yours.",
    contact_question: "Not a partner yet?",
    contact_link: "Contact sales",
};
