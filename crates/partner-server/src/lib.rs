//! The reference server of the partner API: sessions, tenancy, durable storage, letters, and the account's bundle.
//!
//! A library, so that tests start the real thing; `main.rs` is the command. Start at `routes.rs`: it mounts every endpoint.
//! Requests go through `observe` (id, log, headers) and `endpoint` (decoding, guards, errors) to a handler in `handlers`;
//! handlers ask `rules`, and `store` has the SQL.

pub mod accounts;
mod audit;
pub mod auth;
mod bundle;
pub mod captcha;
pub mod cli;
pub mod clock;
pub mod config;
mod connections;
mod emails;
mod endpoint;
mod error;
mod export;
#[cfg(feature = "faults")]
mod faults;
mod handlers;
mod idempotency;
mod jobs;
pub mod ledger;
mod locale;
pub mod logging;
mod metrics;
mod observe;
mod published;
mod request;
pub mod routes;
mod rules;
pub mod seed;
pub mod serve;
mod state;
pub mod store;
mod text;

pub use emails::smtp::SmtpUrl;
pub use routes::mounted;
pub use state::App;
