//! Reads the repository's files, and finds lines of code in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file of the repository. Its path is relative to the root of the repository.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Code that breaks a rule, usually in the form `path:line: text`.
pub(crate) type Finding = String;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files in a folder and its subfolders that have one of these endings. Skips generated folders and most
/// hidden ones. Returns none if the folder does not exist.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root(), &root().join(folder), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &Path, endings: &[&str], found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let is_generated = name.starts_with("target")
            || ["dist", "data", "node_modules", "test-results", "playwright-report"].contains(&&*name);
        let is_sources = path.starts_with(root.join("src"));
        if (is_generated && !is_sources) || (name.starts_with('.') && name != ".ci" && name != ".cargo") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending))
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.push(File { path, text });
        }
    }
}

/// Returns the lines of code that the closure rejects. Comments are skipped.
pub(crate) fn lines(files: &[File], is_rejected: impl Fn(&File, &str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && is_rejected(file, code) {
                findings.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    findings
}

pub(crate) fn has_any(code: &str, words: &[&str]) -> bool {
    words.iter().any(|word| code.contains(word))
}

#[track_caller]
pub(crate) fn assert_none(findings: &[Finding], advice: &str) {
    assert!(findings.is_empty(), "\n{advice}\n\n{}\n", findings.join("\n"));
}
