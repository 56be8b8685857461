//! Demonstration and benchmark data ([`seed`]) and fault injection ([`faults`]) for the reference server.
//!
//! The deployable program `partner-server` does not depend on this crate. Two other programs add it to the same server:
//! `partner-server-demo` has the data, and `partner-server-faults` has the data and the faults.

mod demo;
pub mod faults;
pub mod seed;

pub use demo::Demo;
