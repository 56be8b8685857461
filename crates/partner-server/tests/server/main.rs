//! Tests of the server over HTTP, on a free port and with a real database. Most modules test one resource or property,
//! and the others support these tests.

mod acceptance;
mod audit;
mod audit_chain;
mod auth;
mod backup;
mod bulk;
mod bundle;
mod caller;
mod clients;
mod commands;
mod connections;
mod contact;
mod contact_commands;
mod crashes;
mod csrf;
mod database;
mod endpoints;
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
mod timing;
mod vitals;
