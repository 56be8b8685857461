//! `cargo xtask sbom`: what the account and the server are made of, as CycloneDX documents.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    project,
    setup::node,
    shell::{ask, cargo},
};

/// Has scripts beside its WebAssembly.
const ACCOUNT: &str = "partner-account";

/// What is delivered, and for what machine it is built.
const DELIVERED: [(&str, &str); 2] =
    [(ACCOUNT, "wasm32-unknown-unknown"), ("partner-server", "x86_64-unknown-linux-gnu")];

/// Writes a document for each of what is delivered, and says where. The same lock file makes the same documents.
pub(crate) fn write() -> Result<()> {
    let folder = project::target_dir().join("sbom");
    fs::create_dir_all(&folder)?;
    let checksums = checksums(&fs::read_to_string("Cargo.lock")?);
    for (package, target) in DELIVERED {
        let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
        let metadata = ask(&mut cargo(&arguments)).context("`cargo metadata` failed")?;
        let mut document = document(&serde_json::from_str(&metadata)?, package, &checksums)?;
        if package == ACCOUNT {
            add_scripts(&mut document, &serde_json::from_str(&node::lock()?)?);
        }
        let file = folder.join(format!("{package}.cdx.json"));
        fs::write(&file, serde_json::to_string_pretty(&document)? + "\n")?;
        let count = document["components"].as_array().map_or(0, Vec::len);
        println!("{}: {count} components", file.display());
    }
    Ok(())
}

/// SHA-256 of the crates that the lock file pins, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
        line.and_then(|line| line.strip_suffix('"')).map(str::to_owned)
    };
    let packages = lock.split("[[package]]").skip(1);
    packages
        .filter_map(|block| Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?)))
        .collect()
}

/// The document of a package: itself, and everything that is built into it or builds it. Tests are no part of it.
fn document(metadata: &Value, package: &str, checksums: &BTreeMap<(String, String), String>) -> Result<Value> {
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let by_id = |values: Vec<Value>| -> BTreeMap<String, Value> {
        values.into_iter().filter_map(|value| Some((value["id"].as_str()?.to_owned(), value))).collect()
    };
    let packages = by_id(list(&metadata["packages"]));
    let nodes = by_id(list(&metadata["resolve"]["nodes"]));
    let root = packages.iter().find(|(_, it)| it["name"] == package && it["source"].is_null());
    let (root, _) = root.with_context(|| format!("no package is called {package}"))?;

    let mut edges = BTreeMap::new();
    let mut waiting = vec![root.clone()];
    while let Some(id) = waiting.pop() {
        if edges.contains_key(&id) {
            continue;
        }
        let is_built_in = |dependency: &Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
        let needed = list(&nodes.get(&id).context("a package has no dependencies listed")?["deps"]);
        let needed: Vec<String> =
            needed.iter().filter(|it| is_built_in(it)).filter_map(|it| Some(it["pkg"].as_str()?.to_owned())).collect();
        waiting.extend(needed.iter().cloned());
        edges.insert(id, needed);
    }

    let reference = |id: &str| {
        let package = &packages[id];
        format!("pkg:cargo/{}@{}", text(&package["name"]), text(&package["version"]))
    };
    let component = |id: &str, kind: &str| {
        let package = &packages[id];
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        let mut component = json!({
            "type": kind, "bom-ref": reference(id), "purl": reference(id), "name": name, "version": version,
        });
        if let Some(license) = package["license"].as_str() {
            component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
        }
        if let Some(checksum) = checksums.get(&(name.to_owned(), version.to_owned())) {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        }
        component
    };
    let others = edges.keys().filter(|id| *id != root);
    let dependencies = edges.iter().map(|(id, needed)| {
        let needed: std::collections::BTreeSet<String> = needed.iter().map(|id| reference(id)).collect();
        json!({ "ref": reference(id), "dependsOn": needed })
    });
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": component(root, "application") },
        "components": others.map(|id| component(id, "library")).collect::<Vec<_>>(),
        "dependencies": dependencies.collect::<Vec<_>>(),
    }))
}

