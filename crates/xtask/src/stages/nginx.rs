//! The stage `nginx`: `deploy/nginx.conf`, by nginx itself in front of real servers, some of them on one PostgreSQL.

use anyhow::Result;

use super::{
    Outcome, Wish,
    list::{in_tests, playwright},
};
use crate::{
    server::Profile,
    setup::{
        self,
        postgres::{self, Cluster, Purpose},
    },
    shell,
};

/// Runs it. Without PostgreSQL, only the test that needs it is left out.
pub(super) fn run(wish: &Wish) -> Result<Outcome> {
    if !setup::nginx::install()? {
        return Ok(Outcome::Skipped(setup::nginx::advice()));
    }
    let mut playwright = playwright()?;
    playwright.args(["--config", "deployment.config.ts"]).args(&wish.playwright);
    if let Some(word) = &wish.word {
        playwright.args(["--grep", word]);
    }
    in_tests(&mut playwright, Profile::Faulty)?;
    match postgres::install() {
        Ok(()) => {
            let cluster = Cluster::start(Purpose::Tests)?;
            shell::run(playwright.env("PARTNER_TEST_DATABASE", cluster.url()))?;
        }
        Err(error) => {
            println!("several servers on one database are left out: {error:#}");
            shell::run(playwright.env("PARTNER_NO_DATABASE", format!("{error:#}")))?;
        }
    }
    Ok(Outcome::Passed)
}
