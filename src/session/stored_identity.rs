//! Stores the email and the PID of the user who signed in last in `localStorage`, for an API that does not return them.
//!
//! Neither is a secret: without the session cookie they give no access.

use partner_api::auth::{Role, Session, SessionPartner, SessionUser};

use crate::browser::storage;

const KEY: &str = "partner-account.signed-in";

/// Returns the session of the stored user, without a CSRF token. Only the server knows whether the session is still
/// valid.
pub(super) fn load() -> Option<Session> {
    let text = storage::local()?.get_item(KEY).ok()??;
    let (email, pid) = serde_json::from_str::<(String, String)>(&text).ok()?;
    Some(Session {
        user: SessionUser { email, name: None, phone: None, role: Role::Owner },
        partner: SessionPartner { pid, title: None },
        csrf_token: None,
    })
}

pub(super) fn save(email: &str, pid: &str) {
    if let (Some(storage), Ok(text)) = (storage::local(), serde_json::to_string(&(email, pid))) {
        _ = storage.set_item(KEY, &text);
    }
}

pub(super) fn delete() {
    if let Some(storage) = storage::local() {
        _ = storage.remove_item(KEY);
    }
}
