//! Rules that only the server needs; the ones it shares with the account are in `partner_api::rules`. No I/O.

use std::collections::HashSet;

use partner_api::{
    Outcome, OutcomeStatus, UnixTime,
    bulk::MAX_BULK,
    rules::{ClientState, Misfit, Operation, allowed},
};
use unicode_normalization::UnicodeNormalization;

use crate::{
    error::{Error, Result},
    ledger::Place,
};

/// How long the link of an invitation works.
pub(crate) const INVITATION_TERM_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long the reply to an idempotency key is kept.
pub(crate) const IDEMPOTENCY_TERM_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// Longest idempotency key.
const MAX_KEY: usize = 255;
/// Longest PID worth looking for.
const MAX_PID: usize = 64;

/// Text in Unicode's composed form, as it is stored.
pub(crate) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// What addresses are compared and ordered by: lower case, and the domain in its ASCII form.
///
/// RFC 5321 lets a server tell `Anna@` from `anna@`; none does, and two clients that differ in case are one person.
pub(crate) fn email_key(email: &str) -> String {
    let (local, domain) = email.trim().rsplit_once('@').unwrap_or((email.trim(), ""));
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
    let local: String = local.nfkc().flat_map(char::to_lowercase).collect();
    format!("{local}@{domain}")
}

/// The key of a request, bare or as the quoted string of the IETF draft.
pub(crate) fn idempotency_key(header: &str) -> Result<&str> {
    let header = header.trim();
    if header.len() > MAX_KEY {
        return Err(Error::Malformed("The Idempotency-Key is longer than 255 characters"));
    }
    if header.contains(|letter: char| !letter.is_ascii_graphic() && letter != ' ') {
        return Err(Error::Malformed("The Idempotency-Key is not plain text"));
    }
    let key = header.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(header);
    if key.contains(|letter| letter != ' ' && letter != '"') { Ok(key) } else { Err(Error::IdempotencyKeyMissing) }
}

/// The PIDs of a bulk call in their order, each once.
pub(crate) fn distinct(pids: &[String]) -> Result<Vec<&str>> {
    let mut seen = HashSet::with_capacity(pids.len());
    let distinct: Vec<&str> = pids.iter().map(String::as_str).filter(|pid| seen.insert(*pid)).collect();
    match distinct.len() {
        0 => Err(Error::field("/pids", "required")),
        1..=MAX_BULK => Ok(distinct),
        _ => Err(Error::field("/pids", "too_many")),
    }
}

/// Whether a PID can be one at all.
pub(crate) fn is_pid(pid: &str) -> bool {
    pid.len() <= MAX_PID
}

/// What an operation needs to know of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClientFacts {
    pub(crate) is_enabled: bool,
    /// Another operation of the cloud holds the client.
    pub(crate) is_held: bool,
}

impl ClientFacts {
    /// For the audit log.
    pub(crate) fn state(self) -> &'static str {
        if self.is_enabled { "active" } else { "blocked" }
    }
}

/// What comes of one client of a bulk call; `done` is still to be done.
pub(crate) fn outcome(operation: Operation, pid: &str, client: Option<ClientFacts>) -> Outcome {
    let (status, code, detail) = match client {
        None => (OutcomeStatus::NotFound, "not_found", "There is no such client"),
        Some(client) => match allowed(operation, ClientState::of_enabled(Some(client.is_enabled))) {
            Err(Misfit::AlreadyBlocked) => (OutcomeStatus::Already, "already_blocked", "The client is blocked already"),
            Err(Misfit::NotBlocked) => (OutcomeStatus::Already, "not_blocked", "The client is not blocked"),
            Err(_) => (OutcomeStatus::Conflict, "wrong_state", "The client's state forbids this"),
            Ok(()) if client.is_held => {
                (OutcomeStatus::Conflict, "held", "Another operation holds the client; try again in a moment")
            }
            Ok(()) => return Outcome { pid: pid.into(), status: OutcomeStatus::Done, code: None, detail: None },
        },
    };
    Outcome { pid: pid.into(), status, code: Some(code.into()), detail: Some(detail.into()) }
}

/// Name of a status, as on the wire.
pub(crate) const fn status_name(status: OutcomeStatus) -> &'static str {
    match status {
        OutcomeStatus::Done => "done",
        OutcomeStatus::Already => "already",
        OutcomeStatus::NotFound => "not_found",
        OutcomeStatus::Conflict => "conflict",
        OutcomeStatus::Failed | OutcomeStatus::Other => "failed",
    }
}

