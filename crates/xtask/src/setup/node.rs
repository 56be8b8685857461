//! Installs the pinned npm packages: tools and libraries for the bundle, and Playwright for the end-to-end tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::announce;
use crate::{
    project::{NODE_MAJOR, TESTS},
    shell::{capture, command, has, run},
};

/// Folder of the npm packages that minify the bundle or become part of it.
const BUILD: &str = "crates/xtask/npm";

/// The tools that make the bundle smaller. The app also works if it is built without them.
#[derive(Debug)]
pub(crate) struct BuildTools {
    /// The program that minifies WebAssembly.
    pub(crate) wasm_opt: PathBuf,
    /// The program that joins and minifies JavaScript.
    pub(crate) esbuild: PathBuf,
    /// The folder `node_modules` with the packages that the bundle's scripts import.
    pub(crate) packages: PathBuf,
}

/// Installs the build tools. Returns `None` if Node is missing.
pub(crate) fn build_tools() -> Result<Option<BuildTools>> {
    if let Err(problem) = check_node() {
        println!("{problem}: the bundle is built without wasm-opt, esbuild and web-vitals, so it is larger");
        return Ok(None);
    }
    install(Path::new(BUILD), "binaryen, esbuild and web-vitals", "they minify the bundle or are part of it")?;
    let packages = Path::new(BUILD).join("node_modules");
    let tool = |name: &str| packages.join(".bin").join(name);
    Ok(Some(BuildTools { wasm_opt: tool("wasm-opt"), esbuild: tool("esbuild"), packages }))
}

/// Installs the npm packages that the end-to-end tests need, such as Playwright.
pub(crate) fn test_tools() -> Result<()> {
    check_node().context("the end-to-end tests need Node with npm")?;
    install(Path::new(TESTS), "Playwright and axe", "they run the end-to-end tests")
}

/// Fails if Node or npm is missing, or if Node is too old.
fn check_node() -> Result<()> {
    if !has("node") || !has("npm") {
        bail!("Node {NODE_MAJOR} or newer is missing");
    }
    let version = capture(command("node").arg("--version")).unwrap_or_default();
    if major(&version).is_none_or(|found| found < NODE_MAJOR) {
        bail!("Node {NODE_MAJOR} or newer is needed, and {version} is installed");
    }
    Ok(())
}

/// Returns the major version in the output of `node --version`, such as `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn install(folder: &Path, what: &str, why: &str) -> Result<()> {
    if is_current(folder)? {
        return Ok(());
    }
    announce(what, why);
    // Skip install scripts, because none of these packages needs them. Playwright must not download browsers, because
    // the end-to-end tests use the browsers of the system.
    let mut npm = command("npm");
    npm.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
        .with_context(|| format!("{what} are missing and cannot be installed"))
}

/// Whether the installed packages have exactly the versions that `package.json` pins.
fn is_current(folder: &Path) -> Result<bool> {
    let manifest = folder.join("package.json");
    let manifest = json(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    let mut pins = ["dependencies", "devDependencies"].iter().filter_map(|kind| manifest[*kind].as_object()).flatten();
    Ok(pins.all(|(name, version)| {
        let installed = folder.join("node_modules").join(name).join("package.json");
        json(&installed).is_ok_and(|installed| &installed["version"] == version)
    }))
}

fn json(file: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

/// Returns a text that identifies the Node tools, for the fingerprint of the bundle.
pub(crate) fn describe(tools: Option<&BuildTools>) -> Result<String> {
    match tools {
        None => Ok("without Node".to_owned()),
        Some(_) => lock(),
    }
}

/// Returns the lock file of the npm packages that minify the bundle or become part of it.
pub(crate) fn lock() -> Result<String> {
    let file = Path::new(BUILD).join("package-lock.json");
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_version_is_read_from_the_output_of_node() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major(""), None);
    }

    #[test]
    fn container_image_has_the_node_version_that_setup_requires() {
        let file = fs::read_to_string(crate::project::root().join("deploy/Containerfile")).unwrap();
        let image = file.split("docker.io/library/node:").nth(1).expect("the image copies Node from Node's own image");
        let version: u32 = image.split(['.', '-']).next().unwrap_or_default().parse().unwrap();
        assert!(version >= NODE_MAJOR, "{version}");
    }
}
