//! The reference server of the partner API.
fn main() {}
