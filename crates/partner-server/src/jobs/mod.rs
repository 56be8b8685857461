//! Background jobs: email delivery, and upkeep of the database.

pub(crate) mod emails;
pub(crate) mod upkeep;
