//! The server for the end-to-end tests. It has demonstration data, and any caller can make requests fail.

use std::process::ExitCode;

use partner_demo::{Demo, faults};
use partner_server::cli::{self, Program, TestLayer};

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program {
        name: "partner-server-faults",
        version: concat!(env!("CARGO_PKG_VERSION"), " (injects faults, for tests only)"),
        demo: Some(&Demo),
        test_layer: Some(TestLayer {
            warning: "this program injects faults on request: use it for tests only",
            wrap: faults::around,
        }),
    };
    cli::run(&program).await
}
