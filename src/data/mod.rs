//! Data from the API and its views: queries, paged lists, loading and failure, and lazy chunks of the bundle.

pub mod error_notice;
pub mod lazy;
pub mod paged;
pub mod query;
pub mod request;
pub mod views;
