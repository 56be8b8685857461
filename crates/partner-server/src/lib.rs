//! The reference server of the partner API: sessions, tenancy, durable storage, emails, and the app's bundle.
//!
//! The server is a library, so that tests can start it; `main.rs` is the command. `routes` mounts every endpoint. An
//! API request passes through `observe` (id, log, headers) and `endpoint` (decoding, guards, errors) to a function in
//! `handlers`, which uses `rules` and `store`, the module with the SQL.
//!
//! Layers: `store` ← `rules` ← `handlers` ← `routes`. `state` is below the handlers; no module imports a higher layer.

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
mod handlers;
mod idempotency;
mod jobs;
pub mod ledger;
pub mod locale;
pub mod logging;
mod metrics;
mod observe;
mod published;
mod request;
pub mod routes;
pub mod rules;
pub mod serve;
mod state;
pub mod store;
pub mod text;

pub use emails::smtp::SmtpUrl;
pub use routes::mounted;
pub use state::App;
