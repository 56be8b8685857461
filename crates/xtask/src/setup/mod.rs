//! Installs what is missing: every tool is looked for first, and one line says what is installed and why.

pub(crate) mod browsers;
pub(crate) mod debian;
pub(crate) mod nginx;
pub(crate) mod node;
pub(crate) mod postgres;
pub(crate) mod python;
pub(crate) mod rust;

use anyhow::Result;

/// Announces an installation, so that nobody wonders what takes minutes.
fn announce(what: &str, why: &str) {
    println!("Installing {what}: {why}");
}

/// Everything the tests need.
pub(crate) fn everything() -> Result<()> {
    rust::bundle_tools()?;
    rust::audit_tool()?;
    browsers::install()?;
    node::build_tools()?;
    node::test_tools()?;
    python::fuzz_tools().map(|_| ())
}
