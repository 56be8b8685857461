//! What is tested, in the order in which it runs: quick and cheap first.

use anyhow::Result;

use super::{Outcome, Wish, nginx, postgres};
use crate::{
    bundle, fuzz,
    project::{self, DIST, TESTS},
    server::{self, Profile},
    setup,
    shell::{self, ask, cargo},
};

/// One thing that is tested.
pub(crate) struct Stage {
    /// By which it is chosen on the command line.
    pub(crate) name: &'static str,
    /// What it is, for those who read along.
    pub(crate) what: &'static str,
    /// Runs it.
    pub(crate) run: fn(&Wish) -> Result<Outcome>,
}

/// Everything that `cargo xtask test` runs.
pub(crate) const STAGES: &[Stage] = &[
    Stage { name: "setup", what: "the tools that the tests need", run: setup },
    Stage { name: "format", what: "the sources look as rustfmt writes them", run: format },
    Stage { name: "lint-host", what: "clippy, as built for this machine", run: lint_host },
    Stage { name: "lint-wasm", what: "clippy, as built for the browser", run: lint_wasm },
    Stage { name: "lint-tests", what: "the types of the end-to-end tests", run: lint_tests },
    Stage { name: "docs", what: "the documentation has no broken link", run: docs },
    Stage { name: "unit", what: "unit tests, server tests, rules of the repository", run: unit },
    Stage {
        name: "postgres",
        what: "the server tests again, on PostgreSQL, and several processes on it",
        run: postgres::run,
    },
    Stage { name: "build", what: "the release bundle, within its budget", run: build },
    Stage { name: "audit", what: "licenses, bans and sources of the dependencies", run: audit },
    Stage { name: "advisories", what: "known holes in the dependencies", run: advisories },
    Stage { name: "nginx", what: "deploy/nginx.conf, by nginx itself in front of a real server", run: nginx::run },
    Stage { name: "fuzz", what: "the API as described, tried out against a real server", run: fuzz },
    Stage { name: "e2e", what: "the account in real browsers against a real server", run: end_to_end },
];

/// The stages of `cargo xtask check`.
pub(crate) const CHECKED: &[&str] = &["format", "lint-host", "lint-wasm", "unit"];

fn setup(_: &Wish) -> Result<Outcome> {
    setup::everything()?;
    Ok(Outcome::Passed)
}

fn format(_: &Wish) -> Result<Outcome> {
    passes(&["fmt", "--all", "--check"])
}

fn lint_host(_: &Wish) -> Result<Outcome> {
    let features = ["--features", "partner-server/faults"];
    passes(&[&["clippy", "--workspace", "--all-targets"], &features[..], &["--", "--deny", "warnings"]].concat())
}

fn lint_wasm(_: &Wish) -> Result<Outcome> {
    setup::rust::wasm_target()?;
    let packages = ["--package", "partner-account", "--package", "partner-api", "--package", "gallery"];
    let target = ["--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"];
    passes(&[&["clippy"], &packages[..], &target].concat())
}

fn lint_tests(_: &Wish) -> Result<Outcome> {
    setup::node::test_tools()?;
    shell::run(shell::command(project::root().join(TESTS).join("node_modules/.bin/tsc")).args(["--project", TESTS]))?;
    Ok(Outcome::Passed)
}

fn docs(_: &Wish) -> Result<Outcome> {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    shell::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok(Outcome::Passed)
}

fn unit(wish: &Wish) -> Result<Outcome> {
    let has_nextest = has_nextest();
    let runner: &[&str] = if has_nextest { &["nextest", "run"] } else { &["test"] };
    let mut tests = cargo(&[runner, &["--workspace"]].concat());
    shell::run(tests.args(&wish.word))?;
    // nextest leaves out the examples in the documentation.
    if has_nextest && wish.word.is_none() {
        shell::run(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]))?;
    }
    Ok(Outcome::Passed)
}

/// Whether the quicker runner of tests is there.
pub(super) fn has_nextest() -> bool {
    ask(&mut cargo(&["nextest", "--version"])).is_some()
}

fn build(_: &Wish) -> Result<Outcome> {
    bundle::build()?;
    Ok(Outcome::Passed)
}

fn audit(_: &Wish) -> Result<Outcome> {
    setup::rust::audit_tool()?;
    passes(&["deny", "--workspace", "check", "licenses", "bans", "sources"])
}

fn advisories(_: &Wish) -> Result<Outcome> {
    setup::rust::audit_tool()?;
    if ask(&mut cargo(&["deny", "fetch", "db"])).is_none() {
        return Ok(Outcome::Skipped("the advisory database cannot be reached".to_owned()));
    }
    passes(&["deny", "--workspace", "check", "advisories"])
}

fn fuzz(wish: &Wish) -> Result<Outcome> {
    fuzz::run(wish.word.as_deref())?;
    Ok(Outcome::Passed)
}

fn end_to_end(wish: &Wish) -> Result<Outcome> {
    let mut playwright = playwright()?;
    playwright.args(&wish.playwright);
    if let Some(word) = &wish.word {
        playwright.args(["--grep", word]);
    }
    shell::run(in_tests(&mut playwright, Profile::Faulty)?)?;
    Ok(Outcome::Passed)
}

/// Playwright's runner, installed, with the browsers that it needs.
pub(crate) fn playwright() -> Result<std::process::Command> {
    setup::browsers::install()?;
    setup::node::test_tools()?;
    let mut playwright = shell::command(project::root().join(TESTS).join("node_modules/.bin/playwright"));
    playwright.arg("test");
    Ok(playwright)
}

/// Tells a program in `tests/` where the bundle, the page of the widgets and the server are, all up to date.
pub(crate) fn in_tests(command: &mut std::process::Command, profile: Profile) -> Result<&mut std::process::Command> {
    bundle::make()?;
    bundle::gallery::make()?;
    let program = server::build(profile)?;
    let root = project::root();
    let folders = [("PARTNER_BUNDLE", root.join(DIST)), ("PARTNER_GALLERY", root.join(bundle::gallery::GALLERY))];
    Ok(command.current_dir(TESTS).envs(folders).env("PARTNER_SERVER", program))
}

fn passes(arguments: &[&str]) -> Result<Outcome> {
    shell::run(&mut cargo(arguments))?;
    Ok(Outcome::Passed)
}
