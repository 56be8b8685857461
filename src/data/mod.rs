//! Loads data from the API and shows it: queries, paged lists, views for loading and failure. Also lazy chunks of the
//! bundle.

pub mod error_notice;
pub mod lazy;
pub mod paged;
pub mod query;
pub mod request;
pub mod views;
