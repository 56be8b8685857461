//! Where the project's folders are, and the versions of tools that it pins.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The path under which the account is served; `Trunk.toml` says the same, and the build checks it.
pub(crate) const PUBLIC_URL: &str = "/partner/app/";

/// 0.21 is the last line of Trunk that builds with the Rust version of this project.
pub(crate) const TRUNK_VERSION: &str = "0.21.14";

/// What checks the dependencies; `deny.toml` is written for it.
pub(crate) const CARGO_DENY_VERSION: &str = "0.20.2";

/// What `cargo xtask build` makes and the server serves.
pub(crate) const DIST: &str = "dist";

/// What Trunk makes, before it is shrunk, named by content and compressed.
pub(crate) const TRUNK_DIST: &str = "target/trunk";

/// The generated files that `index.html` includes by this very path.
pub(crate) const ASSETS: &str = "target/assets";

/// The end-to-end tests and their Node package.
pub(crate) const TESTS: &str = "tests";

/// What schemathesis is told, and the Python packages that it is made of.
pub(crate) const FUZZ: &str = "tests/fuzz";

/// The repository's root: every command works from there.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("xtask lives in crates/xtask")
}

/// Cargo's target folder.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The wasm-bindgen command has to be of exactly the version of the crate, so the lock file pins both.
pub(crate) fn wasm_bindgen_version() -> Result<String> {
    locked_version(&fs::read_to_string("Cargo.lock")?, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")
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
    fn the_locked_version_is_that_of_the_exact_package() {
        let lock =
            "name = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
