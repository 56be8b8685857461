//! The project's commands; `cargo xtask help` lists them, one module each does the work.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its terminal")]

mod assets;
mod bench;
mod bundle;
mod dev;
mod fuzz;
mod icons;
mod openapi;
mod process;
mod project;
mod run;
mod sbom;
mod screenshots;
mod server;
mod setup;
mod shell;
mod stages;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// The commands of the partner account.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build everything and start the account with demonstration data
    Run {
        /// The port to listen on, on this machine only
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The folder that keeps the database and the letters
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Open the account in the default browser
        #[arg(long)]
        open: bool,
    },
    /// Run every stage of the tests, or only those named
    Test {
        /// Stages: a name or its beginning; `unit:WORD` and `e2e:WORD` pick tests inside a stage
        filter: Vec<String>,
        /// Further arguments for Playwright
        #[arg(last = true)]
        playwright: Vec<String>,
    },
    /// What one runs before a commit: format, lints and unit tests
    Check,
    /// Rebuild and reload on every change: the bundle in the browser, the server behind it
    Dev {
        /// The folder that keeps the database and the letters
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
    /// Build the release bundle into dist/ and print what it weighs
    Build,
    /// Measure: the client list on this machine, the server, the browser, the size of the bundle
    Bench {
        /// What to measure; everything when nothing is named
        #[arg(value_enum)]
        what: Vec<bench::Subject>,
    },
    /// Write docs/openapi.json, the description of the API, anew from the types of the wire
    Openapi,
    /// Take pictures of every page in every state, for eyes: target/screenshots/index.html shows them
    #[command(alias = "shots")]
    Screenshots {
        /// A word in the name of the page, such as `balance` (tests/e2e/support/screens.ts)
        word: Option<String>,
    },
    /// Show every widget in every state on one page (crates/gallery)
    #[command(alias = "kit")]
    Gallery {
        /// The port to listen on, on this machine only
        #[arg(long, default_value_t = 8082)]
        port: u16,
    },
    /// List what the account and the server are made of, as CycloneDX documents in target/sbom/
    Sbom,
    /// Make the style sheet and the icons that index.html includes (Trunk calls this)
    #[command(hide = true)]
    Assets,
}

fn main() -> ExitCode {
    let done =
        std::env::set_current_dir(project::root()).map_err(anyhow::Error::from).and_then(|()| {
            match Cli::parse().command {
                Command::Run { port, data, open } => run::run(port, &data, open).map(|()| true),
                Command::Test { filter, playwright } => stages::test(&filter, playwright),
                Command::Check => stages::check(),
                Command::Dev { data } => dev::run(&data).map(|()| true),
                Command::Build => bundle::build().map(|()| true),
                Command::Bench { what } => bench::run(&what).map(|()| true),
                Command::Openapi => openapi::write().map(|()| true),
                Command::Screenshots { word } => screenshots::take(word.as_deref()).map(|()| true),
                Command::Gallery { port } => run::run_gallery(port).map(|()| true),
                Command::Sbom => sbom::write().map(|()| true),
                Command::Assets => assets::make().map(|()| true),
            }
        });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
