//! Finds the imports between the files of a crate: the module paths that a file names, and the file of each path.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{File, files};

/// A module path without `crate`, such as `["pages", "clients", "state"]`.
pub(crate) type ModulePath = Vec<String>;

/// A module path that a file names, and the line on which the path or its `use` group starts.
pub(crate) struct Import {
    pub(crate) line: usize,
    pub(crate) path: ModulePath,
}

/// The files of a crate, by their module paths.
pub(crate) struct Modules {
    files: BTreeMap<ModulePath, File>,
}

impl Modules {
    /// Reads all Rust files of a source folder.
    pub(crate) fn read(folder: &str) -> Self {
        let named = files(folder, &[".rs"]).into_iter().map(|file| (module_path(&file.path, folder), file));
        Self { files: named.collect() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ModulePath, &File)> {
        self.files.iter()
    }

    /// Returns the module whose file defines the item at a path: the longest prefix of the path that is a file.
    pub(crate) fn owner(&self, path: &[String]) -> Option<&ModulePath> {
        (1..=path.len()).rev().find_map(|length| self.files.get_key_value(&path[..length])).map(|(module, _)| module)
    }

    /// Returns the modules that a file imports, each with the line of an import. Parents and children are left out,
    /// because a module and its submodules are one unit.
    fn imported(&self, module: &ModulePath, file: &File) -> BTreeMap<&ModulePath, usize> {
        let mut found = BTreeMap::new();
        for import in imports(&file.text, module) {
            if let Some(owner) = self.owner(&import.path)
                && !owner.starts_with(module)
                && !module.starts_with(owner)
            {
                found.entry(owner).or_insert(import.line);
            }
        }
        found
    }

    /// Returns the imports between files that are part of a cycle of imports.
    pub(crate) fn cycles(&self) -> Vec<String> {
        let edges: BTreeMap<_, _> = self.iter().map(|(module, file)| (module, self.imported(module, file))).collect();
        let reachable = |start: &ModulePath| {
            let mut seen: BTreeSet<&ModulePath> = BTreeSet::new();
            let mut open: Vec<&ModulePath> = edges[start].keys().copied().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(edges[next].keys().copied());
                }
            }
            seen
        };
        let reach: BTreeMap<_, _> = edges.keys().map(|module| (*module, reachable(module))).collect();
        let mut findings = Vec::new();
        for (module, imported) in &edges {
            for (other, line) in imported {
                if reach[*other].contains(*module) {
                    findings.push(format!("{}:{line}: imports {}", self.files[*module].path, other.join("::")));
                }
            }
        }
        findings
    }
}

fn module_path(path: &str, folder: &str) -> ModulePath {
    let inside = path.trim_start_matches(folder).trim_start_matches('/').trim_end_matches(".rs");
    let inside = inside.trim_end_matches("/mod");
    let is_root = ["lib", "main", "mod"].contains(&inside);
    if is_root { vec![inside.to_owned()] } else { inside.split('/').map(str::to_owned).collect() }
}

/// Returns the paths that a file names after `crate::`, `self::` or `super::`, including the paths in groups. Comments
/// are skipped.
pub(crate) fn imports(text: &str, module: &[String]) -> Vec<Import> {
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(start) {
            let before = &text[..at];
            let is_inside_path = before.ends_with(|c: char| c.is_alphanumeric() || "_:$".contains(c));
            let line_start = before.rsplit('\n').next().unwrap_or_default().trim_start();
            if is_inside_path || line_start.starts_with("//") {
                continue;
            }
            let mut base: ModulePath = if start == "crate::" { Vec::new() } else { module.to_vec() };
            let mut rest = &text[at..];
            rest = rest.strip_prefix("crate::").or_else(|| rest.strip_prefix("self::")).unwrap_or(rest);
            while let Some(outer) = rest.strip_prefix("super::") {
                base.pop();
                rest = outer;
            }
            let line = before.matches('\n').count() + 1;
            tree(rest, &base, &mut |path| found.push(Import { line, path }));
        }
    }
    found
}

/// Reads one item of a `use` tree and returns the text after it.
fn tree<'a>(text: &'a str, base: &[String], found: &mut dyn FnMut(ModulePath)) -> &'a str {
    let mut path = base.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(mut inside) = rest.strip_prefix('{') {
            loop {
                inside = inside.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                if let Some(after) = inside.strip_prefix('}') {
                    return after;
                }
                let after = tree(inside, &path, found);
                // The group ends at the first text that is not a `use` tree.
                if after.len() == inside.len() {
                    return after;
                }
                inside = after;
            }
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '*').collect();
        rest = &rest[name.len()..];
        if !name.is_empty() && name != "self" && name != "*" {
            path.push(name);
        }
        if let Some(inner) = rest.strip_prefix("::") {
            rest = inner;
            continue;
        }
        found(path);
        return match rest.trim_start().strip_prefix("as ") {
            Some(alias) => alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == ' '),
            None => rest,
        };
    }
}

#[test]
fn groups_and_relative_paths_are_read() {
    let text =
        "use crate::{\n    api::{call, Error as E},\n    ui::menu,\n};\nuse super::state::State;\n// crate::nothing\n";
    let module = ["pages", "clients", "page"].map(str::to_owned);
    let mut found: Vec<String> = imports(text, &module).iter().map(|import| import.path.join("::")).collect();
    found.sort();
    assert_eq!(found, ["api::Error", "api::call", "pages::clients::state::State", "ui::menu"]);
}

#[test]
fn a_circle_is_found_and_parents_are_not_part_of_one() {
    let file = |path: &str, text: &str| (module_path(path, "src"), File { path: path.into(), text: text.into() });
    let modules = Modules {
        files: [
            file("src/a.rs", "use crate::b::c::X;"),
            file("src/b/mod.rs", "use self::c::X;"),
            file("src/b/c.rs", "use super::Y;\nuse crate::d::Z;"),
            file("src/d.rs", "use crate::a::W;"),
        ]
        .into(),
    };
    assert_eq!(modules.cycles(), ["src/a.rs:1: imports b::c", "src/b/c.rs:2: imports d", "src/d.rs:1: imports a"]);
}