/// Language of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locale {
    En,
    Ru,
}

impl Locale {
    /// The better of ours by `Accept-Language`; English where it names neither.
    pub(crate) fn accepted(header: &str) -> Self {
        let mut best = (Self::En, 0);
        for choice in header.split(',') {
            let mut parts = choice.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
            let Some(locale) = Self::named(tag.split('-').next().unwrap_or_default()) else { continue };
            if weight > best.1 {
                best = (locale, weight);
            }
        }
        best.0
    }

    /// By its code.
    pub(crate) fn named(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "ru" => Some(Self::Ru),
            _ => None,
        }
    }

    /// `en` or `ru`: also the segment in the account's paths.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }
}

/// A weight of RFC 9110 (`0.8`) in thousandths.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().unwrap_or(0) * 1000 + digits.parse::<u32>().unwrap_or(0)
}

/// Where a page of clients ends; opaque to callers, versioned for us.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Marker {
    v: u8,
    pub(crate) email_key: String,
    pub(crate) pid: String,
}

impl Marker {
    pub(crate) fn after(email_key: String, pid: String) -> Self {
        Self { v: 1, email_key, pid }
    }

    pub(crate) fn encode(&self) -> Result<String> {
        Ok(data_encoding::BASE64URL_NOPAD.encode(&serde_json::to_vec(self)?))
    }

    pub(crate) fn decode(text: &str) -> Result<Self> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok();
        let marker: Option<Self> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        marker.filter(|marker| marker.v == 1).ok_or(Error::Malformed("The marker is not one of this list"))
    }
}

/// A place in a list as an opaque marker, versioned for us.
pub(crate) fn encode_marker(place: &Place) -> Result<String> {
    Ok(data_encoding::BASE64URL_NOPAD.encode(&serde_json::to_vec(&(1, place))?))
}

/// The place that a marker stands for; `None` for what is no marker of ours.
pub(crate) fn decode_marker(text: &str) -> Option<Place> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (version, place): (u8, Place) = serde_json::from_slice(&bytes).ok()?;
    (version == 1).then_some(place)
}

/// Whether an invitation's link works no longer.
pub(crate) fn is_expired(expires_at: UnixTime, now: UnixTime) -> bool {
    expires_at <= now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_reach_one_mailbox_have_one_key() {
        assert_eq!(email_key(" Anna@Example.COM "), "anna@example.com");
        assert_eq!(email_key("почта@Пример.РФ"), email_key("Почта@xn--e1afmkfd.xn--p1ai"));
        assert_ne!(email_key("a@example.com"), email_key("b@example.com"));
    }

    #[test]
    fn a_key_may_be_quoted() {
        assert_eq!(idempotency_key("\"a b\"").ok(), Some("a b"));
        assert_eq!(idempotency_key(" x ").ok(), Some("x"));
        for none in ["", "\"\"", "\" \"", "\"\"\"", "a\tb", "é"] {
            assert!(idempotency_key(none).is_err(), "{none:?}");
        }
        assert!(idempotency_key(&"x".repeat(256)).is_err());
    }

    #[test]
    fn the_heavier_language_wins() {
        assert_eq!(Locale::accepted("ru-RU,ru;q=0.9,en;q=0.8"), Locale::Ru);
        assert_eq!(Locale::accepted("de, en;q=0.5, ru;q=0.7"), Locale::Ru);
        assert_eq!(Locale::accepted("de"), Locale::En);
        assert_eq!(Locale::accepted(""), Locale::En);
    }

    #[test]
    fn a_marker_survives_its_encoding() {
        let marker = Marker::after("a@b".into(), "mcs1".into());
        assert_eq!(Marker::decode(&marker.encode().unwrap()).unwrap(), marker);
        assert!(Marker::decode("e30").is_err());
        assert!(Marker::decode("%").is_err());
    }

    #[test]
    fn a_held_client_conflicts_only_where_it_would_change() {
        let facts = |is_enabled| Some(ClientFacts { is_enabled, is_held: true });
        assert_eq!(outcome(Operation::Block, "p", facts(true)).status, OutcomeStatus::Conflict);
        assert_eq!(outcome(Operation::Block, "p", facts(false)).status, OutcomeStatus::Already);
        assert_eq!(outcome(Operation::Detach, "p", None).status, OutcomeStatus::NotFound);
    }
}
