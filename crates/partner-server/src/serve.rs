//! Serving on a listener, until told to stop.

use std::time::Duration;

use partner_api::Day;
use tokio::net::TcpListener;

use crate::{app::App, auth::session, clock::later, connections, letters, metrics, rules::IDEMPOTENCY_TERM_MILLIS};

/// Requests that run when the server is told to stop have so long to finish.
const DRAIN: Duration = Duration::from_secs(20);

/// How long a bonus may be there after its end.
const BETWEEN_ROUNDS: Duration = Duration::from_secs(60);

/// Serves until `stop` is ready; then finishes what runs, and closes the database.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send) -> anyhow::Result<()> {
    let letters = tokio::spawn(letters::run(app.clone()));
    let ledgers = tokio::spawn(keep_ledgers(app.clone()));
    let stop = async {
        stop.await;
        tracing::info!("stopping");
        app.leave();
    };
    connections::serve(listener, app.router(), stop, DRAIN).await;
    letters.abort();
    ledgers.abort();
    app.store.close().await;
    Ok(())
}

/// Tells what is counted on a listener that browsers do not reach, for as long as the process lives.
pub async fn serve_metrics(app: App, listener: TcpListener) {
    connections::serve(listener, metrics::router(app), std::future::pending(), DRAIN).await;
}

impl App {
    /// Takes back the bonuses whose term is over, now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn expire_bonuses(&self) -> anyhow::Result<()> {
        self.store.expire_bonuses(self.now()).await.map_err(Into::into)
    }

    /// Forgets what nobody can ask for any longer: sessions that are over, replies to idempotency keys of yesterday.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(&self) -> anyhow::Result<()> {
        let now = self.now();
        self.store.forget(session::deadlines(now, &self.settings), later(now, -IDEMPOTENCY_TERM_MILLIS)).await?;
        Ok(())
    }

    /// Keeps today's average daily debits where the list finds them, now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn refresh_averages(&self) -> anyhow::Result<()> {
        self.store.refresh_averages(Day::of(self.now())).await.map_err(Into::into)
    }
}

/// Does soon after midnight what a new day asks for, and at the start what was left undone while nobody served. Of
/// several processes on one database the first one does it, and the others find nothing left to do.
async fn keep_ledgers(app: App) {
    loop {
        if let Err(error) = app.expire_bonuses().await {
            tracing::warn!(error = format!("{error:#}"), "bonuses were not taken back");
        }
        if let Err(error) = app.refresh_averages().await {
            tracing::warn!(error = format!("{error:#}"), "averages were not refreshed");
        }
        if let Err(error) = app.forget().await {
            tracing::warn!(error = format!("{error:#}"), "old sessions and replies were not forgotten");
        }
        tokio::time::sleep(BETWEEN_ROUNDS).await;
    }
}

/// Ready at SIGTERM or SIGINT.
///
/// # Errors
/// The system does not let the process wait for signals.
pub fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = term.recv() => {}
                _ = int.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
