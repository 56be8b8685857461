//! The log: JSON, one line per event. Events of a request have the request's id, method and route, and the partner if a
//! user is signed in. The server logs no secrets, and no email or IP addresses of its own; error texts of a mail server
//! can contain addresses.

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Returns the subscriber that writes the log. The variable `RUST_LOG` sets the level; the default is `info`.
pub fn subscriber<W>(writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_target(false)
        .with_env_filter(filter)
        .with_writer(writer)
        .finish()
}
