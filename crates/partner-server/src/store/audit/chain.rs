//! The chain of the audit log: the hash of a line covers the line and the hash of the one before.
//!
//! A changed line does not have its own hash any more; a line that was taken out or put in parts its neighbours; lines
//! that were cut off at the end are missed by the head. Whoever may write everything can forge the whole chain anew: what
//! [`verify`] tells of its end, kept somewhere else, shows that as well.

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{super::Conn, Entry, Operation};

/// SHA-256.
type Hash = [u8; 32];

/// The hash of the line before, and a line's own.
pub(super) struct Link {
    pub(super) before: Hash,
    pub(super) own: Hash,
}

/// What is wrong with the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The line with this number is not what was written.
    Changed(i64),
    /// Before the line with this number, lines were taken out or put in.
    Split(i64),
    /// The newest lines are missing, or one was put in after them.
    End,
}

/// A chain without a flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many lines it has.
    pub lines: i64,
    /// How many lines are older than the chain; nothing is known of them.
    pub unchained: i64,
    /// Hash of the newest line, in hexadecimal digits.
    pub hash: String,
}

/// Hashes for lines that are about to be written, in the same transaction.
pub(super) async fn extend(
    conn: &mut Conn,
    operation: &Operation<'_>,
    entries: &[Entry<'_>],
) -> sqlx::Result<Vec<Link>> {
    // By a change, not by reading: so the next writer waits until this one is done, whatever the engine.
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let sql = "UPDATE audit_head SET lines = lines + $1 WHERE id = 1 RETURNING hash";
    let head: Vec<u8> = sqlx::query_scalar(sql).bind(count).fetch_one(&mut *conn).await?;
    let mut before: Hash = head.try_into().map_err(|_| sqlx::Error::Decode("a hash has 32 bytes".into()))?;
    let mut links = Vec::with_capacity(entries.len());
    for entry in entries {
        let own = hash(
            &before,
            operation.at.millis,
            &[
                Some(operation.actor),
                Some(operation.partner),
                Some(operation.action),
                Some(entry.subject),
                Some(entry.result),
                entry.before,
                entry.after,
                Some(operation.operation_id),
                Some(operation.request_id),
            ],
        );
        links.push(Link { before, own });
        before = own;
    }
    let sql = "UPDATE audit_head SET hash = $1 WHERE id = 1";
    sqlx::query(sql).bind(before.to_vec()).execute(conn).await?;
    Ok(links)
}

/// Each text with its length, so that no two lines are written alike.
fn hash(before: &[u8], at: i64, texts: &[Option<&str>]) -> Hash {
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update(at.to_be_bytes());
    for text in texts {
        match text {
            Some(text) => {
                digest.update([1]);
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text);
            }
            None => digest.update([0]),
        }
    }
    digest.finalize().into()
}

/// Reads the log from its beginning; the first flaw that it has, if it has one. All of one moment, where the connection is
/// in a transaction.
pub async fn verify(conn: &mut Conn) -> sqlx::Result<Result<Verified, Broken>> {
    let head =
        sqlx::query("SELECT hash, lines, unchained_seq FROM audit_head WHERE id = 1").fetch_one(&mut *conn).await?;
    let (end, lines, unchained_seq): (Vec<u8>, i64, i64) = (head.try_get(0)?, head.try_get(1)?, head.try_get(2)?);
    let sql = "SELECT COUNT(*) FROM audit WHERE seq <= $1";
    let unchained = sqlx::query_scalar(sql).bind(unchained_seq).fetch_one(&mut *conn).await?;

    let sql = "SELECT at, actor, partner_pid, action, subject, result, before, after, operation_id, request_id, seq,
               prev_hash, hash FROM audit WHERE seq > $1 ORDER BY seq";
    let mut rows = sqlx::query(sql).bind(unchained_seq).fetch(conn);
    let (mut before, mut count) = (vec![0; 32], 0);
    while let Some(row) = rows.try_next().await? {
        let (seq, at): (i64, i64) = (row.try_get(10)?, row.try_get(0)?);
        let (prev, own): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.try_get(11)?, row.try_get(12)?);
        let (Some(prev), Some(own)) = (prev, own) else { return Ok(Err(Broken::Changed(seq))) };
        let texts: Vec<Option<&str>> = (1..10).map(|column| row.try_get(column)).collect::<sqlx::Result<_>>()?;
        if hash(&prev, at, &texts)[..] != own[..] {
            return Ok(Err(Broken::Changed(seq)));
        }
        if prev != before {
            return Ok(Err(Broken::Split(seq)));
        }
        (before, count) = (own, count + 1);
    }
    if before != end || count != lines {
        return Ok(Err(Broken::End));
    }
    Ok(Ok(Verified { lines, unchained, hash: data_encoding::HEXLOWER.encode(&end) }))
}
