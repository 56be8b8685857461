//! The hash chain of the audit log: the hash of an entry covers the entry and the hash of the previous one.
//!
//! A changed entry no longer matches its hash. A deleted or inserted entry breaks the link between its neighbours. If
//! entries are cut off at the end, the last hash does not match the recorded one. Someone with full write access can
//! recompute the whole chain. To detect that, copy the last hash, which [`verify`] returns, to a place outside the
//! database.

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{super::Conn, Entry, Operation};

type Hash = [u8; 32];

/// The hash of an entry and the hash of the previous entry.
pub(super) struct Link {
    pub(super) before: Hash,
    pub(super) own: Hash,
}

/// The first error in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The entry with this number was changed.
    Changed(i64),
    /// Entries right before the entry with this number were deleted or inserted.
    Split(i64),
    /// The last entry does not match the recorded hash: recent entries were deleted, or added by another program.
    End,
}

/// Result of verifying an intact chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Number of entries in the chain.
    pub lines: i64,
    /// Number of entries that were written before the chain existed, and so cannot be verified.
    pub unchained: i64,
    /// Hash of the last entry, as hexadecimal digits.
    pub hash: String,
}

/// Computes the hashes of new entries. The caller must write the entries in the same transaction.
pub(super) async fn extend(
    conn: &mut Conn,
    operation: &Operation<'_>,
    entries: &[Entry<'_>],
) -> sqlx::Result<Vec<Link>> {
    // Read the last hash with an UPDATE, because it locks the row on both engines: another transaction that writes
    // entries waits until this one ends.
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

/// Computes the hash of an entry. The length of each text is hashed before the text, so that different entries never
/// produce the same input.
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

/// Verifies the whole log. The connection should be in a snapshot, because new entries during the verification would
/// look like an error.
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
