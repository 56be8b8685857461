//! The real server on port 0, a real database in a folder of its own, real HTTP: one module per resource.

mod acceptance;
mod audit;
mod auth;
mod bulk;
mod bundle;
mod clients;
mod commands;
mod contact;
mod contact_commands;
mod crashes;
mod csrf;
mod database;
mod export;
mod idempotency;
mod invitations;
mod ledger;
mod load;
mod mail;
mod operation;
mod postgres;
mod processes;
mod support;
mod tenancy;
