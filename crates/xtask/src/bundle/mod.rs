//! Builds the release bundle: Trunk compiles the app, then the output is split, minified, named by content, compressed
//! and measured.

mod compress;
mod fingerprint;
pub(crate) mod gallery;
mod layout;
mod library;
mod shrink;
mod size;
mod split;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    assets,
    project::{self, DIST, TRUNK_DIST},
    setup, shell,
};

/// Folder in which the bundle is prepared. It replaces `dist/` only when it is complete, so `dist/` never contains a
/// half-built bundle.
const STAGING: &str = "target/bundle";

/// Environment variable with compiler flags, which Cargo adds to those in `.cargo/config.toml`. It applies only to code
/// for the browser, so that code for this machine is not recompiled.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Updates `dist/` and prints its sizes; fails if the first page exceeds its budget.
pub(crate) fn build() -> Result<()> {
    build_if_changed()?;
    size::report(Path::new(DIST))
}

/// Updates `dist/` if an input has changed.
pub(crate) fn build_if_changed() -> Result<()> {
    setup::rust::bundle_tools()?;
    let tools = setup::node::build_tools()?;
    let fingerprint = fingerprint::of_inputs(tools.as_ref())?;
    if fingerprint::is_current(&fingerprint) {
        println!("The bundle is up to date");
        return Ok(());
    }
    fingerprint::clear();
    assets::generate()?;
    let mut trunk = trunk("build");
    trunk.arg("--release");
    match &tools {
        Some(tools) => {
            // Keep the symbols, because the splitter needs them. wasm-opt strips them afterwards.
            let flags = format!("{} {}", release_flags(), split::FLAGS);
            shell::run(trunk.env(RUSTFLAGS, flags).env("CARGO_PROFILE_RELEASE_STRIP", "false"))?;
            split::split(Path::new(TRUNK_DIST), tools)?;
            library::bundle(Path::new(TRUNK_DIST), tools)?;
            shrink::shrink(Path::new(TRUNK_DIST), tools)?;
            split::check(Path::new(TRUNK_DIST))?;
        }
        // Without Node, do not split the app, because splitting needs esbuild.
        None => shell::run(trunk.env(RUSTFLAGS, release_flags()))?,
    }
    layout::lay_out(Path::new(TRUNK_DIST), Path::new(STAGING))?;
    compress::compress(Path::new(STAGING))?;
    replace(Path::new(DIST), Path::new(STAGING))?;
    fingerprint::record(&fingerprint)
}

pub(crate) fn trunk(subcommand: &str) -> Command {
    let mut trunk = shell::command("trunk");
    // Remove NO_COLOR: some terminals and CI systems set it to 1, but Trunk 0.21 accepts only `true` or `false`.
    trunk.env_remove("NO_COLOR").args([subcommand, "--skip-version-check"]);
    trunk
}

/// Returns compiler flags that remove this machine's folders from the file names in panic messages.
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
        fs::remove_dir_all(dist).with_context(|| format!("cannot replace {}", dist.display()))?;
    }
    fs::rename(staging, dist).with_context(|| format!("cannot write {}", dist.display()))
}

/// Returns all files below a folder, as sorted paths relative to it.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("cannot read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}
