//! The stage `postgres`: runs the server tests on a temporary PostgreSQL, including those with several processes.

use anyhow::Result;

use super::{Options, Outcome};
use crate::{
    setup::{
        self,
        postgres::{Cluster, Purpose},
    },
    shell::{self, cargo},
};

pub(super) fn run(options: &Options) -> Result<Outcome> {
    setup::rust::test_runner()?;
    let cluster = Cluster::start(Purpose::Tests)?;
    let mut tests = cargo(&["nextest", "run", "--package", "partner-server", "--test", "server"]);
    // Run ignored tests, too: tests that need PostgreSQL are ignored by default.
    tests.args(&options.word).args(["--run-ignored", "all"]);
    shell::run(tests.env("PARTNER_TEST_DATABASE", cluster.url()))?;
    Ok(Outcome::Passed)
}
