//! The account.
fn main() {}
