//! Sessions. The session id is a random number of 256 bits in an `HttpOnly` cookie. The database stores only the
//! SHA-256 of the id, so that a stolen database contains no usable ids.

use axum::http::{HeaderMap, HeaderValue, header};
use partner_api::UnixTime;
use sha2::{Digest, Sha256};

use crate::{clock::later, config::Settings, store::users::Deadlines};

/// Name of the session cookie. The name is part of the published API.
const COOKIE: &str = "sid";

/// Returns the SHA-256 of a text. The database stores this hash instead of session ids and invitation tokens.
pub(crate) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Returns the session id that the browser sent. Returns `None` if the browser sent several different ids, because an
/// attacker may have planted one of them.
pub(crate) fn id_of(headers: &HeaderMap) -> Option<&str> {
    let mut ids = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, value)| *name == COOKIE && !value.is_empty())
        .map(|(_, value)| value);
    let id = ids.next()?;
    ids.all(|other| other == id).then_some(id)
}

pub(crate) fn set_cookie(id: &str, settings: &Settings) -> Option<HeaderValue> {
    cookie(id, "", settings)
}

pub(crate) fn clear_cookie(settings: &Settings) -> Option<HeaderValue> {
    cookie("", "; Max-Age=0", settings)
}

fn cookie(value: &str, lifetime: &str, settings: &Settings) -> Option<HeaderValue> {
    let secure = if settings.secure || settings.cross_site_cookie { "; Secure" } else { "" };
    let same_site = if settings.cross_site_cookie { "None" } else { "Strict" };
    HeaderValue::from_str(&format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite={same_site}{lifetime}{secure}")).ok()
}

pub(crate) fn deadlines(now: UnixTime, settings: &Settings) -> Deadlines {
    Deadlines {
        created_after: later(now, -millis(settings.session_max)),
        seen_after: later(now, -millis(settings.session_idle)),
    }
}

/// Whether the stored time of the session's last use is old enough to be updated. The time is not updated at every
/// request, because each update is a write to the disk.
pub(crate) fn is_stale(last_seen_at: UnixTime, now: UnixTime, settings: &Settings) -> bool {
    let every = (millis(settings.session_idle) / 30).min(60_000);
    now.millis - last_seen_at.millis >= every
}

fn millis(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookies: &[&'static str]) -> HeaderMap {
        cookies.iter().map(|cookie| (header::COOKIE, HeaderValue::from_static(cookie))).collect()
    }

    #[test]
    fn the_id_is_found_among_other_cookies() {
        assert_eq!(id_of(&headers(&["a=b; sid=x; c=d"])), Some("x"));
        assert_eq!(id_of(&headers(&["a=b", "sid=x"])), Some("x"));
        assert_eq!(id_of(&headers(&["asid=x", "sid="])), None);
    }

    #[test]
    fn the_cookie_is_sent_to_other_sites_only_if_configured() {
        let mut settings = Settings::new("data");
        let set = |settings: &Settings| set_cookie("x", settings).unwrap().to_str().unwrap().to_owned();
        assert_eq!(set(&settings), "sid=x; Path=/; HttpOnly; SameSite=Strict");
        settings.cross_site_cookie = true;
        assert_eq!(set(&settings), "sid=x; Path=/; HttpOnly; SameSite=None; Secure");
    }

    #[test]
    fn two_different_ids_are_rejected() {
        assert_eq!(id_of(&headers(&["sid=x; sid=y"])), None);
        assert_eq!(id_of(&headers(&["sid=x; sid=x"])), Some("x"));
    }
}
