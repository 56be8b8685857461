//! Detects whether an input of the bundle has changed since the last build.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{
    project::{DIST, TRUNK_VERSION},
    setup::node::{self, BuildTools},
};

/// File with the fingerprint of the last build. It is not in `dist/`, because the server serves every file there.
const FILE: &str = "target/bundle.fingerprint";

/// Files and folders that the bundle is built from, in addition to the npm packages and the files that `index.html`
/// names.
const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    ".cargo/config.toml",
    "src",
    "style",
    "crates/partner-api",
    "crates/xtask/src",
    "rust-toolchain.toml",
];

/// Returns a digest of all input files and tool versions.
pub(crate) fn of_inputs(tools: Option<&BuildTools>) -> Result<String> {
    let page = fs::read_to_string("index.html").context("cannot read index.html")?;
    let mut files = Vec::new();
    for input in INPUTS.iter().map(PathBuf::from).chain(copied_by(&page)) {
        if input.exists() {
            collect(&input, &mut files)?;
        }
    }
    files.sort();
    files.dedup();
    let mut digest = Sha256::new();
    let compiler = crate::shell::capture(crate::shell::command("rustc").arg("--version")).unwrap_or_default();
    for part in [TRUNK_VERSION, &compiler, &node::describe(tools)?] {
        add(&mut digest, part.as_bytes());
    }
    for file in files {
        add(&mut digest, file.to_string_lossy().as_bytes());
        add(&mut digest, &fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether `dist/` was built from the inputs with this fingerprint.
pub(crate) fn is_current(fingerprint: &str) -> bool {
    Path::new(DIST).join("index.html").exists() && fs::read_to_string(FILE).is_ok_and(|last| last == fingerprint)
}

/// Records the fingerprint of the inputs from which `dist/` was built.
pub(crate) fn record(fingerprint: &str) -> Result<()> {
    fs::write(FILE, fingerprint).with_context(|| format!("cannot write {FILE}"))
}

/// Deletes the recorded fingerprint. Call this function before a build, so that an interrupted build does not count as
/// current.
pub(crate) fn clear() {
    // Ignore errors, because the file may be missing.
    let _ = fs::remove_file(FILE);
}

/// Adds a part and its length to the digest. Without the length, moving bytes from one part to the next would not
/// change the digest.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update(part.len().to_le_bytes());
    digest.update(part);
}

/// Returns the files that the `data-trunk` links in `index.html` name. Files in `target/` are left out, because they
/// are generated from other inputs.
fn copied_by(page: &str) -> Vec<PathBuf> {
    let tags = page.split("<link").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    tags.filter(|tag| tag.contains("data-trunk"))
        .filter_map(|tag| tag.split_once("href=\"")?.1.split_once('"'))
        .map(|(path, _)| PathBuf::from(path))
        .filter(|path| !path.starts_with("target"))
        .collect()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_files_are_inputs_and_generated_files_are_not() {
        let page = r#"<link data-trunk rel="copy-dir" href="public"><link rel="help" href="help.html">
            <link data-trunk rel="css" href="target/assets/app.css"><link data-trunk rel="rust">"#;
        assert_eq!(copied_by(page), [PathBuf::from("public")]);
    }
}
