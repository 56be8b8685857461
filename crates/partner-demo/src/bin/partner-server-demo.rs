//! The server with demonstration data. The commands `serve --demo` and `seed` work only in this program and in
//! `partner-server-faults`.

use std::process::ExitCode;

use partner_demo::Demo;
use partner_server::cli::{self, Program};

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program { name: "partner-server-demo", demo: Some(&Demo), ..Program::default() };
    cli::run(&program).await
}
