//! The API types as their users see them: JSON of the published API, input of people, and the parsed values.

mod amounts;
mod calendar;
mod contact;
mod emails;
mod errors;
mod forms;
mod golden;
mod instants;
mod ledger;
mod lists;
mod mutations;
mod urls;
mod vitals;
