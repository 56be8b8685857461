//! Parses mail server URLs and mailboxes from the configuration.

use std::{fmt, str::FromStr};

use lettre::{
    AsyncSmtpTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{AsyncSmtpTransportBuilder, Error},
};

/// URL of a mail server in lettre's form: `smtps://user:password@host:465`, or `smtp://host:587?tls=required`. `Debug`
/// hides the URL, because it may contain a password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

impl SmtpUrl {
    pub(super) fn transport(&self) -> Result<AsyncSmtpTransportBuilder, Error> {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.0)
    }
}

impl FromStr for SmtpUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Self(text.to_owned());
        if url.transport().is_ok() { Ok(url) } else { Err("must have the form smtps://user:password@host:465") }
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

/// Validates a mailbox for the headers `From` and `To`, for example `Partner account <no-reply@partner.example>`.
///
/// # Errors
/// Returns the reason why the text is not a mailbox.
pub fn parse_mailbox(text: &str) -> Result<String, String> {
    text.parse::<Mailbox>().map(|_| text.to_owned()).map_err(|error| error.to_string())
}
