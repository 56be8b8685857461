//! Runs Playwright in `tests/` against the built app and server.

use anyhow::Result;

use crate::{
    bundle,
    project::{self, DIST, TESTS},
    server::{self, Profile},
    setup, shell,
};

/// Returns the command `playwright test`. Installs Playwright and the browsers first if they are missing.
pub(crate) fn playwright() -> Result<std::process::Command> {
    setup::browsers::install()?;
    setup::node::test_tools()?;
    let mut playwright = shell::command(project::root().join(TESTS).join("node_modules/.bin/playwright"));
    playwright.arg("test");
    Ok(playwright)
}

/// Prepares a command that runs in `tests/`: builds the bundle, the gallery and the server, and passes their paths to
/// the command.
pub(crate) fn in_tests(command: &mut std::process::Command, profile: Profile) -> Result<&mut std::process::Command> {
    bundle::build_if_changed()?;
    bundle::gallery::build()?;
    let program = server::build(profile)?;
    let root = project::root();
    let folders = [("PARTNER_BUNDLE", root.join(DIST)), ("PARTNER_GALLERY", root.join(bundle::gallery::GALLERY))];
    Ok(command.current_dir(TESTS).envs(folders).env("PARTNER_SERVER", program))
}
