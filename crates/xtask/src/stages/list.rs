//! The test stages, in the order in which they run.

use anyhow::Result;

use super::{Options, Outcome, nginx, postgres};
use crate::{
    bundle, fuzz,
    playwright::{in_tests, playwright},
    project::{self, TESTS},
    server::Profile,
    setup,
    shell::{self, capture, cargo},
};

pub(crate) struct Stage {
    /// The name of the stage on the command line.
    pub(crate) name: &'static str,
    /// A description of one line, for the output and the help.
    pub(crate) about: &'static str,
    pub(crate) run: fn(&Options) -> Result<Outcome>,
}

pub(crate) const STAGES: &[Stage] = &[
    Stage { name: "setup", about: "installs the tools that the other stages need", run: setup },
    Stage { name: "format", about: "rustfmt on all sources", run: format },
    Stage { name: "lint-host", about: "clippy, compiled for this machine", run: lint_host },
    Stage { name: "lint-wasm", about: "clippy, compiled for the browser", run: lint_wasm },
    Stage { name: "lint-tests", about: "TypeScript's type check of the end-to-end tests", run: lint_tests },
    Stage { name: "docs", about: "rustdoc, without broken links", run: docs },
    Stage { name: "unit", about: "unit tests, server tests and repository rules", run: unit },
    Stage { name: "postgres", about: "server tests on PostgreSQL, with several processes", run: postgres::run },
    Stage { name: "build", about: "the release bundle, within its size budget", run: build },
    Stage { name: "audit", about: "licenses, bans and sources of the dependencies", run: audit },
    Stage { name: "advisories", about: "known vulnerabilities of the dependencies", run: advisories },
    Stage { name: "nginx", about: "deploy/nginx.conf in a real nginx, in front of real servers", run: nginx::run },
    Stage {
        name: "fuzz",
        about: "generated requests against a real server, checked against docs/openapi.json",
        run: fuzz,
    },
    Stage { name: "e2e", about: "the app in real browsers against a real server", run: end_to_end },
];

/// The stages of `cargo xtask check`.
pub(crate) const CHECKED: &[&str] = &["format", "lint-host", "lint-wasm", "unit"];

fn setup(_: &Options) -> Result<Outcome> {
    setup::everything()?;
    Ok(Outcome::Passed)
}

fn format(_: &Options) -> Result<Outcome> {
    cargo_passes(&["fmt", "--all", "--check"])
}

fn lint_host(_: &Options) -> Result<Outcome> {
    cargo_passes(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
}

fn lint_wasm(_: &Options) -> Result<Outcome> {
    setup::rust::wasm_target()?;
    let packages = ["--package", "partner-account", "--package", "partner-api", "--package", "gallery"];
    let target = ["--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"];
    cargo_passes(&[&["clippy"], &packages[..], &target].concat())
}

fn lint_tests(_: &Options) -> Result<Outcome> {
    setup::node::test_tools()?;
    shell::run(shell::command(project::root().join(TESTS).join("node_modules/.bin/tsc")).args(["--project", TESTS]))?;
    Ok(Outcome::Passed)
}

fn docs(_: &Options) -> Result<Outcome> {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    shell::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok(Outcome::Passed)
}

fn unit(options: &Options) -> Result<Outcome> {
    setup::rust::test_runner()?;
    shell::run(cargo(&["nextest", "run", "--workspace"]).args(&options.word))?;
    // Run the examples in the documentation separately, because nextest does not run them. A word selects tests, so it
    // skips the examples.
    if options.word.is_none() {
        shell::run(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]))?;
    }
    Ok(Outcome::Passed)
}

fn build(_: &Options) -> Result<Outcome> {
    bundle::build()?;
    Ok(Outcome::Passed)
}

fn audit(_: &Options) -> Result<Outcome> {
    setup::rust::audit_tool()?;
    cargo_passes(&["deny", "--workspace", "check", "licenses", "bans", "sources"])
}

fn advisories(_: &Options) -> Result<Outcome> {
    setup::rust::audit_tool()?;
    if capture(&mut cargo(&["deny", "fetch", "db"])).is_none() {
        return Ok(Outcome::NotRun("the advisory database cannot be reached".to_owned()));
    }
    cargo_passes(&["deny", "--workspace", "check", "advisories"])
}

fn fuzz(options: &Options) -> Result<Outcome> {
    fuzz::run(options.word.as_deref())?;
    Ok(Outcome::Passed)
}

fn end_to_end(options: &Options) -> Result<Outcome> {
    let mut playwright = playwright()?;
    playwright.args(&options.playwright);
    if let Some(word) = &options.word {
        playwright.args(["--grep", word]);
    }
    shell::run(in_tests(&mut playwright, Profile::Faulty)?)?;
    Ok(Outcome::Passed)
}

fn cargo_passes(arguments: &[&str]) -> Result<Outcome> {
    shell::run(&mut cargo(arguments))?;
    Ok(Outcome::Passed)
}
