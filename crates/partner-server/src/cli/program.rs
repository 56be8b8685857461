//! Extension points for programs that are built on this library.

use std::pin::Pin;

use axum::Router;
use clap::Args;

use crate::{clock::UnixTime, state::App, store::Store};

#[derive(Clone, Copy)]
pub struct Program {
    /// Program name that `--help` and `--version` show.
    pub name: &'static str,
    pub version: &'static str,
    /// Data for `serve --demo` and `seed`. If `None`, both commands fail with an explanation.
    pub demo: Option<&'static dyn DemoData>,
    pub test_layer: Option<TestLayer>,
}

impl Default for Program {
    /// Describes the deployable server, without demonstration data and faults.
    fn default() -> Self {
        Self { name: "partner-server", version: env!("CARGO_PKG_VERSION"), demo: None, test_layer: None }
    }
}

/// A layer that makes a server unfit for deployment, for example because it injects faults. A program with such a layer
/// prints a warning when it starts, and listens on loopback addresses only.
#[derive(Clone, Copy)]
pub struct TestLayer {
    pub warning: &'static str,
    pub wrap: fn(Router) -> Router,
}

pub type DemoFuture<'a, T> = Pin<Box<dyn Future<Output = anyhow::Result<T>> + Send + 'a>>;

pub trait DemoData: Sync {
    /// Fills an empty database for a demonstration with this many months of movements. Does nothing if the database has
    /// a partner already, because another process may have filled the database in the meantime.
    fn fill<'a>(&'a self, app: &'a App, months: u32) -> DemoFuture<'a, ()>;

    /// Returns the text that explains how to sign in. `serve --demo` prints this text after the address.
    fn sign_in_hint(&self) -> String;

    /// Adds generated clients or partners, and returns the line to print.
    fn seed<'a>(&'a self, store: &'a Store, options: &'a SeedOptions, now: UnixTime) -> DemoFuture<'a, String>;
}

#[derive(Debug, Args)]
pub struct SeedOptions {
    /// Number of clients, at most a million.
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub clients: u32,
    /// Create this many partners first, and add the clients to each. The passwords of their users are unknown.
    #[arg(long, conflicts_with_all = ["partner_email", "months"])]
    pub partners: Option<u32>,
    /// Months of movements, at most 120. A year of movements of a hundred clients takes about 13 MB.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=120))]
    pub months: u32,
    /// Seed of the generator. The same seed generates the same clients.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..4000))]
    pub seed: u32,
    /// Email of a user of the partner that gets the clients [default: the oldest partner].
    #[arg(long)]
    pub partner_email: Option<String>,
}
