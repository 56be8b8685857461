//! `cargo xtask bench`: prints the figures that the project holds itself to.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    bundle,
    server::{self, Profile},
    setup::{
        self,
        postgres::{Cluster, Purpose},
    },
    shell::{self, cargo},
    stages::in_tests,
};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// The client list: build, search, sort, on this machine
    Store,
    /// The server: lists and bulk calls on SQLite
    Server,
    /// The server: 200 sessions at once, 100,000 clients, on SQLite and on PostgreSQL, or where DATABASE_URL says
    Load,
    /// The account in Chromium: from input to what is painted
    Browser,
    /// The bundle: what the first page costs on the wire
    Size,
}

/// Measures the subjects, or all of them.
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
        println!("{package}: nothing to measure yet, {folder} is missing");
        return Ok(());
    }
    // Only the benchmarks: without a name Cargo would build the unit tests once more, optimised.
    shell::run(&mut cargo(&["bench", "--package", package, "--bench", name]))
}

/// The load is made by a program of its own, from the server as one deploys it.
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
    println!("on SQLite");
    shell::run(&mut bench())?;
    println!("on PostgreSQL");
    let cluster = Cluster::start(Purpose::Figures)?;
    shell::run(bench().env("DATABASE_URL", cluster.url()))
}

fn browser() -> Result<()> {
    const SCRIPT: &str = "bench.mjs";
    if !Path::new("tests").join(SCRIPT).is_file() {
        println!("browser: nothing to measure yet, tests/{SCRIPT} is missing");
        return Ok(());
    }
    setup::browsers::install()?;
    setup::node::test_tools()?;
    shell::run(in_tests(shell::command("node").arg(SCRIPT), Profile::Server)?)
}
