//! How letters leave: by SMTP, or, where none is configured, as files in a folder.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use anyhow::Context;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{self, response::Category},
};

use super::compose::Letter;
use crate::config::Settings;

/// A mail server that says nothing for so long is given up, until the next try.
const PATIENCE: Duration = Duration::from_secs(30);

/// Address of a mail server, as lettre reads it: `smtps://user:password@host:465`, or `smtp://host:587?tls=required`.
/// It may hold a password, so it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

impl FromStr for SmtpUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_url = AsyncSmtpTransport::<Tokio1Executor>::from_url(text).is_ok();
        is_url.then(|| Self(text.to_owned())).ok_or("not an address as smtps://user:password@host:465")
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

/// Whether a text can stand in `From:` and `To:`, as `Partner account <no-reply@partner.example>`.
///
/// # Errors
/// It cannot; in words.
pub fn is_mailbox(text: &str) -> Result<String, String> {
    text.parse::<Mailbox>().map(|_| text.to_owned()).map_err(|error| error.to_string())
}

/// Why a letter did not leave.
pub(crate) struct Undelivered {
    pub(crate) error: anyhow::Error,
    /// Another try would end the same.
    pub(crate) is_final: bool,
}

/// The way out.
pub(crate) struct Post {
    from: Mailbox,
    way: Way,
}

enum Way {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Post {
    pub(crate) fn new(settings: &Settings) -> anyhow::Result<Self> {
        let way = match &settings.smtp_url {
            None => Way::Folder(settings.data.join("letters")),
            Some(SmtpUrl(url)) => {
                let smtp =
                    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).context("the address of the mail server")?;
                Way::Smtp(smtp.timeout(Some(PATIENCE)).build())
            }
        };
        Ok(Self { from: settings.mail_from.parse().context("the sender of letters")?, way })
    }

    pub(crate) async fn send(&self, letter: Letter, id: i64) -> Result<(), Undelivered> {
        let head = Message::builder().from(self.from.clone()).to(letter.to).subject(letter.subject);
        let head = match letter.reply_to {
            Some(mailbox) => head.reply_to(mailbox),
            None => head,
        };
        let message = head
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
            .map_err(|error| Undelivered { error: error.into(), is_final: true })?;
        match &self.way {
            Way::Folder(folder) => {
                into_folder(folder, message, id).await.map_err(|error| Undelivered { error, is_final: false })
            }
            Way::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(Undelivered { is_final: is_final(&error), error: error.into() }),
            },
        }
    }
}

async fn into_folder(folder: &PathBuf, message: Message, id: i64) -> anyhow::Result<()> {
    tokio::fs::create_dir_all(folder).await.with_context(|| format!("cannot create {}", folder.display()))?;
    let name = AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await?;
    let file = folder.join(format!("{name}.eml"));
    tracing::info!(letter = id, file = %file.display(), "a letter was written: there is no mail server");
    Ok(())
}

/// The server refuses this letter (55x), or the address needs what the server cannot do. Anything else may pass: no
/// connection, a server that is busy, even a wrong password, which an operator can set right.
fn is_final(error: &smtp::Error) -> bool {
    let is_refused = error.status().is_some_and(|status| status.category == Category::MailSystem);
    error.is_client() || (error.is_permanent() && is_refused)
}
