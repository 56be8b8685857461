//! The real server on port 0, a real database in a folder of its own, real HTTP: one module per resource.

mod acceptance;
mod audit;
mod audit_chain;
mod auth;
mod backup;
mod bulk;
mod bundle;
mod clients;
mod commands;
mod connections;
mod contact;
mod contact_commands;
mod crashes;
mod csrf;
mod database;
mod export;
#[cfg(target_os = "linux")]
mod full;
mod headers;
mod histories;
mod hostile;
mod idempotency;
mod invitations;
mod ledger;
mod load;
mod mail;
mod migrations;
mod observability;
mod openapi;
mod operation;
mod postgres;
mod processes;
mod published;
mod support;
mod tenancy;
mod vitals;
