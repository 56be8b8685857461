//! Idempotency keys: a repeated request has one effect. The reply is stored in the transaction of the effect and returned
//! to every repetition.
//!
//! Writing transactions run one after another. Of several equal requests at once, the first one has the effect and the
//! others find its reply. A refusal has no effect and is not stored, so its key can be used again.

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

/// The idempotency key of a signed-in user's call.
pub(crate) fn keyed<E: Endpoint>(actor: &Actor, call: &Call<E>) -> Result<KeyedRequest> {
    request(call, &format!("{} {}", actor.partner(), actor.user.user_id), &call.body)
}

/// The idempotency key of a call that needs no session. Two requests are equal if their `contents` are.
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

/// The stored reply, if the request is a repetition.
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

/// Stores the reply for repetitions.
pub(crate) async fn keep<E: Endpoint>(
    conn: &mut Conn,
    app: &App,
    request: &KeyedRequest,
    answer: &Answer<E>,
) -> Result<()> {
    idempotency::insert(conn, request, answer.status.as_u16(), &answer.body, app.now()).await?;
    Ok(())
}
