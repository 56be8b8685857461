//! The command `partner-server`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    partner_server::cli::run().await
}
