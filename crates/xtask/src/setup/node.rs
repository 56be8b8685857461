//! The pinned npm packages: those that shrink the bundle or are in it, and Playwright for the end-to-end tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::announce;
use crate::{
    project::TESTS,
    shell::{command, has, run},
};

/// The folder of the packages that shrink the bundle, and of what goes into it.
const BUILD: &str = "crates/xtask/npm";

/// Tools that make the bundle smaller; the account works without them.
#[derive(Debug)]
pub(crate) struct BuildTools {
    /// Shrinks WebAssembly.
    pub(crate) wasm_opt: PathBuf,
    /// Shrinks JavaScript.
    pub(crate) esbuild: PathBuf,
    /// Folder of the packages that scripts of the bundle import.
    pub(crate) packages: PathBuf,
}

/// The shrinking tools, installed if need be, or nothing on a machine without Node.
pub(crate) fn build_tools() -> Result<Option<BuildTools>> {
    if !has("node") || !has("npm") {
        println!(
            "Node is missing: the bundle is built without wasm-opt and esbuild, is larger for it and measures no vitals"
        );
        return Ok(None);
    }
    install(Path::new(BUILD), "binaryen, esbuild and web-vitals", "they make the bundle smaller, or are a part of it")?;
    let packages = Path::new(BUILD).join("node_modules");
    let tool = |name: &str| packages.join(".bin").join(name);
    Ok(Some(BuildTools { wasm_opt: tool("wasm-opt"), esbuild: tool("esbuild"), packages }))
}

/// Playwright and axe, which run the end-to-end tests, and TypeScript, which checks them.
pub(crate) fn test_tools() -> Result<()> {
    if !has("node") || !has("npm") {
        bail!("Node is missing, and the end-to-end tests need it: install Node 20 or newer with npm");
    }
    install(Path::new(TESTS), "Playwright and axe", "they run the end-to-end tests")
}

fn install(folder: &Path, what: &str, why: &str) -> Result<()> {
    if is_current(folder)? {
        return Ok(());
    }
    announce(what, why);
    // Scripts stay off: none of these packages needs one. Playwright's own browsers stay where they are: the
    // end-to-end tests use those of the system.
    let mut npm = command("npm");
    npm.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
        .with_context(|| format!("{what} are missing and cannot be installed"))
}

/// Whether the packages that `package.json` pins are there in exactly these versions.
fn is_current(folder: &Path) -> Result<bool> {
    let manifest = folder.join("package.json");
    let manifest = json(&manifest).with_context(|| format!("{} cannot be read", manifest.display()))?;
    let mut pins = ["dependencies", "devDependencies"].iter().filter_map(|kind| manifest[*kind].as_object()).flatten();
    Ok(pins.all(|(name, version)| {
        let installed = folder.join("node_modules").join(name).join("package.json");
        json(&installed).is_ok_and(|installed| &installed["version"] == version)
    }))
}

fn json(file: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

/// What the finished bundle depends on beside the sources: the versions of Node's tools, or that there are none.
pub(crate) fn describe(tools: Option<&BuildTools>) -> Result<String> {
    match tools {
        None => Ok("without Node".to_owned()),
        Some(_) => lock(),
    }
}

/// The lock file of the packages that build the bundle or are in it.
pub(crate) fn lock() -> Result<String> {
    let file = Path::new(BUILD).join("package-lock.json");
    fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))
}
