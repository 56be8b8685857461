//! `cargo xtask bench`: runs the benchmarks.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    bundle,
    playwright::in_tests,
    server::{self, Profile},
    setup::{
        self,
        postgres::{Cluster, Purpose},
    },
    shell::{self, cargo},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// The client list: build, search, sort, compiled for this machine
    Store,
    /// The server: lists and bulk requests on SQLite
    Server,
    /// The server: 200 concurrent sessions and 100,000 clients, on SQLite and PostgreSQL, or on DATABASE_URL if it is set
    Load,
    /// The app in Chromium: time from input to paint
    Browser,
    /// The bundle: compressed size of each file
    Size,
}

/// Runs the named benchmarks, or all benchmarks if none is named.
pub(crate) fn run(subjects: &[Subject]) -> Result<()> {
    let subjects = if subjects.is_empty() { Subject::value_variants() } else { subjects };
    subjects.iter().try_for_each(|subject| match subject {
        Subject::Store => rust("partner-account", "benches", "store"),
        Subject::Server => rust("partner-server", "crates/partner-server/benches", "server"),
        Subject::Load => load(),
        Subject::Browser => browser(),
        Subject::Size => bundle::build(),
    })
}

fn rust(package: &str, folder: &str, name: &str) -> Result<()> {
    if !Path::new(folder).is_dir() {
        println!("{package}: skipped, because {folder} is missing");
        return Ok(());
    }
    // Name the benchmark, because without a name Cargo would also build the unit tests with optimisation.
    shell::run(&mut cargo(&["bench", "--package", package, "--bench", name]))
}

/// Builds the server in its deployable form first, because the load generator starts it as a separate process.
fn load() -> Result<()> {
    let program = server::build(Profile::Server)?;
    let bench = || {
        let mut bench = cargo(&["bench", "--profile", "server", "--package", "partner-server", "--bench", "load"]);
        bench.env("PARTNER_SERVER", &program);
        bench
    };
    if std::env::var_os("DATABASE_URL").is_some() {
        return shell::run(&mut bench());
    }
    println!("SQLite");
    shell::run(&mut bench())?;
    println!("PostgreSQL");
    let cluster = Cluster::start(Purpose::Benchmarks)?;
    shell::run(bench().env("DATABASE_URL", cluster.url()))
}

fn browser() -> Result<()> {
    const SCRIPT: &str = "bench.mjs";
    if !Path::new("tests").join(SCRIPT).is_file() {
        println!("browser: skipped, because tests/{SCRIPT} is missing");
        return Ok(());
    }
    setup::browsers::install()?;
    setup::node::test_tools()?;
    shell::run(in_tests(shell::command("node").arg(SCRIPT), Profile::Demo)?)
}
