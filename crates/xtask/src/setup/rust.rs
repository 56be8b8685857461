//! Installs the compiler's WebAssembly target, and the tools that Cargo compiles.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::announce;
use crate::{
    project::{
        CARGO_CYCLONEDX_VERSION, CARGO_DENY_VERSION, CARGO_NEXTEST_VERSION, TRUNK_VERSION, wasm_bindgen_version,
    },
    shell::{capture, cargo, command, run},
};

const WASM: &str = "wasm32-unknown-unknown";

/// How Cargo compiles a tool.
enum Compile {
    /// Without optimisation, which compiles faster. For tools that do little work themselves.
    Quickly,
    /// With optimisation. For tools that process megabytes at each build.
    Optimized,
}

pub(crate) fn bundle_tools() -> Result<()> {
    wasm_target()?;
    tool("trunk", "trunk", TRUNK_VERSION, Compile::Quickly, "it builds the bundle (2 to 5 minutes, once)")?;
    let version = wasm_bindgen_version()?;
    let why = "it generates the JavaScript that loads the WebAssembly (5 to 10 minutes, once)";
    tool("wasm-bindgen-cli", "wasm-bindgen", &version, Compile::Optimized, why)
}

pub(crate) fn audit_tool() -> Result<()> {
    let why = "it checks the dependencies' licenses and known vulnerabilities (1 to 2 minutes, once)";
    tool("cargo-deny", "cargo-deny", CARGO_DENY_VERSION, Compile::Quickly, why)
}

pub(crate) fn test_runner() -> Result<()> {
    let why = "it runs the unit and server tests (2 to 4 minutes, once)";
    tool("cargo-nextest", "cargo-nextest", CARGO_NEXTEST_VERSION, Compile::Quickly, why)
}

pub(crate) fn sbom_tool() -> Result<()> {
    let why = "it lists the crates of the app and the server (1 to 2 minutes, once)";
    tool("cargo-cyclonedx", "cargo-cyclonedx", CARGO_CYCLONEDX_VERSION, Compile::Quickly, why)
}

/// Installs the compiler's WebAssembly target. rustup does this automatically only if its automatic installation is on.
pub(crate) fn wasm_target() -> Result<()> {
    let folder = capture(command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    announce(&format!("the Rust target {WASM}"), "the app is compiled to WebAssembly");
    run(command("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("the Rust target {WASM} is missing and cannot be installed"))
}

/// Returns the folders of the installed tools, which are searched before `PATH`. Each folder name contains a version,
/// so that other versions on this machine stay untouched.
pub(crate) fn tool_folders() -> Vec<PathBuf> {
    let wasm_bindgen = wasm_bindgen_version().map(|version| tool_root("wasm-bindgen-cli", &version));
    [
        tool_root("trunk", TRUNK_VERSION),
        tool_root("cargo-deny", CARGO_DENY_VERSION),
        tool_root("cargo-nextest", CARGO_NEXTEST_VERSION),
        tool_root("cargo-cyclonedx", CARGO_CYCLONEDX_VERSION),
    ]
    .into_iter()
    .chain(wasm_bindgen.ok())
    .map(|root| root.join("bin"))
    .collect()
}

fn tool(package: &str, program: &str, version: &str, compile: Compile, why: &str) -> Result<()> {
    let found = match program.strip_prefix("cargo-") {
        Some(subcommand) => capture(&mut cargo(&[subcommand, "--version"])),
        None => capture(command(program).arg("--version")),
    };
    if found.as_deref().is_some_and(|output| has_version(output, version)) {
        return Ok(());
    }
    announce(&format!("{package} {version}"), why);
    let root = tool_root(package, version);
    let mut install = cargo(&["install", package, "--locked", "--version", version]);
    if let Compile::Quickly = compile {
        install.args(["--profile", "dev"]).env("CARGO_PROFILE_DEV_DEBUG", "none");
    }
    run(install.arg("--root").arg(root))
        .with_context(|| format!("{package} {version} is missing and cannot be installed"))
}

/// Whether the output of `--version` names this version. Examples are `trunk 0.21.14` and `wasm-bindgen 0.2.129
/// (abcdef)`.
fn has_version(output: &str, version: &str) -> bool {
    output.split_whitespace().nth(1) == Some(version)
}

fn tool_root(package: &str, version: &str) -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    home.join("project-tools").join(format!("{package}-{version}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_version_counts_as_installed() {
        assert!(has_version("trunk 0.21.14", "0.21.14"));
        assert!(has_version("wasm-bindgen 0.2.129 (a1b2c3)", "0.2.129"));
        assert!(has_version("cargo-nextest 0.9.143 (a1b2c3 2026-08-04)\nrelease: 0.9.143", "0.9.143"));
        assert!(!has_version("trunk 0.21.1", "0.21.14"));
        assert!(!has_version("trunk", "0.21.14"));
    }
}
