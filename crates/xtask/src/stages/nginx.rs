//! The stage `nginx`: tests `deploy/nginx.conf` in a real nginx, in front of one server, and in front of several
//! servers on one PostgreSQL database.

use anyhow::Result;

use super::{Options, Outcome};
use crate::{
    playwright::{in_tests, playwright},
    server::Profile,
    setup::{
        self,
        postgres::{self, Cluster, Purpose},
    },
    shell,
};

/// Runs the stage. Skips the tests that need PostgreSQL if PostgreSQL is missing and cannot be installed.
pub(super) fn run(options: &Options) -> Result<Outcome> {
    if !setup::nginx::install()? {
        return Ok(Outcome::NotRun(setup::nginx::advice()));
    }
    let mut playwright = playwright()?;
    playwright.args(["--config", "deployment.config.ts"]).args(&options.playwright);
    if let Some(word) = &options.word {
        playwright.args(["--grep", word]);
    }
    in_tests(&mut playwright, Profile::Faulty)?;
    match postgres::install() {
        Ok(()) => {
            let cluster = Cluster::start(Purpose::Tests)?;
            shell::run(playwright.env("PARTNER_TEST_DATABASE", cluster.url()))?;
        }
        Err(error) => {
            println!("skipping the tests with several servers on one database: {error:#}");
            shell::run(playwright.env("PARTNER_NO_DATABASE", format!("{error:#}")))?;
        }
    }
    Ok(Outcome::Passed)
}
