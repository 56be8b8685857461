//! Builds the release bundle: assets, Trunk, then smaller, named by content, compressed and weighed.

mod compress;
mod fingerprint;
mod layout;
mod shrink;
mod size;

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    assets,
    project::{self, DIST, TRUNK_DIST},
    setup, shell,
};

/// Beside `dist/` until it is complete, so that a running server never sees half a bundle.
const STAGING: &str = "target/bundle";

/// Brings `dist/` up to date and prints its sizes; fails when the first page is over budget.
pub(crate) fn build() -> Result<()> {
    make()?;
    size::report(Path::new(DIST))
}

/// Brings `dist/` up to date; does nothing when no input changed.
pub(crate) fn make() -> Result<()> {
    setup::rust::bundle_tools()?;
    let tools = setup::node::build_tools()?;
    let fingerprint = fingerprint::of_inputs(tools.as_ref())?;
    if fingerprint::is_current(&fingerprint) {
        println!("The bundle is up to date");
        return Ok(());
    }
    fingerprint::forget();
    assets::make()?;
    shell::run(trunk("build").arg("--release").env("RUSTFLAGS", release_flags()))?;
    shrink::shrink(Path::new(TRUNK_DIST), tools.as_ref())?;
    layout::lay_out(Path::new(TRUNK_DIST), Path::new(STAGING))?;
    compress::compress(Path::new(STAGING))?;
    replace(Path::new(DIST), Path::new(STAGING))?;
    fingerprint::remember(&fingerprint)
}

/// `trunk` with one of its commands.
pub(crate) fn trunk(subcommand: &str) -> Command {
    let mut trunk = shell::command("trunk");
    // Some terminals and CI set NO_COLOR=1, which Trunk 0.21 refuses to read: it wants a Boolean word.
    trunk.env_remove("NO_COLOR").args([subcommand, "--skip-version-check"]);
    trunk
}

/// What `.cargo/config.toml` says for the browser, and short names for the folders of this machine: panics name files.
fn release_flags() -> String {
    let root = project::root();
    let cargo_home = std::env::var("CARGO_HOME").unwrap_or_else(|_| {
        let home = std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE")).unwrap_or_default();
        format!("{home}/.cargo")
    });
    format!(
        "--cfg=erase_components --remap-path-prefix={cargo_home}/registry/src/= --remap-path-prefix={}=",
        root.display()
    )
}

fn replace(dist: &Path, staging: &Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("{} cannot be replaced", dist.display()))?;
    }
    fs::rename(staging, dist).with_context(|| format!("{} cannot be written", dist.display()))
}
