//! The project's folders, and the pinned versions of its tools.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The path under which the app is served. `Trunk.toml` contains the same path; the build fails if the two differ.
pub(crate) const PUBLIC_URL: &str = "/partner/app/";

/// Pinned to 0.21, because Trunk 0.22 needs a newer compiler than `rust-toolchain.toml` pins.
pub(crate) const TRUNK_VERSION: &str = "0.21.14";

/// Pinned, because the settings in `deny.toml` are written for this version.
pub(crate) const CARGO_DENY_VERSION: &str = "0.20.2";

pub(crate) const CARGO_CYCLONEDX_VERSION: &str = "0.5.9";

pub(crate) const CARGO_NEXTEST_VERSION: &str = "0.9.143";

/// The oldest major version of Node with which the bundle is built and the tests run.
pub(crate) const NODE_MAJOR: u32 = 20;

/// Folder of the finished bundle, which the server serves.
pub(crate) const DIST: &str = "dist";

/// Folder of Trunk's output. Later steps minify, rename and compress its files.
pub(crate) const TRUNK_DIST: &str = "target/trunk";

/// Folder of the generated style sheets and icons. `index.html` includes them by this path.
pub(crate) const ASSETS: &str = "target/assets";

/// Folder of the Node package for the end-to-end tests.
pub(crate) const TESTS: &str = "tests";

/// Folder with the configuration, hooks and Python packages of schemathesis.
pub(crate) const FUZZ: &str = "tests/fuzz";

/// Returns the root of the repository. `main` makes it the working directory.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("xtask lives in crates/xtask")
}

pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Returns the version of wasm-bindgen in `Cargo.lock`. The wasm-bindgen command must have exactly the version of the
/// crate.
pub(crate) fn wasm_bindgen_version() -> Result<String> {
    locked_version(&fs::read_to_string("Cargo.lock")?, "wasm-bindgen")
        .context("Cargo.lock does not contain wasm-bindgen")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_matches_the_whole_package_name() {
        let lock =
            "name = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
