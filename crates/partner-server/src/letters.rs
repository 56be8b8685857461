//! Letters: plain text in the reader's language, taken from the outbox and written into `<data>/letters/`.
//!
//! Delivery is at least once. The token of a letter's link is made when the letter is written and replaces the one
//! before, so neither the database nor the outbox ever holds a link that works; of two letters the later one works.

use std::{path::PathBuf, time::Duration};

use anyhow::Context;
use axum::http::{HeaderMap, header};
use lettre::{
    AsyncFileTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use partner_api::UnixTime;
use time::{OffsetDateTime, UtcOffset};
use tokio::sync::{Mutex, Notify};

use crate::{
    app::App,
    auth::session::digest,
    clock::{later, random_token},
    config::Settings,
    error::Result,
    rules::Locale,
    store::outbox::{self, LetterFacts, WaitingLetter},
};

/// How often the outbox is looked into when nobody woke it.
const PATROL: Duration = Duration::from_secs(5);
/// The longest wait between two tries, in seconds.
const MAX_WAIT_SECS: i64 = 3_600;

/// What delivering needs.
pub(crate) struct Letters {
    folder: PathBuf,
    woken: Notify,
    /// One delivery at a time: two would write a letter twice.
    delivering: Mutex<()>,
}

impl Letters {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { folder: settings.data.join("letters"), woken: Notify::new(), delivering: Mutex::new(()) }
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
    let token = random_token(&*app.entropy);
    let mut tx = app.store.begin().await?;
    if letter.invitation.is_some() {
        let next_try_at = later(app.now(), wait_secs(letter.attempts) * 1000);
        outbox::start_try(&mut tx, letter, &digest(&token), next_try_at).await?;
    } else {
        outbox::finish(&mut tx, letter, false, app.now()).await?;
    }
    tx.commit().await?;

    let Some(facts) = &letter.invitation else { return Ok(()) };
    if let Err(error) = write(app, facts, letter.locale, &token).await {
        tracing::error!(error = format!("{error:#}"), letter = letter.id, "a letter was not delivered");
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    outbox::finish(&mut tx, letter, true, app.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// 10 seconds, then twice as long each time, up to an hour.
fn wait_secs(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 16)).unwrap_or(16);
    (10_i64 << doublings).min(MAX_WAIT_SECS)
}

async fn write(app: &App, facts: &LetterFacts, locale: Locale, token: &str) -> anyhow::Result<()> {
    let folder = &app.letters.folder;
    tokio::fs::create_dir_all(folder).await.with_context(|| format!("cannot create {}", folder.display()))?;
    let link = format!("{}/partner/app/{}/invitation#token={token}", app.settings.public_url, locale.code());
    let message = message(facts, locale, &link)?;
    AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await?;
    Ok(())
}

fn message(facts: &LetterFacts, locale: Locale, link: &str) -> anyhow::Result<Message> {
    let (subject, text) = compose(facts, locale, link);
    Ok(Message::builder()
        .from(Mailbox::new(None, "no-reply@partner.example".parse()?))
        .to(Mailbox::new(facts.name.clone(), mailable(&facts.email).parse()?))
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(text)?)
}

/// The address with its domain in ASCII: what every mail server takes.
fn mailable(email: &str) -> String {
    let Some((local, domain)) = email.rsplit_once('@') else { return email.to_owned() };
    format!("{local}@{}", idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned()))
}

fn compose(facts: &LetterFacts, locale: Locale, link: &str) -> (String, String) {
    let until = date(facts.expires_at, locale);
    let partner = facts.partner_title.as_deref();
    match locale {
        Locale::En => {
            let greeting = facts.name.as_ref().map_or("Hello!".into(), |name| format!("Hello, {name}!"));
            let partner = partner.unwrap_or("A partner");
            (
                "Invitation to the cloud".into(),
                format!(
                    "{greeting}\n\n{partner} invites you to become a client in the cloud.\n\n\
                     To accept, open this link:\n{link}\n\nThe link works until {until} (Moscow time).\n\n\
                     If you did not expect this letter, do nothing.\n"
                ),
            )
        }
        Locale::Ru => {
            let greeting =
                facts.name.as_ref().map_or("Здравствуйте!".into(), |name| format!("Здравствуйте, {name}!"));
            let partner = partner.map_or("Партнер".into(), |title| format!("Партнер «{title}»"));
            (
                "Приглашение в облако".into(),
                format!(
                    "{greeting}\n\n{partner} приглашает вас стать клиентом облака.\n\n\
                     Чтобы принять приглашение, откройте ссылку:\n{link}\n\nСсылка действует до {until} \
                     (московское время).\n\nЕсли вы не ждали этого письма, ничего не делайте.\n"
                ),
            )
        }
    }
}

/// Day and time in Moscow, UTC+3.
fn date(at: UnixTime, locale: Locale) -> String {
    const RU: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    let moscow = UtcOffset::from_hms(3, 0, 0).unwrap_or(UtcOffset::UTC);
    let Ok(at) = OffsetDateTime::from_unix_timestamp(at.secs()) else { return String::new() };
    let at = at.to_offset(moscow);
    let (day, month, year, hour, minute) = (at.day(), at.month(), at.year(), at.hour(), at.minute());
    match locale {
        Locale::En => format!("{day} {month} {year}, {hour:02}:{minute:02}"),
        Locale::Ru => format!("{day} {} {year} г., {hour:02}:{minute:02}", RU[usize::from(u8::from(month)) - 1]),
    }
}
