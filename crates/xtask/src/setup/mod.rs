//! Installs missing tools, and prints what it installs and why.

pub(crate) mod browsers;
pub(crate) mod debian;
pub(crate) mod nginx;
pub(crate) mod node;
pub(crate) mod postgres;
pub(crate) mod python;
pub(crate) mod rust;

use anyhow::Result;

/// Prints what is being installed, because an installation can take minutes.
fn announce(what: &str, why: &str) {
    println!("Installing {what}: {why}");
}

/// Installs the tools of the test stages, except PostgreSQL and nginx, which their own stages install.
pub(crate) fn everything() -> Result<()> {
    rust::bundle_tools()?;
    rust::test_runner()?;
    rust::audit_tool()?;
    browsers::install()?;
    node::build_tools()?;
    node::test_tools()?;
    python::fuzz_tools().map(|_| ())
}
