//! Made-up ledgers.

pub(super) mod services;
