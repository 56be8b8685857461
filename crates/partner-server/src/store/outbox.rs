//! Letters that wait to be written. A row is stored in the transaction of its reason and delivered after it.

use partner_api::UnixTime;
use sqlx::Row;

use super::Conn;
use crate::rules::Locale;

/// A letter to write.
#[derive(Clone, Debug)]
pub(crate) struct WaitingLetter {
    pub(crate) id: i64,
    pub(crate) iid: String,
    pub(crate) locale: Locale,
    pub(crate) attempts: i64,
    /// What the letter says; `None` where the invitation is no longer pending.
    pub(crate) invitation: Option<LetterFacts>,
}

/// What a letter says.
#[derive(Clone, Debug)]
pub(crate) struct LetterFacts {
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) partner_title: Option<String>,
    pub(crate) expires_at: UnixTime,
}

pub(crate) async fn add(conn: &mut Conn, iid: &str, locale: Locale, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO outbox (iid, locale, created_at, next_try_at) VALUES ($1, $2, $3, $3)")
        .bind(iid)
        .bind(locale.code())
        .bind(now.millis)
        .execute(conn)
        .await?;
    Ok(())
}

/// The letters whose time has come, oldest first.
pub(crate) async fn waiting(conn: &mut Conn, now: UnixTime) -> sqlx::Result<Vec<WaitingLetter>> {
    let rows = sqlx::query(
        "SELECT o.id, o.iid, o.locale, o.attempts, i.state, i.email, i.name, p.title, i.expires_at
         FROM outbox o JOIN invitations i ON i.iid = o.iid JOIN partners p ON p.pid = i.partner_pid
         WHERE o.delivered_at IS NULL AND o.next_try_at <= $1 ORDER BY o.id LIMIT 100",
    )
    .bind(now.millis)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let is_pending = row.try_get::<&str, _>(4)? == "pending";
            let facts = || -> sqlx::Result<LetterFacts> {
                Ok(LetterFacts {
                    email: row.try_get(5)?,
                    name: row.try_get(6)?,
                    partner_title: row.try_get(7)?,
                    expires_at: UnixTime { millis: row.try_get(8)? },
                })
            };
            Ok(WaitingLetter {
                id: row.try_get(0)?,
                iid: row.try_get(1)?,
                locale: Locale::named(row.try_get(2)?).unwrap_or(Locale::En),
                attempts: row.try_get(3)?,
                invitation: is_pending.then(facts).transpose()?,
            })
        })
        .collect()
}

/// A try begins: the letter's link is the one that works from now on, and the next try is due if this one fails.
pub(crate) async fn start_try(
    conn: &mut Conn,
    letter: &WaitingLetter,
    token_hash: &[u8],
    next_try_at: UnixTime,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE invitations SET token_hash = $1 WHERE iid = $2 AND state = 'pending'")
        .bind(token_hash)
        .bind(&letter.iid)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE outbox SET attempts = attempts + 1, next_try_at = $1 WHERE id = $2")
        .bind(next_try_at.millis)
        .bind(letter.id)
        .execute(conn)
        .await?;
    Ok(())
}

/// The letter left, or has no reason any more.
pub(crate) async fn finish(conn: &mut Conn, letter: &WaitingLetter, is_sent: bool, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("UPDATE outbox SET delivered_at = $1 WHERE id = $2")
        .bind(now.millis)
        .bind(letter.id)
        .execute(&mut *conn)
        .await?;
    if is_sent {
        sqlx::query("UPDATE invitations SET sent_at = $1 WHERE iid = $2")
            .bind(now.millis)
            .bind(&letter.iid)
            .execute(conn)
            .await?;
    }
    Ok(())
}
