//! The wire, from outside: what the published API sends, what people type, and what comes of it.

mod amounts;
mod answers;
mod calendar;
mod contact;
mod emails;
mod forms;
mod golden;
mod instants;
mod ledger;
mod lists;
mod mutations;
mod vitals;
