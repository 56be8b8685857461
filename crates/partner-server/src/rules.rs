//! Rules that only the server needs. Rules that the server shares with the app are in `partner_api::rules`. This module
//! does no I/O.

use std::collections::HashSet;

use partner_api::{
    Outcome, OutcomeStatus, UnixTime,
    rules::{ClientState, Misfit, Operation, allowed},
};

use crate::{
    error::{Error, Result},
    ledger::LineMarker,
    store::clients::{ClientFacts, ClientMarker},
};

/// Time after which a new or renewed invitation expires.
pub const INVITATION_TERM_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Time for which the reply to a request with an idempotency key is stored.
pub(crate) const IDEMPOTENCY_TERM_MILLIS: i64 = 24 * 60 * 60 * 1000;
const MAX_KEY: usize = 255;
/// Maximum length of a PID. Longer PIDs do not exist, so the server need not query the database for them.
const MAX_PID: usize = 64;

/// Parses an `Idempotency-Key` header. The key can be bare or quoted, as in the IETF draft.
pub(crate) fn idempotency_key(header: &str) -> Result<&str> {
    let header = header.trim();
    if header.len() > MAX_KEY {
        return Err(Error::Malformed("The Idempotency-Key is longer than 255 characters"));
    }
    if header.contains(|c: char| !c.is_ascii_graphic() && c != ' ') {
        return Err(Error::Malformed("The Idempotency-Key must be printable ASCII text"));
    }
    let key = header.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(header);
    if key.contains(|c| c != ' ' && c != '"') { Ok(key) } else { Err(Error::IdempotencyKeyMissing) }
}

/// Returns the PIDs of a bulk call without duplicates, in the order of the request.
pub(crate) fn distinct(pids: &[String], max: u32) -> Result<Vec<&str>> {
    let mut seen = HashSet::with_capacity(pids.len());
    let distinct: Vec<&str> = pids.iter().map(String::as_str).filter(|pid| seen.insert(*pid)).collect();
    match distinct.len() {
        0 => Err(Error::field("/pids", "required")),
        count if count <= max as usize => Ok(distinct),
        _ => Err(Error::field("/pids", "too_many")),
    }
}

pub(crate) fn is_pid(pid: &str) -> bool {
    pid.len() <= MAX_PID
}

/// Decides the outcome of a bulk call for one client. If the outcome is `Done`, the caller must carry out the
/// operation.
pub(crate) fn outcome(operation: Operation, pid: &str, client: Option<ClientFacts>) -> Outcome {
    let (status, code, detail) = match client {
        None => (OutcomeStatus::NotFound, "not_found", "The client does not exist"),
        Some(client) => match allowed(operation, ClientState::of_enabled(Some(client.is_enabled))) {
            Err(Misfit::AlreadyBlocked) => (OutcomeStatus::Already, "already_blocked", "The client is already blocked"),
            Err(Misfit::NotBlocked) => (OutcomeStatus::Already, "not_blocked", "The client is not blocked"),
            Err(_) => (OutcomeStatus::Conflict, "wrong_state", "The client's state forbids this"),
            Ok(()) if client.is_held => {
                (OutcomeStatus::Conflict, "held", "Another operation is running on the client; try again in a moment")
            }
            Ok(()) => return Outcome { pid: pid.into(), status: OutcomeStatus::Done, code: None, detail: None },
        },
    };
    Outcome { pid: pid.into(), status, code: Some(code.into()), detail: Some(detail.into()) }
}

/// Returns the name of the status in the audit log.
pub(crate) const fn status_name(status: OutcomeStatus) -> &'static str {
    match status {
        OutcomeStatus::Done => "done",
        OutcomeStatus::Already => "already",
        OutcomeStatus::NotFound => "not_found",
        OutcomeStatus::Conflict => "conflict",
        OutcomeStatus::Failed | OutcomeStatus::Other => "failed",
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct VersionedMarker {
    v: u8,
    #[serde(flatten)]
    marker: ClientMarker,
}

/// Encodes the marker of a page of clients. The result is opaque to callers and contains a version, so that the format
/// can change.
pub(crate) fn encode_client_marker(marker: ClientMarker) -> Result<String> {
    let versioned = VersionedMarker { v: 1, marker };
    Ok(data_encoding::BASE64URL_NOPAD.encode(&serde_json::to_vec(&versioned)?))
}

pub(crate) fn decode_client_marker(text: &str) -> Result<ClientMarker> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok();
    let versioned: Option<VersionedMarker> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let versioned = versioned.filter(|versioned| versioned.v == 1);
    Ok(versioned.ok_or(Error::Malformed("The marker was not issued for this list"))?.marker)
}

/// Encodes the marker of a page of movements. The result is opaque to callers and contains a version, so that the
/// format can change.
pub(crate) fn encode_line_marker(marker: LineMarker) -> Result<String> {
    Ok(data_encoding::BASE64URL_NOPAD.encode(&serde_json::to_vec(&(1, marker))?))
}

/// Decodes the marker of a page of movements; `None` if the text is not a valid marker.
pub(crate) fn decode_line_marker(text: &str) -> Option<LineMarker> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (version, marker): (u8, LineMarker) = serde_json::from_slice(&bytes).ok()?;
    (version == 1).then_some(marker)
}

pub(crate) fn is_expired(expires_at: UnixTime, now: UnixTime) -> bool {
    expires_at <= now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idempotency_key_may_be_quoted() {
        assert_eq!(idempotency_key("\"a b\"").ok(), Some("a b"));
        assert_eq!(idempotency_key(" x ").ok(), Some("x"));
        for none in ["", "\"\"", "\" \"", "\"\"\"", "a\tb", "é"] {
            assert!(idempotency_key(none).is_err(), "{none:?}");
        }
        assert!(idempotency_key(&"x".repeat(256)).is_err());
    }

    #[test]
    fn a_marker_survives_its_encoding() {
        let marker = ClientMarker { email_key: "a@b".into(), pid: "mcs1".into() };
        let text = encode_client_marker(marker.clone()).unwrap();
        assert_eq!(text, data_encoding::BASE64URL_NOPAD.encode(br#"{"v":1,"email_key":"a@b","pid":"mcs1"}"#));
        assert_eq!(decode_client_marker(&text).unwrap(), marker);
        assert!(decode_client_marker("e30").is_err());
        assert!(decode_client_marker("%").is_err());
    }

    #[test]
    fn a_held_client_conflicts_only_if_the_operation_would_change_it() {
        let facts = |is_enabled| Some(ClientFacts { is_enabled, is_held: true });
        assert_eq!(outcome(Operation::Block, "p", facts(true)).status, OutcomeStatus::Conflict);
        assert_eq!(outcome(Operation::Block, "p", facts(false)).status, OutcomeStatus::Already);
        assert_eq!(outcome(Operation::Detach, "p", None).status, OutcomeStatus::NotFound);
    }
}
