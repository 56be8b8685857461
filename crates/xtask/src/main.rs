//! The project's commands. `cargo xtask help` lists them.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints to its terminal")]

mod assets;
mod bench;
mod bundle;
mod dev;
mod fuzz;
mod icons;
mod openapi;
mod playwright;
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
    /// Install missing tools, build everything and start the app with demonstration data
    Run {
        /// Port to listen on; the server is reachable from this machine only
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Folder of the database and the emails
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Open the app in the default browser
        #[arg(long)]
        open: bool,
    },
    /// Run all test stages, or the named ones
    #[command(after_help = stages::help())]
    Test {
        /// Stages by name or prefix; `unit:WORD` and `e2e:WORD` run only the tests with that word in their name
        filter: Vec<String>,
        /// Arguments passed on to Playwright
        #[arg(last = true)]
        playwright: Vec<String>,
    },
    /// Run the stages to run before each commit: format, lints and unit tests
    Check,
    /// Serve the app and the server, and rebuild them on every change
    Dev {
        /// Folder of the database and the emails
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
    /// Build the release bundle into dist/ and print the size of each file
    Build,
    /// Run benchmarks: the client list, the server, the app in a browser, the bundle size
    Bench {
        /// Benchmarks to run; all of them if none is named
        #[arg(value_enum)]
        what: Vec<bench::Subject>,
    },
    /// Generate docs/openapi.json from the API types
    Openapi,
    /// Take screenshots of every page in every state; target/screenshots/index.html shows them
    #[command(alias = "shots")]
    Screenshots {
        /// Only pages with this word in their name, such as `balance` (tests/e2e/support/screens.ts)
        word: Option<String>,
    },
    /// Serve the component gallery: every widget in every state on one page
    #[command(alias = "kit")]
    Gallery {
        /// Port to listen on; the server is reachable from this machine only
        #[arg(long, default_value_t = 8082)]
        port: u16,
    },
    /// Write the software bills of materials of the app and the server to target/sbom/ (CycloneDX)
    Sbom,
    /// Generate the style sheets and icons that index.html includes (Trunk calls this)
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
                Command::Assets => assets::generate().map(|()| true),
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
