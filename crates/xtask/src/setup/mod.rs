//! Installs missing tools. Each function first checks whether its tool is installed, then prints what it installs and
//! why.

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

/// Installs everything that the test stages need.
pub(crate) fn everything() -> Result<()> {
    rust::bundle_tools()?;
    rust::test_runner()?;
    rust::audit_tool()?;
    browsers::install()?;
    node::build_tools()?;
    node::test_tools()?;
    python::fuzz_tools().map(|_| ())
}
