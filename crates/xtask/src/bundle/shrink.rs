//! Minifies WebAssembly and JavaScript in place.

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result};

use super::files_in;
use crate::{
    setup::node::BuildTools,
    shell::{command, run},
};

/// The WebAssembly features that rustc uses. wasm-opt rejects a module that uses other features, and may itself use
/// every feature in this list, so the list contains no others.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The optimisations of wasm-opt. The result is smaller if the control flow is rebuilt first and `-Oz` runs twice.
/// `--low-memory-unused` is safe, because the first kilobyte of memory is the end of Rust's stack.
const PASSES: &[&str] = &["--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused"];

/// Minifies every `.wasm` and `.js` file in a folder.
pub(crate) fn shrink(folder: &Path, tools: &BuildTools) -> Result<()> {
    let start = Instant::now();
    for file in files_in(folder)? {
        let file = folder.join(file);
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => in_place(&file, |output| {
                let mut wasm_opt = command(&tools.wasm_opt);
                wasm_opt
                    .args(PASSES)
                    .args(["--strip-debug", "--strip-producers"])
                    .args(FEATURES)
                    .arg(&file)
                    .arg("-o")
                    .arg(output);
                wasm_opt
            })?,
            Some("js") => in_place(&file, |output| {
                let mut esbuild = command(&tools.esbuild);
                esbuild.arg(&file).args(["--minify", "--target=es2022", "--log-level=error"]);
                esbuild.arg(format!("--outfile={}", output.display()));
                esbuild
            })?,
            _ => {}
        }
    }
    println!("wasm-opt and esbuild: {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

fn in_place(file: &Path, tool: impl FnOnce(&Path) -> std::process::Command) -> Result<()> {
    let output = file.with_extension("small");
    run(&mut tool(&output))?;
    fs::rename(&output, file).with_context(|| format!("cannot replace {}", file.display()))
}
