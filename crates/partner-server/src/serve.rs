//! Runs the server on a listener until a graceful stop.

use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

use crate::{connections, jobs, routes, state::App};

/// Maximum time that running requests have to finish after the server was asked to stop.
const DRAIN: Duration = Duration::from_secs(20);

/// Serves until `stop` completes, waits for running requests up to a time limit, and closes the database.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send) -> anyhow::Result<()> {
    let router = routes::router(&app);
    serve_router(app, router, listener, stop).await
}

/// Like [`serve`], but with a router of the caller, for programs that add layers to [`routes::router`].
pub async fn serve_router(
    app: App,
    router: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let emails = tokio::spawn(jobs::emails::run(app.clone()));
    let upkeep = tokio::spawn(jobs::upkeep::run(app.clone()));
    let stop = async {
        stop.await;
        tracing::info!("stopping");
        app.start_stopping();
    };
    connections::serve(listener, router, stop, DRAIN).await;
    emails.abort();
    upkeep.abort();
    app.store.close().await;
    Ok(())
}

/// Serves `/metrics` on a separate listener until the process ends.
pub async fn serve_metrics(app: App, listener: TcpListener) {
    connections::serve(listener, routes::metrics_router(app), std::future::pending(), DRAIN).await;
}

/// Returns a future that completes when the process receives SIGTERM or SIGINT (on Windows: Ctrl+C).
///
/// # Errors
/// Returns an error if the operating system does not let the process wait for signals.
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
