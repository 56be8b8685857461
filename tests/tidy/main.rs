//! Rules for this repository that no compiler checks. Each failure says what to do.

mod imports;
mod layers;
mod sources;

use sources::{File, Finding, assert_none, files, has_any, lines};

#[test]
fn nothing_circumvents_the_content_security_policy() {
    let mut sources = files("src", &[".rs"]);
    sources.extend(files("public", &[".js"]));
    sources.extend(files("", &["index.html"]).into_iter().filter(|file| !file.path.contains('/')));
    const BANNED: [&str; 9] = [
        "inner_html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "insert_adjacent_html",
        "js_sys::eval",
        "Function::new",
        "document.write",
        "javascript:",
    ];
    let has_style = |code: &str| code.contains(" style=") || code.starts_with("style=");
    let findings = lines(&sources, |file, code| {
        has_any(code, &BANNED) || has_style(code) || (file.path.ends_with(".html") && code.contains("<style"))
    });
    assert_none(
        &findings,
        "No HTML from text, no code from text, no inline style: use elements, classes and `style:name=value`.",
    );
}

#[test]
fn no_element_of_a_view_is_wholly_static() {
    let mut findings: Vec<Finding> = Vec::new();
    for file in files("src", &[".rs"]) {
        for (at, _) in file.text.match_indices('<') {
            let (before, rest) = (&file.text[..at], &file.text[at + 1..]);
            let is_root = before.trim_end().ends_with("view! {");
            if !is_root && rest.starts_with(|c: char| c.is_ascii_lowercase()) && is_static(rest) {
                let line = before.matches('\n').count() + 1;
                findings.push(format!("{}:{line}: <{}", file.path, rest.lines().next().unwrap_or_default()));
            }
        }
    }
    assert_none(
        &findings,
        "Put one attribute into braces, as in `<td class={\"gap\"}></td>`: Leptos makes elements without anything dynamic \
         from a piece of HTML, which Trusted Types forbid in the browser.",
    );
}

/// Whether a tag (without its `<`) has only literal attributes, and no content or only a literal.
fn is_static(tag: &str) -> bool {
    let Some((attributes, inside)) = tag.split_once('>') else { return false };
    let is_closed = attributes.ends_with('/');
    let mut values = attributes.trim_end_matches('/').split('=').skip(1).peekable();
    let is_literal = values.peek().is_some() && values.all(|value| value.starts_with('"')) && !attributes.contains('{');
    let inside = inside.trim_start();
    let inside = match inside.strip_prefix('"').and_then(|text| text.split_once('"')) {
        Some((_, after)) => after.trim_start(),
        None => inside,
    };
    is_literal && (is_closed || inside.starts_with("</"))
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    let kinds = [
        ".rs", ".toml", ".lock", ".json", ".js", ".ts", ".html", ".css", ".md", ".sql", ".yml", ".yaml", ".sh", "run",
        "npmrc",
    ];
    // Write these paths in pieces, because this file is searched for them as well.
    let paths = ["work/main", "work/shared", "home/", "Users/", "root/", "tmp/"].map(|path| format!("/{path}"));
    let registries = ["registry.npmjs.org/", "registry.npmmirror.com", "pypi.org/simple", "static.crates.io"];
    let mut findings = Vec::new();
    for file in files("", &kinds) {
        let is_lock = file.path.ends_with("package-lock.json");
        for (number, line) in file.text.lines().enumerate() {
            let is_path = |path: &&String| {
                line.match_indices(path.as_str())
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~}/*".contains(c)))
            };
            let names_registry = registries.iter().any(|name| line.contains(name)) && file.path != "tests/tidy/main.rs";
            let names_mirror = is_lock && line.contains("\"resolved\": \"http");
            if paths.iter().any(|path| is_path(&path)) || names_registry || names_mirror {
                findings.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    assert_none(
        &findings,
        "Paths of one machine and addresses of registries work nowhere else: use relative paths, `env!`, `std::env::temp_dir()`; \
         write lock files with `omit-lockfile-registry-resolved=true` in `.npmrc`.",
    );
}

#[test]
fn paths_that_the_build_watches_exist() {
    let trunk = std::fs::read_to_string(sources::root().join("Trunk.toml")).unwrap_or_default();
    let list = trunk.split_once("\nwatch = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    let paths: Vec<&str> =
        list.split(',').map(|path| path.trim().trim_matches('"')).filter(|it| !it.is_empty()).collect();
    assert!(paths.len() > 3, "Trunk.toml has the list of watched paths");
    let missing: Vec<Finding> =
        paths.into_iter().filter(|path| !sources::root().join(path).exists()).map(str::to_owned).collect();
    assert_none(&missing, "Trunk does not start if a watched path is missing: update `watch` in Trunk.toml.");
}

#[test]
fn files_are_short_enough_to_read() {
    const LONGEST: usize = 400;
    let sources: Vec<File> = ["src", "crates", "tests", "benches", "style", "public"]
        .into_iter()
        .flat_map(|folder| files(folder, &[".rs", ".ts", ".js", ".css", ".sql"]))
        .collect();
    let findings: Vec<Finding> = sources
        .iter()
        .map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert_none(&findings, "Split the file by purpose: consider it at 250 lines, do it at 400.");
}
