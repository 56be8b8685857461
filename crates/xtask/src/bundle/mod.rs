//! Builds the release bundle: assets, Trunk, then smaller, named by content, compressed and weighed.

mod compress;
mod fingerprint;
pub(crate) mod gallery;
mod layout;
mod library;
mod shrink;
mod size;
mod split;

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    assets,
    project::{self, DIST, TRUNK_DIST},
    setup, shell,
};

/// Beside `dist/` until it is complete, so that a running server never sees half a bundle.
const STAGING: &str = "target/bundle";

/// For the browser alone, and beside what `.cargo/config.toml` says: what runs here is not compiled anew.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

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
    let mut trunk = trunk("build");
    trunk.arg("--release");
    match &tools {
        Some(tools) => {
            // What is stripped cannot be cut. wasm-opt strips it afterwards.
            let flags = format!("{} {}", release_flags(), split::FLAGS);
            shell::run(trunk.env(RUSTFLAGS, flags).env("CARGO_PROFILE_RELEASE_STRIP", "false"))?;
            split::split(Path::new(TRUNK_DIST), tools)?;
            library::join(Path::new(TRUNK_DIST), tools)?;
            shrink::shrink(Path::new(TRUNK_DIST), tools)?;
        }
        // In one piece: cutting takes esbuild, which joins the scripts that then refer to each other.
        None => shell::run(trunk.env(RUSTFLAGS, release_flags()))?,
    }
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

/// Short names for the folders of this machine: panics name files.
fn release_flags() -> String {
    let root = project::root();
    let cargo_home = std::env::var("CARGO_HOME").unwrap_or_else(|_| {
        let home = std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE")).unwrap_or_default();
        format!("{home}/.cargo")
    });
    format!("--remap-path-prefix={cargo_home}/registry/src/= --remap-path-prefix={}=", root.display())
}

fn replace(dist: &Path, staging: &Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("{} cannot be replaced", dist.display()))?;
    }
    fs::rename(staging, dist).with_context(|| format!("{} cannot be written", dist.display()))
}
