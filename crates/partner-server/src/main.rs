//! The deployable program `partner-server`. It has no demonstration data and injects no faults.

use std::process::ExitCode;

use partner_server::cli::{self, Program};

#[tokio::main]
async fn main() -> ExitCode {
    cli::run(&Program::default()).await
}
