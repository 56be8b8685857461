//! Delivers the emails in the outbox. An email can be sent twice, for example if the process ends before it records the
//! delivery.
//!
//! The token of an invitation link is created when the email is composed, and replaces the previous token. So neither
//! the database nor the outbox contains a working link, and of two emails only the link in the later email works.
//! Several processes can share an outbox, because a process reserves an email for two minutes before each attempt.

use std::time::Duration;

use crate::{
    clock::later,
    emails::{contact, invitation, mailer::Undelivered},
    error::Result,
    state::App,
    store::{
        Conn, invitations,
        outbox::{self, Kind, QueuedEmail},
    },
};

/// Interval at which the job checks the outbox if nothing wakes it.
const INTERVAL: Duration = Duration::from_secs(5);
/// The longest time between two attempts, in seconds.
const MAX_WAIT_SECS: i64 = 3_600;
/// Time after which an email that could not be sent counts as failed.
const MAX_AGE_MILLIS: i64 = 2 * 24 * 60 * 60 * 1000;
/// Time limit for one delivery attempt.
const SEND_TIMEOUT: Duration = Duration::from_secs(60);
/// Time for which a process reserves an email when it starts an attempt. The time is longer than [`SEND_TIMEOUT`],
/// because the clocks of two processes can differ.
const LEASE_MILLIS: i64 = 120 * 1000;

impl App {
    /// Attempts to deliver every email that is due.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn deliver_emails(&self) -> anyhow::Result<()> {
        deliver_due(self).await.map_err(Into::into)
    }
}

/// Delivers emails until the task is aborted.
pub(crate) async fn run(app: App) {
    loop {
        if let Err(error) = deliver_due(&app).await {
            tracing::error!(%error, "cannot deliver emails");
        }
        let _ = tokio::time::timeout(INTERVAL, app.mailer.wait_for_wake()).await;
    }
}

async fn deliver_due(app: &App) -> Result<()> {
    let _only = app.mailer.lock().await;
    loop {
        let due = outbox::due(&mut *app.store.read().await?, app.now()).await?;
        if due.is_empty() {
            return Ok(());
        }
        for email in due {
            deliver(app, &email).await?;
        }
    }
}

async fn deliver(app: &App, email: &QueuedEmail) -> Result<()> {
    let mut tx = app.store.begin().await?;
    let began = app.now();
    if !outbox::start_attempt(&mut tx, email.id, began, later(began, LEASE_MILLIS)).await? {
        return Ok(());
    }
    let composed = match email.kind {
        Some(Kind::Invitation) => invitation::compose(app, &mut tx, email).await?,
        Some(Kind::ContactSales) => contact::compose_for_sales(app, &mut tx, email).await?,
        Some(Kind::ContactConfirmation) => contact::compose_confirmation(app, &mut tx, email).await?,
        None => {
            tracing::warn!(email_id = email.id, "unknown kind of email; a newer program has to send it");
            tx.commit().await?;
            return Ok(());
        }
    };
    let Some(composed) = composed else {
        outbox::discard(&mut tx, email.id).await?;
        tx.commit().await?;
        return Ok(());
    };
    tx.commit().await?;

    let sent = match composed {
        Ok(message) => match tokio::time::timeout(SEND_TIMEOUT, app.mailer.send(message, email.id)).await {
            Ok(sent) => sent,
            Err(error) => Err(Undelivered { error: error.into(), is_final: false }),
        },
        Err(error) => Err(Undelivered { error, is_final: true }),
    };
    let mut tx = app.store.begin().await?;
    match sent {
        Ok(()) => {
            outbox::finish(&mut tx, email.id, app.now()).await?;
            record_sent(app, &mut tx, email).await?;
        }
        Err(Undelivered { error, is_final }) => {
            let has_failed = is_final || app.now().millis - email.created_at.millis >= MAX_AGE_MILLIS;
            let error = format!("{error:#}");
            tracing::error!(error, email_id = email.id, has_failed, "cannot send an email");
            outbox::reschedule(&mut tx, email.id, later(began, wait_secs(email.attempts) * 1000)).await?;
            if has_failed {
                outbox::fail(&mut tx, email.id, app.now()).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn record_sent(app: &App, conn: &mut Conn, email: &QueuedEmail) -> Result<()> {
    if email.kind == Some(Kind::Invitation) {
        invitations::set_sent(conn, &email.subject, app.now()).await?;
    }
    Ok(())
}

/// Returns the time until the next attempt in seconds: 10, then twice as long each time, up to an hour.
fn wait_secs(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 16)).unwrap_or(16);
    (10_i64 << doublings).min(MAX_WAIT_SECS)
}
