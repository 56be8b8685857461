//! `cargo xtask sbom`: writes the software bills of materials of the app and the server, in CycloneDX format.
//!
//! cargo-cyclonedx lists the crates. This module adds the npm packages in the app's scripts, because Cargo does not
//! know them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    project,
    setup::{self, node},
    shell::{self, capture, cargo, command},
};

/// The package whose bundle contains npm packages in addition to crates.
const APP: &str = "partner-account";

/// The packages that are delivered, each with the target for which it is compiled.
const DELIVERED: [(&str, &str); 2] = [(APP, "wasm32-unknown-unknown"), ("partner-server", "x86_64-unknown-linux-gnu")];

/// Name, without `.json`, of the file that cargo-cyclonedx writes into the folder of each package in the workspace.
const RAW: &str = "target-sbom.cdx";

/// Writes a document for each delivered package. The same commit always gives the same documents.
pub(crate) fn write() -> Result<()> {
    setup::rust::sbom_tool()?;
    let folder = project::target_dir().join("sbom");
    fs::create_dir_all(&folder)?;
    let packages = workspace_folders()?;
    for (package, target) in DELIVERED {
        let mut document = describe(&packages, package, target)?;
        if package == APP {
            add_npm_packages(&mut document, &serde_json::from_str(&node::lock()?)?);
        }
        let file = folder.join(format!("{package}.cdx.json"));
        fs::write(&file, serde_json::to_string_pretty(&document)? + "\n")?;
        let count = document["components"].as_array().map_or(0, Vec::len);
        println!("{}: {count} components", file.display());
    }
    Ok(())
}

/// Returns the names and folders of the workspace's packages.
fn workspace_folders() -> Result<Vec<(String, PathBuf)>> {
    let metadata = capture(&mut cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]));
    let metadata: Value = serde_json::from_str(&metadata.context("`cargo metadata` failed")?)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let folder = |package: &Value| Path::new(text(&package["manifest_path"])).parent().map(Path::to_owned);
    Ok(packages.filter_map(|package| Some((text(&package["name"]).to_owned(), folder(package)?))).collect())
}

/// Runs cargo-cyclonedx, which describes all packages of the workspace, and returns the document of the given package.
fn describe(packages: &[(String, PathBuf)], package: &str, target: &str) -> Result<Value> {
    let mut cyclonedx = cargo(&["cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5"]);
    cyclonedx.args(["--target", target, "--override-filename", RAW]);
    // Use the time of the commit as time stamp, if this is a Git repository, so that the documents are reproducible.
    if let Some(time) = capture(command("git").args(["log", "-1", "--format=%ct"])) {
        cyclonedx.env("SOURCE_DATE_EPOCH", time);
    }
    shell::run(&mut cyclonedx)?;
    let mut document = None;
    for (name, folder) in packages {
        let file = folder.join(format!("{RAW}.json"));
        if name == package {
            document = Some(fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?);
        }
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    let document = document.with_context(|| format!("no package is called {package}"))?;
    Ok(serde_json::from_str(&without_folder(&document, project::root()))?)
}

/// Removes the path of this machine's project folder, which cargo-cyclonedx writes into references to local packages.
fn without_folder(document: &str, root: &Path) -> String {
    document.replace(&format!("path+file://{}", root.display()), "path+file://")
}

/// Adds the npm packages of the lock file to a document. Skips packages that are needed only to build the bundle.
fn add_npm_packages(document: &mut Value, lock: &Value) {
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
        for entry in document["dependencies"].as_array_mut().into_iter().flatten().filter(|entry| entry["ref"] == root)
        {
            push(&mut entry["dependsOn"], json!(reference));
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
    fn npm_packages_that_only_build_are_left_out() {
        let mut document = json!({
            "metadata": { "component": { "bom-ref": "app" } }, "components": [],
            "dependencies": [{ "ref": "app", "dependsOn": [] }],
        });
        let lock = json!({ "packages": {
            "": { "name": "the-project" },
            "node_modules/builds": { "version": "1.0.0", "dev": true },
            "node_modules/used": { "version": "2.0.0", "license": "Apache-2.0", "integrity": "sha512-q83v" },
        } });
        add_npm_packages(&mut document, &lock);
        assert_eq!(document["components"].as_array().map(Vec::len), Some(1));
        assert_eq!(document["components"][0]["purl"], "pkg:npm/used@2.0.0");
        assert_eq!(document["components"][0]["hashes"][0]["content"], "abcdef");
        assert_eq!(document["dependencies"][0]["dependsOn"], json!(["pkg:npm/used@2.0.0"]));
    }

    #[test]
    fn documents_do_not_name_folders_of_this_machine() {
        let document = r#"{"bom-ref":"path+file:///home-of/project/crates/api#0.1.0"}"#;
        let cleaned = without_folder(document, Path::new("/home-of/project"));
        assert_eq!(cleaned, r#"{"bom-ref":"path+file:///crates/api#0.1.0"}"#);
    }

    #[test]
    fn delivered_packages_are_packages_of_the_workspace() {
        let packages = workspace_folders().unwrap();
        for (package, _) in DELIVERED {
            assert!(
                packages.iter().any(|(name, folder)| name == package && folder.join("Cargo.toml").is_file()),
                "{package}"
            );
        }
    }
}
