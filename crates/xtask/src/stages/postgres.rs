//! The stage `postgres`: the server's tests on a PostgreSQL of their own, with those that need several processes.

use anyhow::Result;

use super::{Outcome, Wish, list::has_nextest};
use crate::{
    setup::postgres::{Cluster, Purpose},
    shell::{self, cargo},
};

/// Runs them.
pub(super) fn run(wish: &Wish) -> Result<Outcome> {
    let cluster = Cluster::start(Purpose::Tests)?;
    // Those that only PostgreSQL can pass are left out where it is not.
    let (runner, all): (&[&str], &[&str]) = if has_nextest() {
        (&["nextest", "run"], &["--run-ignored", "all"])
    } else {
        (&["test"], &["--", "--include-ignored"])
    };
    let mut tests = cargo(&[runner, &["--package", "partner-server", "--test", "server"]].concat());
    tests.args(&wish.word).args(all);
    shell::run(tests.env("PARTNER_TEST_DATABASE", cluster.url()))?;
    Ok(Outcome::Passed)
}
