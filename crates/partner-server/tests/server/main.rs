//! The real server on port 0, a real database in a folder of its own, real HTTP: one module per resource.

mod acceptance;
mod audit;
mod audit_chain;
mod auth;
mod bulk;
mod bundle;
mod clients;
mod commands;
mod connections;
mod contact;
mod contact_commands;
mod csrf;
mod export;
mod headers;
mod histories;
mod hostile;
mod idempotency;
mod invitations;
mod ledger;
mod mail;
mod observability;
mod openapi;
mod operation;
mod published;
mod support;
mod tenancy;
