//! Requests that another site makes a browser send are refused: by Fetch Metadata or Origin, and by the session's token.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The token of a session: derived from its id, so nothing is stored, and useless for finding the id.
pub(crate) fn token(session_id: &str) -> String {
    let digest = Sha256::new().chain_update(b"partner csrf token\0").chain_update(session_id.as_bytes()).finalize();
    data_encoding::BASE64URL_NOPAD.encode(&digest)
}

/// Whether the request carries the token.
pub(crate) fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(partner_api::auth::CSRF_HEADER).map_or(&[][..], |value| value.as_bytes());
    sent.ct_eq(token.as_bytes()).into()
}

/// Whether our own page, or no browser at all, sent the request.
///
/// `Sec-Fetch-Site` decides where it is present (`same-site` is a neighbour, hence foreign); else `Origin` does. A
/// request with neither is not from a browser: those send `Origin` with every unsafe request.
pub(crate) fn is_same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return true };
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let is_host = ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(host));
    (is_host && !host.is_empty()) || origin == public_url
}
