//! Letters in the reader's language, taken from the outbox and sent: by SMTP, or into `<data>/letters/`.
//!
//! Delivery is at least once. The token of a letter's link is made when the letter is written and replaces the one
//! before, so neither the database nor the outbox ever holds a link that works; of two letters the later one works.
//! Several processes may share an outbox: who begins a try has the letter to itself for two minutes.
//! To add a letter, add a `Kind`, a module that composes it, and its arms in `write` and `left`.

mod compose;
mod contact;
pub(crate) mod invitation;
mod post;

use std::time::Duration;

use axum::http::{HeaderMap, header};
use tokio::sync::{Mutex, Notify};

use self::post::{Post, Undelivered};
pub use self::post::{SmtpUrl, is_mailbox};
use crate::{
    app::App,
    clock::later,
    config::Settings,
    error::Result,
    rules::Locale,
    store::{
        Conn,
        outbox::{self, Kind, WaitingLetter},
    },
};

/// How often the outbox is looked into when nobody woke it.
const PATROL: Duration = Duration::from_secs(5);
/// The longest wait between two tries, in seconds.
const MAX_WAIT_SECS: i64 = 3_600;
/// A letter that did not leave for so long is given up.
const MAX_AGE_MILLIS: i64 = 2 * 24 * 60 * 60 * 1000;

/// A try that takes longer is given up.
const SENDING: Duration = Duration::from_secs(60);
/// Nobody else tries a letter for so long after a try began, which is longer than [`SENDING`] by what clocks may differ.
const LEASE_MILLIS: i64 = 120 * 1000;

/// What delivering needs.
pub(crate) struct Letters {
    post: Post,
    woken: Notify,
    /// One delivery at a time: two would write a letter twice.
    delivering: Mutex<()>,
}

impl Letters {
    pub(crate) fn new(settings: &Settings) -> anyhow::Result<Self> {
        Ok(Self { post: Post::new(settings)?, woken: Notify::new(), delivering: Mutex::new(()) })
    }

    /// There is a letter to deliver.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }
}

/// The language that the request prefers.
pub(crate) fn locale_for(headers: &HeaderMap) -> Locale {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::accepted(accepted.unwrap_or_default())
}

/// Delivers for ever.
pub(crate) async fn run(app: App) {
    loop {
        if let Err(error) = deliver_waiting(&app).await {
            tracing::error!(%error, "letters were not delivered");
        }
        let _ = tokio::time::timeout(PATROL, app.letters.woken.notified()).await;
    }
}

/// Delivers every letter whose time has come.
pub(crate) async fn deliver_waiting(app: &App) -> Result<()> {
    let _alone = app.letters.delivering.lock().await;
    loop {
        let waiting = outbox::waiting(&mut *app.store.read().await?, app.now()).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        for letter in waiting {
            deliver(app, &letter).await?;
        }
    }
}

async fn deliver(app: &App, letter: &WaitingLetter) -> Result<()> {
    let mut tx = app.store.begin().await?;
    let began = app.now();
    if !outbox::start_try(&mut tx, letter.id, began, later(began, LEASE_MILLIS)).await? {
        return Ok(());
    }
    let written = match letter.kind {
        Some(Kind::Invitation) => invitation::write(app, &mut tx, letter).await?,
        Some(Kind::ContactSales) => contact::write_to_sales(app, &mut tx, letter).await?,
        Some(Kind::ContactConfirmation) => contact::write_confirmation(app, &mut tx, letter).await?,
        None => {
            tracing::warn!(letter = letter.id, "a letter of a kind that this program does not know waits on");
            tx.commit().await?;
            return Ok(());
        }
    };
    let Some(written) = written else {
        outbox::drop_letter(&mut tx, letter.id).await?;
        tx.commit().await?;
        return Ok(());
    };
    tx.commit().await?;

    let sent = match written {
        Ok(written) => match tokio::time::timeout(SENDING, app.letters.post.send(written, letter.id)).await {
            Ok(sent) => sent,
            Err(error) => Err(Undelivered { error: error.into(), is_final: false }),
        },
        Err(error) => Err(Undelivered { error, is_final: true }),
    };
    let mut tx = app.store.begin().await?;
    match sent {
        Ok(()) => {
            outbox::finish(&mut tx, letter.id, app.now()).await?;
            left(app, &mut tx, letter).await?;
        }
        Err(Undelivered { error, is_final }) => {
            let is_given_up = is_final || app.now().millis - letter.created_at.millis >= MAX_AGE_MILLIS;
            let error = format!("{error:#}");
            tracing::error!(error, letter = letter.id, is_given_up, "a letter was not delivered");
            outbox::put_off(&mut tx, letter.id, later(began, wait_secs(letter.attempts) * 1000)).await?;
            if is_given_up {
                outbox::give_up(&mut tx, letter.id, app.now()).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What is to be noted of a letter that left.
async fn left(app: &App, conn: &mut Conn, letter: &WaitingLetter) -> Result<()> {
    if letter.kind == Some(Kind::Invitation) {
        crate::store::invitations::set_sent(conn, &letter.subject, app.now()).await?;
    }
    Ok(())
}

/// 10 seconds, then twice as long each time, up to an hour.
fn wait_secs(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 16)).unwrap_or(16);
    (10_i64 << doublings).min(MAX_WAIT_SECS)
}
