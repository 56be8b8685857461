//! The ledger over HTTP: sums, borders, filters, pages, what is refused.

mod booking;
