//! Protection against cross-site request forgery (CSRF). Requests that can change data are rejected if the header
//! `Sec-Fetch-Site` or `Origin` shows that they come from another origin. Most of these calls also need a CSRF token if
//! the caller is signed in.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Returns the CSRF token of a session. The token is a hash of the session id, so the server need not store the token,
/// and the token does not reveal the id.
pub(crate) fn token(session_id: &str) -> String {
    let digest = Sha256::new().chain_update(b"partner csrf token\0").chain_update(session_id.as_bytes()).finalize();
    data_encoding::BASE64URL_NOPAD.encode(&digest)
}

/// Whether the request has this CSRF token in its header.
pub(crate) fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(partner_api::auth::CSRF_HEADER).map_or(&[][..], |value| value.as_bytes());
    sent.ct_eq(token.as_bytes()).into()
}

/// Whether the request comes from a page of this origin or from a client that is not a browser.
///
/// If the header `Sec-Fetch-Site` is present, its value must be `same-origin`. Otherwise the header `Origin` must name
/// the host of the request or the public URL. A request with neither header does not come from a browser, because
/// browsers send `Origin` with every request that can change data.
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
