//! Protection against cross-site request forgery: Fetch Metadata or `Origin`, and a token that belongs to the session.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The CSRF token of a session. It is a hash of the session id, so it needs no storage and does not reveal the id.
pub(crate) fn token(session_id: &str) -> String {
    let digest = Sha256::new().chain_update(b"partner csrf token\0").chain_update(session_id.as_bytes()).finalize();
    data_encoding::BASE64URL_NOPAD.encode(&digest)
}

/// Whether the request carries the token.
pub(crate) fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(partner_api::auth::CSRF_HEADER).map_or(&[][..], |value| value.as_bytes());
    sent.ct_eq(token.as_bytes()).into()
}

/// Whether a page of this origin sent the request, or a client that is not a browser.
///
/// `Sec-Fetch-Site` decides if it is present; `same-site` is another origin. Otherwise `Origin` decides. A request with
/// neither header comes from a client that is not a browser, because browsers send `Origin` with every unsafe request.
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
