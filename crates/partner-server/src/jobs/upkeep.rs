//! Upkeep of the database: expired bonuses, average debits, old sessions and old replies.

use std::time::Duration;

use partner_api::Day;

use crate::{auth::session, clock::later, rules::IDEMPOTENCY_TERM_MILLIS, state::App};

/// Time between two passes. A bonus can be seen for this long after its end.
const INTERVAL: Duration = Duration::from_secs(60);

impl App {
    /// Removes the bonuses that have expired.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn expire_bonuses(&self) -> anyhow::Result<()> {
        self.store.expire_bonuses(self.now()).await.map_err(Into::into)
    }

    /// Deletes sessions that are over, and replies whose idempotency key has expired.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn delete_expired(&self) -> anyhow::Result<()> {
        let now = self.now();
        self.store
            .delete_expired(session::deadlines(now, &self.settings), later(now, -IDEMPOTENCY_TERM_MILLIS))
            .await?;
        Ok(())
    }

    /// Stores today's average daily debits where the clients list reads them.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn refresh_averages(&self) -> anyhow::Result<()> {
        self.store.refresh_averages(Day::of(self.now())).await.map_err(Into::into)
    }
}

/// Runs for ever. The first pass starts at once, because work may be overdue after a time without a server. If several
/// processes share a database, the first process does the work and the others find nothing to do.
pub(crate) async fn run(app: App) {
    loop {
        if let Err(error) = app.expire_bonuses().await {
            tracing::warn!(error = format!("{error:#}"), "cannot remove expired bonuses");
        }
        if let Err(error) = app.refresh_averages().await {
            tracing::warn!(error = format!("{error:#}"), "cannot refresh the average daily debits");
        }
        if let Err(error) = app.delete_expired().await {
            tracing::warn!(error = format!("{error:#}"), "cannot delete old sessions and replies");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
