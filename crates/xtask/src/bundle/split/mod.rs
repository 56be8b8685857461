//! Splits the app's WebAssembly into the first page and lazy chunks.
//!
//! The macro `lazy_chunk!` in `src/data/lazy.rs` marks the functions to split off. Trunk cannot split WebAssembly, so
//! this code replaces Trunk's WebAssembly and script. It makes the new files from the WebAssembly that Cargo compiled:
//!
//! 1. `wasm_split_cli_support`, the splitter of Leptos, writes the first page's WebAssembly, the chunks, and a script
//!    that loads the chunks.
//! 2. wasm-bindgen generates the script of the first page.
//! 3. esbuild joins both scripts and shortens the generated names. The module `names` then shortens them in the
//!    WebAssembly in the same way.

mod links;
mod names;

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::files_in;
use crate::{
    project,
    setup::node::BuildTools,
    shell::{command, run},
};

/// Compiler flags for a build that will be split. They mark the chunks, and keep the relocations that the splitter
/// reads.
pub(crate) const FLAGS: &str = "--cfg=lazy_chunks -Clink-args=--emit-relocs";

/// Name of the app's binary in `index.html`, and of Trunk's output files.
const NAME: &str = "partner-account";
const FOLDER: &str = "target/split";

pub(crate) fn is_lazy_chunk(file: &str) -> bool {
    file.ends_with(".wasm") && (file.starts_with("split_") || file.starts_with("chunk_"))
}

/// Replaces the WebAssembly and the script in Trunk's output with the split files.
pub(crate) fn split(dist: &Path, tools: &BuildTools) -> Result<()> {
    let folder = Path::new(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let compiled = project::target_dir().join(format!("wasm32-unknown-unknown/release/{NAME}.wasm"));
    let compiled = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let (first_page, script) = (folder.join(format!("{NAME}.wasm")), format!("./{NAME}.js"));
    let mut options = Options::new(&compiled);
    (options.output_dir, options.main_out_path, options.main_module) = (folder, &first_page, &script);
    let chunks = transform(options).map_err(|error| anyhow!("cannot split the app: {error:#}"))?.split_modules;
    let mut bindgen = command("wasm-bindgen");
    // Keep the linker's exports, because the chunks import some of them, for example the stack pointer.
    bindgen.args(["--target=web", "--no-typescript", "--keep-lld-exports", "--out-dir"]);
    run(bindgen.arg(folder).arg(&first_page))?;

    // Export only the start function that `boot.js` calls, so that esbuild drops unused code.
    let entry = folder.join("entry.js");
    fs::write(&entry, format!("export {{ default }} from '{script}';\n"))?;
    let mut esbuild = command(&tools.esbuild);
    esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error"]);
    let renamed = folder.join("names.json");
    esbuild.arg(format!("--mangle-props={}", names::GENERATED)).arg(format!("--mangle-cache={}", renamed.display()));
    run(esbuild.arg(&entry).arg(format!("--outfile={}", dist.join(format!("{NAME}.js")).display())))?;

    let names = serde_json::from_str(&fs::read_to_string(&renamed).context("esbuild did not report the new names")?)?;
    let wasm = names::rename(&fs::read(folder.join(format!("{NAME}_bg.wasm")))?, &names)?;
    fs::write(dist.join(format!("{NAME}_bg.wasm")), wasm)?;
    for chunk in chunks {
        fs::copy(&chunk, dist.join(chunk.file_name().context("a chunk is a file")?))?;
    }
    Ok(())
}

/// Checks that the WebAssembly files and the script in `dist` fit together. Otherwise, a mistake would appear only when
/// a browser loads the chunk.
pub(crate) fn check(dist: &Path) -> Result<()> {
    let read = |file: &Path| fs::read(dist.join(file)).with_context(|| format!("cannot read {}", file.display()));
    let mut chunks = Vec::new();
    for file in files_in(dist)?.iter().filter(|file| is_lazy_chunk(&file.to_string_lossy())) {
        chunks.push((file.display().to_string(), read(file)?));
    }
    let first_page = read(Path::new(&format!("{NAME}_bg.wasm")))?;
    let script = String::from_utf8(read(Path::new(&format!("{NAME}.js")))?)?;
    links::check(&first_page, &chunks, &script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lazy_chunks_are_recognized_by_name() {
        assert!(["split_balance.wasm", "chunk_3-0a1b2c3d.wasm"].into_iter().all(is_lazy_chunk));
        assert!(!["partner-account_bg.wasm", "split_balance.js", "app.css"].into_iter().any(is_lazy_chunk));
    }
}
