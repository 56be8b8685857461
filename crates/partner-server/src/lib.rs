//! The reference server of the partner API: sessions, tenancy, durable storage, letters, and the account's bundle.
//!
//! A library, so that tests start the real thing; `main.rs` is the command. Start at `app.rs`: it mounts every call.
//! Requests go through `observe` (id, log, headers) and `wire` (decoding, guards, errors) to a handler in `handlers`;
//! handlers ask `rules`, and `store` has the SQL.

mod app;
mod audit;
pub mod auth;
mod bundle;
pub mod captcha;
pub mod cli;
pub mod clock;
pub mod config;
mod connections;
mod error;
mod export;
#[cfg(feature = "faults")]
mod faults;
mod handlers;
mod idempotency;
pub mod ledger;
pub mod letters;
pub mod logging;
mod metrics;
mod observe;
mod published;
mod rules;
pub mod seed;
pub mod serve;
pub mod store;
mod wire;

pub use app::{App, mounted};
