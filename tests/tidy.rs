//! Rules of the repository that no compiler holds: each failure names the file, the line and what to do instead.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file, its path relative to the root of the repository.
struct File {
    path: String,
    text: String,
}

/// A line where a rule is broken, as `path:line: text`.
type Finding = String;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files under a folder with one of these endings; none where the folder does not exist.
fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root(), &root().join(folder), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &Path, endings: &[&str], found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let is_made = ["target", "dist", "data", "node_modules", "test-results", "playwright-report"].contains(&&*name);
        if is_made || (name.starts_with('.') && name != ".ci" && name != ".cargo") {
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

/// The lines of code, comments left out, for which the closure has an objection.
fn lines(files: &[File], objects: impl Fn(&File, &str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && objects(file, code) {
                findings.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    findings
}

fn has_any(code: &str, words: &[&str]) -> bool {
    words.iter().any(|word| code.contains(word))
}

/// Whether the code names the word as a whole: `api` in `crate::api::call`, not in `rapid`.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_part(code[..at].chars().next_back()) && !is_part(code[at + word.len()..].chars().next())
    })
}

/// The names after `crate::` in a line, also of a group: `use crate::{api, ui::menu}` names `api` and `ui`.
fn crate_names(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in file.text.match_indices("crate::") {
        let line = file.text[..at].matches('\n').count() + 1;
        if file.text[..at].rsplit('\n').next().is_some_and(|start| start.trim_start().starts_with("//")) {
            continue;
        }
        let rest = &file.text[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push((line, identifier(rest)));
            continue;
        };
        let mut depth = 0;
        let mut item = String::new();
        for c in group.chars() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => found.push((line, identifier(&std::mem::take(&mut item)))),
                c => item.push(c),
            }
        }
        found.push((line, identifier(&item)));
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[track_caller]
fn none(findings: Vec<Finding>, advice: &str) {
    assert!(findings.is_empty(), "\n{advice}\n\n{}\n", findings.join("\n"));
}

#[test]
fn widgets_know_no_domain() {
    const FOREIGN: [&str; 9] = ["api", "routes", "session", "pages", "config", "data", "i18n", "app", "shell"];
    let widgets = files("src/ui", &[".rs"]);
    let mut findings = lines(&widgets, |_, code| names(code, "partner_api"));
    for file in &widgets {
        let foreign = crate_names(file).into_iter().filter(|(_, name)| FOREIGN.contains(&&**name));
        findings.extend(foreign.map(|(line, name)| format!("{}:{line}: crate::{name}", file.path)));
    }
    none(findings, "A widget gets texts, addresses and callbacks as properties from the page that uses it.");
}

#[test]
fn pages_do_not_know_each_other() {
    let mut findings = Vec::new();
    for file in files("src/pages", &[".rs"]) {
        let inside = file.path.trim_start_matches("src/pages/");
        let own = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if own == "mod" {
            continue;
        }
        let other = |code: &str| {
            let other_after = |start: &str| {
                code.match_indices(start).any(|(at, _)| {
                    let name = identifier(&code[at + start.len()..]);
                    !name.is_empty() && name != own && name != "use_title"
                })
            };
            other_after("crate::pages::") || other_after("super::super::pages::")
        };
        findings.extend(lines(std::slice::from_ref(&file), |_, code| other(code)));
    }
    none(findings, "What two pages share belongs to `src/` or `src/ui/`; pages meet in `src/app.rs` alone.");
}

#[test]
fn one_module_sends_requests() {
    const SENDERS: [&str; 8] = [
        "gloo_net",
        "fetch_with",
        "Request::new",
        "XmlHttpRequest",
        "EventSource::new",
        "WebSocket::new",
        "send_beacon",
        "reqwest",
    ];
    let findings =
        lines(&files("src", &[".rs"]), |file, code| !file.path.starts_with("src/api/") && has_any(code, &SENDERS));
    none(findings, "Call the server through `crate::api`: it knows tokens, errors and the session.");
}

#[test]
fn one_module_knows_addresses() {
    let findings =
        lines(&files("src", &[".rs"]), |file, code| file.path != "src/routes.rs" && code.contains("/partner/app"));
    none(findings, "Get addresses from `crate::routes`: it alone knows where the app lives.");
}

#[test]
fn nothing_circumvents_the_content_security_policy() {
    let mut sources = files("src", &[".rs"]);
    sources.extend(files("locales", &[".rs"]));
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
    none(
        findings,
        "No HTML from text, no code from text, no inline style: use elements, classes and `style:name=value`.",
    );
}

