//! Cleans up the database: removes expired bonuses, old sessions and old stored replies, and updates average debits.

use std::time::Duration;

use partner_api::Day;

use crate::{auth::session, clock::later, rules::IDEMPOTENCY_TERM_MILLIS, state::App};

/// Time between two passes. An expired bonus can stay in the balance for about this long.
const INTERVAL: Duration = Duration::from_secs(60);

impl App {
    /// Removes the bonuses that have expired.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn expire_bonuses(&self) -> anyhow::Result<()> {
        self.store.expire_bonuses(self.now()).await.map_err(Into::into)
    }

    /// Deletes expired sessions, and the stored replies of expired idempotency keys.
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

    /// Stores today's average daily debits in the rows of the clients, so that the clients list need not compute them.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn refresh_averages(&self) -> anyhow::Result<()> {
        self.store.refresh_averages(Day::of(self.now())).await.map_err(Into::into)
    }
}

/// Runs until the task is aborted. The first pass starts at once, because work may be overdue if no server was running.
/// Several processes can share a database, because a pass finds only the work that no other process has done.
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
