//! Operations on one or many rows: what they are, running them, and the calls they send.

pub mod actions;
pub mod run;
mod send;
