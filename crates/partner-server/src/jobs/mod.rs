//! Background jobs: one delivers emails, the other cleans up the database.

pub(crate) mod emails;
pub(crate) mod upkeep;