#[test]
fn no_element_of_a_view_is_wholly_static() {
    let mut findings = Vec::new();
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
    none(
        findings,
        "Put one attribute into braces, as in `<td class={\"gap\"}></td>`: Leptos makes elements without anything dynamic \
         from a piece of HTML, which Trusted Types forbid in the browser.",
    );
}

/// Whether a tag (less its `<`) has attributes, all of them literal, and nothing but a literal inside.
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
fn account_server_and_wire_depend_in_one_direction() {
    let manifest = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_default();
    let mut findings = Vec::new();
    for (path, forbidden) in [
        ("Cargo.toml", &["partner-server", "partner-demo", "xtask"][..]),
        ("crates/partner-server/Cargo.toml", &["partner-account", "xtask"]),
        (
            "crates/partner-api/Cargo.toml",
            &["partner-account", "partner-server", "partner-demo", "xtask", "leptos", "axum", "tokio"],
        ),
    ] {
        for name in dependencies(&manifest(path)).into_iter().filter(|name| forbidden.contains(&&**name)) {
            findings.push(format!("{path}: {name}"));
        }
    }
    none(findings, "Account and server meet in `partner-api` alone, and `partner-api` knows neither.");
}

/// Names in the tables of dependencies of one package (not of the workspace).
fn dependencies(manifest: &str) -> Vec<String> {
    let mut is_table = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            is_table = table.ends_with("dependencies") && !table.starts_with("workspace");
            // `[dependencies.name]` is a table of its own.
            if let Some((before, name)) = table.rsplit_once("dependencies.") {
                found.extend((!before.starts_with("workspace")).then(|| name.to_owned()));
            }
        } else if is_table && !line.starts_with('#') {
            let name = line.split(['=', '.']).next().unwrap_or_default().trim().trim_matches('"');
            let package = line.split_once("package = \"").and_then(|(_, rest)| rest.split('"').next());
            found.extend([Some(name), package].into_iter().flatten().filter(|it| !it.is_empty()).map(str::to_owned));
        }
    }
    found
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    let kinds = [
        ".rs", ".toml", ".lock", ".json", ".js", ".ts", ".html", ".css", ".md", ".sql", ".yml", ".yaml", ".sh", "run",
        "npmrc",
    ];
    // In pieces, so that this file does not name them either.
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
            let names_registry = registries.iter().any(|name| line.contains(name)) && file.path != "tests/tidy.rs";
            let names_mirror = is_lock && line.contains("\"resolved\": \"http");
            if paths.iter().any(|path| is_path(&path)) || names_registry || names_mirror {
                findings.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    none(
        findings,
        "Paths of one machine and addresses of registries work nowhere else: use relative paths, `env!`, `std::env::temp_dir()`; \
         write lock files with `omit-lockfile-registry-resolved=true` in `.npmrc`.",
    );
}

#[test]
fn files_are_short_enough_to_read() {
    const MOST: usize = 400;
    let sources: Vec<File> = ["src", "crates", "tests", "benches", "locales", "style", "public"]
        .into_iter()
        .flat_map(|folder| files(folder, &[".rs", ".ts", ".js", ".css", ".sql"]))
        .collect();
    // A language is one file, however much there is to say in it.
    let is_language = |file: &&File| file.path.starts_with("locales/") && file.text.contains("const TEXT: Text");
    let findings = sources
        .iter()
        .filter(|file| !is_language(file))
        .map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    none(
        findings,
        "Split the file by what its parts are for; 250 lines is where a file asks for it, 400 where it must be.",
    );
}

#[test]
fn the_rules_see_what_they_look_for() {
    let file = |text: &str| File { path: "src/ui/x.rs".into(), text: text.into() };
    let found = |text: &str| crate_names(&file(text)).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(
        found("use crate::{\n    api::{call, Error},\n    ui::menu,\n};\ncrate::routes::href()"),
        ["api", "ui", "routes"]
    );
    assert!(found("// crate::api").is_empty());
    assert!(names("use partner_api::Amount;", "partner_api") && !names("partner_apis", "partner_api"));
    let manifest = "[workspace.dependencies]\na = \"1\"\n[dependencies]\nb.workspace = true\nc = { package = \"d\" }\n\
                    [target.'cfg(unix)'.dev-dependencies]\n\"e\" = \"1\"\n[dependencies.f]\nversion = \"1\"\n[lints]\ng = 1";
    assert_eq!(dependencies(manifest), ["b", "c", "d", "e", "f"]);
    assert!(files("src", &[".rs"]).len() > 10, "the sources are where the rules look for them");
}
