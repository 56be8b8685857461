//! Stored replies by idempotency key. A reply is stored in the same transaction as the change that the request makes,
//! so that both are stored or neither is.

use partner_api::UnixTime;
use sqlx::Row;

use super::Conn;

pub struct KeyedRequest {
    /// Partner and user (or `anyone`) and endpoint. The same key in another scope is a different key.
    pub scope: String,
    pub key: String,
    /// SHA-256 of the request's contents. A different hash shows that the caller uses the key for a different request.
    pub fingerprint: Vec<u8>,
}

pub struct StoredReply {
    pub fingerprint: Vec<u8>,
    pub status: u16,
    pub body: String,
}

pub async fn find(conn: &mut Conn, request: &KeyedRequest, kept_since: UnixTime) -> sqlx::Result<Option<StoredReply>> {
    let old = "DELETE FROM idempotency WHERE scope = $1 AND key = $2 AND created_at < $3";
    let old = sqlx::query(old).bind(&request.scope).bind(&request.key).bind(kept_since.millis);
    old.execute(&mut *conn).await?;
    let row = sqlx::query("SELECT fingerprint, status, body FROM idempotency WHERE scope = $1 AND key = $2")
        .bind(&request.scope)
        .bind(&request.key)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let status = u16::try_from(row.try_get::<i64, _>(1)?).unwrap_or_default();
        Ok(StoredReply { fingerprint: row.try_get(0)?, status, body: row.try_get(2)? })
    })
    .transpose()
}

pub async fn delete_expired(conn: &mut Conn, kept_since: UnixTime) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM idempotency WHERE created_at < $1").bind(kept_since.millis).execute(conn).await?;
    Ok(())
}

pub async fn insert(
    conn: &mut Conn,
    request: &KeyedRequest,
    status: u16,
    body: &str,
    now: UnixTime,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO idempotency (scope, key, fingerprint, status, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&request.scope)
    .bind(&request.key)
    .bind(&request.fingerprint)
    .bind(i64::from(status))
    .bind(body)
    .bind(now.millis)
    .execute(conn)
    .await?;
    Ok(())
}
