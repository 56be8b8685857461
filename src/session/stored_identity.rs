//! Who signed in, kept by the browser: for an API that has no call to tell. No secret: it is worth nothing without the cookie.

use partner_api::auth::{Role, Session, SessionPartner, SessionUser};

use crate::browser::storage;

const NAME: &str = "partner-account.signed-in";

/// The session of whoever signed in last, without its token; whether it still stands, the server says.
pub fn session() -> Option<Session> {
    let text = storage::local()?.get_item(NAME).ok()??;
    let (email, pid) = serde_json::from_str::<(String, String)>(&text).ok()?;
    Some(Session {
        user: SessionUser { email, name: None, phone: None, role: Role::Owner },
        partner: SessionPartner { pid, title: None },
        csrf_token: None,
    })
}

/// Keeps email and partner.
pub fn keep(email: &str, pid: &str) {
    if let (Some(storage), Ok(text)) = (storage::local(), serde_json::to_string(&(email, pid))) {
        _ = storage.set_item(NAME, &text);
    }
}

/// Keeps nothing any more.
pub fn forget() {
    if let Some(storage) = storage::local() {
        _ = storage.remove_item(NAME);
    }
}
