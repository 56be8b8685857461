//! Connects the data of [`crate::seed`] with the server's commands.

use std::io::IsTerminal;

use anyhow::{Context, bail};
use partner_server::{
    App,
    cli::{DemoData, DemoFuture, SeedOptions},
    clock::UnixTime,
    store::Store,
};

use crate::seed::{self, DEMO_EMAIL, DEMO_PASSWORD, VIEWER_EMAIL};

#[derive(Clone, Copy, Debug)]
pub struct Demo;

impl DemoData for Demo {
    fn fill<'a>(&'a self, app: &'a App, months: u32) -> DemoFuture<'a, ()> {
        Box::pin(seed::demo(app, months, &print_progress))
    }

    fn sign_in_hint(&self) -> String {
        format!(
            "Sign in with {DEMO_EMAIL} / {DEMO_PASSWORD}\n\
             or, for a read-only role, with {VIEWER_EMAIL} and the same password"
        )
    }

    fn seed<'a>(&'a self, store: &'a Store, options: &'a SeedOptions, now: UnixTime) -> DemoFuture<'a, String> {
        Box::pin(seed(store, options, now))
    }
}

async fn seed(store: &Store, options: &SeedOptions, now: UnixTime) -> anyhow::Result<String> {
    let &SeedOptions { clients, partners, months, seed, ref partner_email } = options;
    if let Some(partners) = partners {
        seed::add_partners(store, partners, clients, seed, now).await?;
        return Ok(format!("Added {partners} partners with {clients} clients each"));
    }
    let partner = match partner_email {
        Some(email) => {
            store.partner_of(email).await?.with_context(|| format!("there is no user with the email {email}"))?
        }
        None => match store.oldest_partner().await? {
            Some(pid) => pid,
            None => bail!("there is no partner yet: run create-partner or serve --demo first"),
        },
    };
    seed::add_clients(store, &partner, clients, seed, months, now, &print_progress).await?;
    Ok(format!("Added {clients} clients to {partner}"))
}

/// Prints the progress on one line of the terminal. Prints nothing if standard error is not a terminal.
#[expect(clippy::print_stderr, reason = "progress is for the terminal, not for the log")]
fn print_progress(done: usize, total: usize) {
    if std::io::stderr().is_terminal() {
        eprint!("\rWriting movements: {done} of {total} clients{}", if done == total { "\n" } else { "" });
    }
}
