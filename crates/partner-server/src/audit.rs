//! Writes audit entries for handlers, and formats times for the output of commands.

use chrono::{DateTime, SecondsFormat};
use partner_api::UnixTime;

pub(crate) use crate::store::audit::Entry;
use crate::{
    auth::Actor,
    clock::random_id,
    error::Result,
    state::App,
    store::{Conn, audit},
};

/// Writes the audit entries of an operation that a signed-in user performed, and returns the id of the operation.
pub(crate) async fn record(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    action: &str,
    entries: &[Entry<'_>],
) -> Result<String> {
    let operation_id = random_id(&*app.entropy);
    let operation = audit::Operation {
        at: app.now(),
        actor: &actor.user.email,
        partner: actor.partner(),
        action,
        operation_id: &operation_id,
        request_id: &actor.request_id,
    };
    audit::write(conn, &operation, entries).await?;
    Ok(operation_id)
}

/// Formats a time as RFC 3339 in UTC.
pub(crate) fn rfc3339(at: UnixTime) -> String {
    let at = DateTime::from_timestamp_millis(at.millis).unwrap_or_default();
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
