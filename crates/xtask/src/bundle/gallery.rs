//! Builds the component gallery (`crates/gallery`) with the app's style sheets and icons.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{RUSTFLAGS, release_flags, split};
use crate::{assets, project::ASSETS, setup, shell};

/// Folder of the gallery's bundle. `cargo xtask gallery` starts a server that serves this folder instead of the app's
/// bundle.
pub(crate) const GALLERY: &str = "target/gallery";

/// Folder of the app's static files.
const PUBLIC: &str = "public";

const SOURCES: &str = "crates/gallery";
const START: &str = "import start from './gallery.js';\nstart();\n";

pub(crate) fn build() -> Result<()> {
    setup::rust::bundle_tools()?;
    assets::generate()?;
    let mut build = shell::cargo(&["build", "--release", "--target=wasm32-unknown-unknown", "--package=gallery"]);
    // Use the same flags as for the app's bundle, so that Cargo compiles the libraries only once.
    let flags = format!("{} {}", release_flags(), split::FLAGS);
    shell::run(build.env(RUSTFLAGS, flags).env("CARGO_PROFILE_RELEASE_STRIP", "false"))?;
    fs::create_dir_all(GALLERY).with_context(|| format!("cannot create {GALLERY}"))?;
    let mut bindgen = shell::command("wasm-bindgen");
    bindgen.args(["--target=web", "--no-typescript", "--out-dir", GALLERY]);
    let program = crate::project::target_dir().join("wasm32-unknown-unknown/release/gallery.wasm");
    shell::run(bindgen.arg(program))?;
    let gallery = Path::new(GALLERY);
    let sheets = [(ASSETS, "app.css"), (ASSETS, "later.css"), (SOURCES, "gallery.css")];
    // Copy `config.json`, too, because the server refuses to serve a bundle without it.
    for (folder, file) in sheets.into_iter().chain([(PUBLIC, "favicon.svg"), (PUBLIC, "config.json")]) {
        fs::copy(Path::new(folder).join(file), gallery.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    let icons = fs::read_to_string(Path::new(ASSETS).join("icons.svg"))?;
    let page = fs::read_to_string(Path::new(SOURCES).join("index.html"))?;
    fs::write(gallery.join("index.html"), page.replace("{icons}", &icons))?;
    fs::write(gallery.join("start.js"), START)?;
    Ok(())
}
