//! Idempotency keys. The server performs a request that is repeated with the same key only once. The reply is stored in
//! the same transaction as the change, and for 24 hours the server returns the stored reply to every repetition.
//!
//! Transactions of requests that share a key run one after another. If several equal requests arrive at once, the first
//! request makes the change and the others find the stored reply. A request that fails changes no stored data and its
//! reply is not stored, so the caller can use the key again.

use axum::http::StatusCode;
use partner_api::{Endpoint, auth::IDEMPOTENCY_HEADER};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    auth::Actor,
    clock::later,
    endpoint::{Answer, Call},
    error::{Error, Result},
    rules,
    state::App,
    store::{
        Conn,
        idempotency::{self, KeyedRequest},
    },
};

/// Reads the idempotency key of a call by a signed-in user.
pub(crate) fn keyed<E: Endpoint>(actor: &Actor, call: &Call<E>) -> Result<KeyedRequest> {
    request(call, &format!("{} {}", actor.partner(), actor.user.user_id), &call.body)
}

/// Reads the idempotency key of a call that needs no session. Two requests with the same key count as the same request
/// if their `contents` are equal.
pub(crate) fn keyed_by_anyone<E: Endpoint>(call: &Call<E>, contents: &impl Serialize) -> Result<KeyedRequest> {
    request(call, "anyone", contents)
}

fn request<E: Endpoint>(call: &Call<E>, whose: &str, contents: &impl Serialize) -> Result<KeyedRequest> {
    const { assert!(E::NEEDS_IDEMPOTENCY_KEY, "the endpoint does not declare an idempotency key") };
    let header = call.headers.get(IDEMPOTENCY_HEADER).ok_or(Error::IdempotencyKeyMissing)?;
    let header = header.to_str().map_err(|_| Error::Malformed("The Idempotency-Key is not plain text"))?;
    let key = rules::idempotency_key(header)?.to_owned();
    let scope = format!("{whose} {} {}", E::METHOD.as_str(), E::ROUTE);
    let fingerprint = Sha256::digest(serde_json::to_vec(contents)?).to_vec();
    Ok(KeyedRequest { scope, key, fingerprint })
}

/// Returns the stored reply if the request repeats an earlier request. Fails if the key belongs to a different request.
pub(crate) async fn replay<E: Endpoint>(
    conn: &mut Conn,
    app: &App,
    request: &KeyedRequest,
) -> Result<Option<Answer<E>>> {
    let stored_since = later(app.now(), -rules::IDEMPOTENCY_TERM_MILLIS);
    let Some(stored) = idempotency::find(conn, request, stored_since).await? else { return Ok(None) };
    if stored.fingerprint != request.fingerprint {
        return Err(Error::IdempotencyConflict);
    }
    let status = StatusCode::from_u16(stored.status).map_err(|error| Error::Internal(error.into()))?;
    Ok(Some(Answer::replayed(status, stored.body)))
}

/// Stores the reply, so that [`replay`] can return it if the caller repeats the request.
pub(crate) async fn keep<E: Endpoint>(
    conn: &mut Conn,
    app: &App,
    request: &KeyedRequest,
    answer: &Answer<E>,
) -> Result<()> {
    idempotency::insert(conn, request, answer.status.as_u16(), &answer.body, app.now()).await?;
    Ok(())
}
