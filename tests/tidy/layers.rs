//! Checks that modules import only what their layer allows, in the app, in the server and between crates.

use std::fs;

use crate::{
    imports::{Modules, imports},
    sources::{Finding, assert_none, files, lines, root},
};

/// The top-level modules of the app, each with the other top-level modules that it may import.
const APP: [(&str, &[&str]); 12] = [
    ("browser", &[]),
    ("config", &["browser"]),
    ("routes", &["i18n"]),
    ("api", &["browser", "config"]),
    ("i18n", &["api", "browser", "routes"]),
    ("ui", &["browser"]),
    ("session", &["api", "browser", "config", "i18n", "routes"]),
    ("data", &["api", "browser", "config", "i18n", "routes", "session", "ui"]),
    ("pages", &["api", "browser", "config", "data", "i18n", "routes", "session", "ui"]),
    ("shell", &["api", "browser", "config", "data", "i18n", "pages", "routes", "session", "ui"]),
    ("app", &["api", "browser", "config", "data", "i18n", "pages", "routes", "session", "shell", "ui"]),
    ("lib", &["app", "browser"]),
];

/// Layers of the server, from the lowest to the highest. A file must not import from a higher layer.
const SERVER: [&str; 4] = ["store", "rules", "handlers", "routes"];

#[test]
fn the_app_imports_downwards() {
    let mut findings = Vec::new();
    for (module, file) in Modules::read("src").iter() {
        let own = module[0].as_str();
        let Some((_, allowed)) = APP.iter().find(|(name, _)| *name == own) else { continue };
        for import in imports(&file.text, module) {
            let Some(other) = import.path.first() else { continue };
            let is_module = APP.iter().any(|(name, _)| name == other);
            if is_module && other != own && !allowed.contains(&other.as_str()) {
                findings.push(format!("{}:{}: crate::{other}", file.path, import.line));
            }
        }
    }
    findings.dedup();
    assert_none(&findings, "Move what both modules need into a lower layer (ARCHITECTURE.md has the map).");
}

#[test]
fn the_server_imports_downwards() {
    let mut findings = Vec::new();
    let level = |name: &str| SERVER.iter().position(|layer| *layer == name);
    for (module, file) in Modules::read("crates/partner-server/src").iter() {
        let Some(own) = level(&module[0]) else { continue };
        for import in imports(&file.text, module) {
            if import.path.first().and_then(|other| level(other)).is_some_and(|other| other > own) {
                findings.push(format!("{}:{}: crate::{}", file.path, import.line, import.path[0]));
            }
        }
    }
    assert_none(&findings, "The server's layers are store ← rules ← handlers ← routes.");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let folders =
        ["src", "crates/partner-api/src", "crates/partner-server/src", "crates/partner-demo/src", "crates/xtask/src"];
    let findings: Vec<Finding> = folders.into_iter().flat_map(|folder| Modules::read(folder).cycles()).collect();
    assert_none(&findings, "Move the shared item into a file that both can import.");
}

#[test]
fn widgets_know_no_api_types() {
    let findings = lines(&files("src/ui", &[".rs"]), |_, code| code.contains("partner_api"));
    assert_none(&findings, "Pass texts, addresses and callbacks to a widget as properties.");
}

#[test]
fn pages_do_not_import_each_other() {
    let mut findings = Vec::new();
    let modules = Modules::read("src");
    for (module, file) in modules.iter().filter(|(module, _)| module[0] == "pages" && module.len() > 1) {
        for import in imports(&file.text, module) {
            // Ignore imports from `pages/mod.rs` itself, because all pages may use its items.
            if let Some([pages, other, ..]) = modules.owner(&import.path).map(Vec::as_slice)
                && pages == "pages"
                && *other != module[1]
            {
                findings.push(format!("{}:{}: pages::{other}", file.path, import.line));
            }
        }
    }
    assert_none(&findings, "Move what two pages share into `data`, `session` or `ui`.");
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
    let is_word = |code: &str, word: &str| {
        code.match_indices(word).any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let findings = lines(&files("src", &[".rs"]), |file, code| {
        !file.path.starts_with("src/api/") && SENDERS.iter().any(|sender| is_word(code, sender))
    });
    assert_none(&findings, "Send requests through `crate::api`: it knows tokens, errors and the session.");
}

#[test]
fn one_module_holds_paths() {
    let findings =
        lines(&files("src", &[".rs"]), |file, code| file.path != "src/routes.rs" && code.contains("/partner/app"));
    assert_none(&findings, "Build addresses with `crate::routes::href`.");
}

#[test]
fn crates_depend_in_one_direction() {
    let manifest = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_default();
    let mut findings = Vec::new();
    for (path, forbidden) in [
        ("Cargo.toml", &["partner-server", "partner-demo", "xtask"][..]),
        ("crates/partner-server/Cargo.toml", &["partner-account", "xtask"]),
        ("crates/partner-api/Cargo.toml", &["partner-account", "partner-server", "xtask", "leptos", "axum", "tokio"]),
    ] {
        for name in dependencies(&manifest(path)).into_iter().filter(|name| forbidden.contains(&&**name)) {
            findings.push(format!("{path}: {name}"));
        }
    }
    assert_none(&findings, "The app and the server share `partner-api` alone, and `partner-api` knows neither.");
}

/// Returns the names in a package's dependency tables. The tables of the workspace do not count.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut is_table = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            is_table = table.ends_with("dependencies") && !table.starts_with("workspace");
            // The table `[dependencies.name]` declares one dependency.
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
fn dependency_tables_are_read() {
    let manifest = "[workspace.dependencies]\na = \"1\"\n[dependencies]\nb.workspace = true\nc = { package = \"d\" }\n\
                    [target.'cfg(unix)'.dev-dependencies]\n\"e\" = \"1\"\n[dependencies.f]\nversion = \"1\"\n[lints]\ng = 1";
    assert_eq!(dependencies(manifest), ["b", "c", "d", "e", "f"]);
    assert!(files("src", &[".rs"]).len() > 10, "the sources are where the rules look for them");
}
