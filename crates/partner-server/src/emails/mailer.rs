//! Sends emails by SMTP or, if no mail server is configured, writes them as files into the data folder.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message as MimeMessage, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{self, response::Category},
};
use tokio::sync::{Mutex, MutexGuard, Notify};

use super::message::Message;
use crate::config::Settings;

/// Time limit for each reply of the mail server.
const SMTP_TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) struct Undelivered {
    pub(crate) error: anyhow::Error,
    /// Whether another attempt to deliver the email would fail in the same way.
    pub(crate) is_final: bool,
}

pub(crate) struct Mailer {
    from: Mailbox,
    transport: Transport,
    wake_signal: Notify,
    /// Locked during a delivery pass, so that only one pass of this process runs at a time.
    delivering: Mutex<()>,
}

enum Transport {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Mailer {
    pub(crate) fn new(settings: &Settings) -> anyhow::Result<Self> {
        let transport = match &settings.smtp_url {
            None => Transport::Folder(folder(&settings.data)),
            Some(url) => {
                let smtp = url.transport().context("the mail server's URL is not valid")?;
                Transport::Smtp(smtp.timeout(Some(SMTP_TIMEOUT)).build())
            }
        };
        let from = settings.mail_from.parse().context("the sender of emails is not a valid address")?;
        Ok(Self { from, transport, wake_signal: Notify::new(), delivering: Mutex::new(()) })
    }

    /// Makes the delivery job check the outbox now instead of at the next interval.
    pub(crate) fn wake(&self) {
        self.wake_signal.notify_one();
    }

    pub(crate) async fn wait_for_wake(&self) {
        self.wake_signal.notified().await;
    }

    /// Waits until no other delivery pass of this process is running. Other passes wait until the guard is dropped.
    pub(crate) async fn lock(&self) -> MutexGuard<'_, ()> {
        self.delivering.lock().await
    }

    pub(crate) async fn send(&self, message: Message, id: i64) -> Result<(), Undelivered> {
        let builder = MimeMessage::builder().from(self.from.clone()).to(message.to).subject(message.subject);
        let builder = match message.reply_to {
            Some(mailbox) => builder.reply_to(mailbox),
            None => builder,
        };
        let message = builder
            .multipart(MultiPart::alternative_plain_html(message.text, message.html))
            .map_err(|error| Undelivered { error: error.into(), is_final: true })?;
        match &self.transport {
            Transport::Folder(folder) => {
                write_file(folder, message, id).await.map_err(|error| Undelivered { error, is_final: false })
            }
            Transport::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(Undelivered { is_final: is_final(&error), error: error.into() }),
            },
        }
    }
}

/// Returns the folder for emails: `emails` in the data folder, or `letters` if an older version of the program created
/// that folder.
fn folder(data: &Path) -> PathBuf {
    let (folder, older) = (data.join("emails"), data.join("letters"));
    if !folder.is_dir() && older.is_dir() { older } else { folder }
}

async fn write_file(folder: &PathBuf, message: MimeMessage, id: i64) -> anyhow::Result<()> {
    tokio::fs::create_dir_all(folder).await.with_context(|| format!("cannot create {}", folder.display()))?;
    let name = AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await?;
    let file = folder.join(format!("{name}.eml"));
    tracing::info!(email_id = id, file = %file.display(), "no mail server is configured; wrote the email to a file");
    Ok(())
}

/// Whether a delivery error is final: the mail server rejects this email (55x), or lettre cannot use the server, for
/// example because the server lacks an extension that the address needs. All other errors can be temporary, even a
/// wrong password, because an operator can correct the password.
fn is_final(error: &smtp::Error) -> bool {
    let is_refused = error.status().is_some_and(|status| status.category == Category::MailSystem);
    error.is_client() || (error.is_permanent() && is_refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_stay_in_a_folder_that_an_older_program_made() {
        let data = tempfile::TempDir::new().unwrap();
        assert_eq!(folder(data.path()), data.path().join("emails"));
        std::fs::create_dir(data.path().join("letters")).unwrap();
        assert_eq!(folder(data.path()), data.path().join("letters"));
        std::fs::create_dir(data.path().join("emails")).unwrap();
        assert_eq!(folder(data.path()), data.path().join("emails"));
    }
}