/// Adds the npm packages that scripts of the account have in them: those of the lock file that do more than build it.
fn add_scripts(document: &mut Value, lock: &Value) {
    let packages = lock["packages"].as_object().into_iter().flatten();
    let delivered = packages.filter(|(_, package)| package["dev"] != true);
    let delivered = delivered.filter_map(|(path, package)| Some((path.strip_prefix("node_modules/")?, package)));
    for (name, package) in delivered {
        let version = text(&package["version"]);
        let reference = format!("pkg:npm/{name}@{version}");
        let mut component = json!({
            "type": "library", "bom-ref": reference, "purl": reference, "name": name, "version": version,
            "licenses": [{ "expression": package["license"] }],
        });
        let digest = text(&package["integrity"]).strip_prefix("sha512-");
        if let Some(digest) = digest.and_then(|digest| BASE64_STANDARD.decode(digest).ok()) {
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            component["hashes"] = json!([{ "alg": "SHA-512", "content": digest }]);
        }
        let root = document["metadata"]["component"]["bom-ref"].clone();
        push(&mut document["components"], component);
        for needs in document["dependencies"].as_array_mut().into_iter().flatten().filter(|it| it["ref"] == root) {
            push(&mut needs["dependsOn"], json!(reference));
        }
        push(&mut document["dependencies"], json!({ "ref": reference, "dependsOn": [] }));
    }
}

fn push(list: &mut Value, item: Value) {
    if let Some(list) = list.as_array_mut() {
        list.push(item);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_need_is_no_part_of_what_is_delivered() {
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "source": null, "license": "MIT/Apache-2.0" });
        let needs = |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [package("app"), package("used"), package("builds"), package("tests"), package("deep")],
            "resolve": { "nodes": [
                { "id": "app", "deps": [needs("used", Value::Null), needs("builds", json!("build")), needs("tests", json!("dev"))] },
                { "id": "used", "deps": [needs("deep", Value::Null)] },
                { "id": "builds", "deps": [] }, { "id": "tests", "deps": [] }, { "id": "deep", "deps": [needs("used", json!("dev"))] },
            ] },
        });
        let lock = "version = 4\n\n[[package]]\nname = \"deep\"\nversion = \"1.0.0\"\nchecksum = \"abc\"\n";
        let document = document(&metadata, "app", &checksums(lock)).unwrap();
        let names: Vec<_> = document["components"].as_array().unwrap().iter().map(|it| text(&it["name"])).collect();
        assert_eq!(names, ["builds", "deep", "used"]);
        assert_eq!(document["metadata"]["component"]["purl"], "pkg:cargo/app@1.0.0");
        assert_eq!(document["components"][1]["hashes"][0]["content"], "abc");
        assert_eq!(document["components"][1]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(document["dependencies"][0]["dependsOn"], json!(["pkg:cargo/builds@1.0.0", "pkg:cargo/used@1.0.0"]));
    }

    #[test]
    fn npm_packages_that_only_build_are_no_part_of_what_is_delivered() {
        let mut document = json!({
            "metadata": { "component": { "bom-ref": "app" } }, "components": [],
            "dependencies": [{ "ref": "app", "dependsOn": [] }],
        });
        let lock = json!({ "packages": {
            "": { "name": "the-project" },
            "node_modules/builds": { "version": "1.0.0", "dev": true },
            "node_modules/used": { "version": "2.0.0", "license": "Apache-2.0", "integrity": "sha512-q83v" },
        } });
        add_scripts(&mut document, &lock);
        assert_eq!(document["components"].as_array().map(Vec::len), Some(1));
        assert_eq!(document["components"][0]["purl"], "pkg:npm/used@2.0.0");
        assert_eq!(document["components"][0]["hashes"][0]["content"], "abcdef");
        assert_eq!(document["dependencies"][0]["dependsOn"], json!(["pkg:npm/used@2.0.0"]));
    }

    #[test]
    fn a_package_that_is_not_there_is_an_error() {
        assert!(document(&json!({}), "app", &BTreeMap::new()).is_err());
    }
}
