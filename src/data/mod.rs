//! Loading data and lazy chunks: requests, how waiting and failing look, and code that is fetched on demand.

pub mod lazy;
pub mod load;
