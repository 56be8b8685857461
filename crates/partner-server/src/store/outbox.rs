//! Queue of emails. A transaction that causes an email also stores the email here, and a background job delivers the
//! email later. So a change is never stored without its email.

use partner_api::UnixTime;
use sqlx::Row;

use super::Conn;
use crate::locale::Locale;

/// Kind of email. It decides which module of `emails/` composes the email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Email to an invited client. The column `subject` has the id of the invitation.
    Invitation,
    /// Email to the sales mailbox. The column `subject` has the reference of the contact request.
    ContactSales,
    /// Confirmation to the sender of a contact request. The column `subject` has the reference of the contact request.
    ContactConfirmation,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Invitation, Self::ContactSales, Self::ContactConfirmation];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::ContactSales => "contact_sales",
            Self::ContactConfirmation => "contact_confirmation",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Clone, Debug)]
pub struct QueuedEmail {
    pub id: i64,
    /// Kind of the email; `None` if a newer program stored a kind that this program does not know.
    pub kind: Option<Kind>,
    /// Id of the invitation or reference of the contact request that the email is about.
    pub subject: String,
    pub locale: Locale,
    pub created_at: UnixTime,
    pub attempts: i64,
}

pub async fn add(conn: &mut Conn, kind: Kind, subject: &str, locale: Locale, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO outbox (kind, subject, locale, created_at, next_try_at) VALUES ($1, $2, $3, $4, $4)")
        .bind(kind.name())
        .bind(subject)
        .bind(locale.code())
        .bind(now.millis)
        .execute(conn)
        .await?;
    Ok(())
}

/// The emails that still wait for delivery.
pub struct Backlog {
    pub emails: i64,
    /// Time at which the oldest waiting email was queued.
    pub oldest: Option<UnixTime>,
}

pub async fn backlog(conn: &mut Conn) -> sqlx::Result<Backlog> {
    let row =
        sqlx::query("SELECT COUNT(*), MIN(created_at) FROM outbox WHERE delivered_at IS NULL AND failed_at IS NULL");
    let row = row.fetch_one(conn).await?;
    let oldest: Option<i64> = row.try_get(1)?;
    Ok(Backlog { emails: row.try_get(0)?, oldest: oldest.map(|millis| UnixTime { millis }) })
}

/// Returns the emails whose next delivery attempt is due, oldest first, at most 100.
pub async fn due(conn: &mut Conn, now: UnixTime) -> sqlx::Result<Vec<QueuedEmail>> {
    let rows = sqlx::query(
        "SELECT id, kind, subject, locale, created_at, attempts FROM outbox
         WHERE delivered_at IS NULL AND failed_at IS NULL AND next_try_at <= $1 ORDER BY id LIMIT 100",
    )
    .bind(now.millis)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(QueuedEmail {
                id: row.try_get(0)?,
                kind: Kind::named(row.try_get(1)?),
                subject: row.try_get(2)?,
                locale: Locale::of_code(row.try_get(3)?).unwrap_or(Locale::En),
                created_at: UnixTime { millis: row.try_get(4)? },
                attempts: row.try_get(5)?,
            })
        })
        .collect()
}

/// Reserves an email for a delivery attempt, so that no other process attempts to deliver the email before `until`.
/// Returns `false` if the email is no longer due.
pub async fn start_attempt(conn: &mut Conn, id: i64, now: UnixTime, until: UnixTime) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE outbox SET attempts = attempts + 1, next_try_at = $1
         WHERE id = $2 AND delivered_at IS NULL AND failed_at IS NULL AND next_try_at <= $3",
    )
    .bind(until.millis)
    .bind(id)
    .bind(now.millis)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn reschedule(conn: &mut Conn, id: i64, next_try_at: UnixTime) -> sqlx::Result<()> {
    let sql = "UPDATE outbox SET next_try_at = $1 WHERE id = $2";
    sqlx::query(sql).bind(next_try_at.millis).bind(id).execute(conn).await?;
    Ok(())
}

/// Marks an email as sent.
pub async fn finish(conn: &mut Conn, id: i64, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("UPDATE outbox SET delivered_at = $1 WHERE id = $2").bind(now.millis).bind(id).execute(conn).await?;
    Ok(())
}

/// Marks an email as failed. There are no further attempts.
pub async fn fail(conn: &mut Conn, id: i64, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("UPDATE outbox SET failed_at = $1 WHERE id = $2").bind(now.millis).bind(id).execute(conn).await?;
    Ok(())
}

/// Deletes an email that is no longer needed.
pub async fn discard(conn: &mut Conn, id: i64) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM outbox WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Deletes all emails of this kind about this subject that have not been sent.
pub async fn discard_unsent(conn: &mut Conn, kind: Kind, subject: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM outbox WHERE kind = $1 AND subject = $2 AND delivered_at IS NULL")
        .bind(kind.name())
        .bind(subject)
        .execute(conn)
        .await?;
    Ok(())
}

pub struct Undelivered {
    pub id: i64,
    pub kind: String,
    /// Id of the invitation or reference of the contact request that the email is about.
    pub subject: String,
    pub created_at: UnixTime,
    pub attempts: i64,
    pub next_try_at: UnixTime,
    pub failed_at: Option<UnixTime>,
}

/// Returns the emails that have not been sent, including failed ones, oldest first.
pub async fn undelivered(conn: &mut Conn) -> sqlx::Result<Vec<Undelivered>> {
    let rows = sqlx::query(
        "SELECT id, kind, subject, created_at, attempts, next_try_at, failed_at FROM outbox
         WHERE delivered_at IS NULL ORDER BY id",
    );
    let rows = rows.fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Undelivered {
                id: row.try_get(0)?,
                kind: row.try_get(1)?,
                subject: row.try_get(2)?,
                created_at: UnixTime { millis: row.try_get(3)? },
                attempts: row.try_get(4)?,
                next_try_at: UnixTime { millis: row.try_get(5)? },
                failed_at: row.try_get::<Option<i64>, _>(6)?.map(|millis| UnixTime { millis }),
            })
        })
        .collect()
}
