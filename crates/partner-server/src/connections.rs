//! Serves the connections of a listener. Disconnects clients that send the head of a request too slowly, and stops
//! gracefully.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::ConnectInfo,
    serve::{Listener, ListenerExt},
};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, task::JoinSet};

/// Time limit for the head (request line and headers) of a request. A connection that stays idle or sends an incomplete
/// head for this time is closed. A proxy in front must close idle connections earlier, see deploy/nginx.conf.
pub(crate) const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum size of the head (request line and headers) of a request, in bytes.
const MAX_HEAD: usize = 16 * 1024;

/// Serves until `stop` completes. Then accepts no new connections, closes idle connections, waits up to `drain` for
/// running requests to finish, and closes all other connections.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>, drain: Duration) {
    let mut listener = listener.tap_io(|stream| {
        // Ignore an error, because without this option the connection is only slower.
        let _ = stream.set_nodelay(true);
    });
    let service = TowerToHyperService::new(router);
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_header_size(MAX_HEAD);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let service = service.clone();
        let with_peer = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            service.call(request)
        });
        let connection = graceful.watch(protocol.serve_connection(TokioIo::new(stream), with_peer));
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended before its request was finished");
            }
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    if tokio::time::timeout(drain, graceful.shutdown()).await.is_err() {
        tracing::warn!(connections = connections.len(), "cut off requests that did not finish before the deadline");
    }
    connections.shutdown().await;
}
