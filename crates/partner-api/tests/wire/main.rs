//! The wire, from outside: what the published API sends, what people type, and what comes of it.

mod amounts;
mod answers;
mod emails;
mod forms;
mod golden;
mod lists;
mod mutations;
