//! Makes WebAssembly and JavaScript smaller, in place.

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result};

use super::layout::files_in;
use crate::{
    setup::node::BuildTools,
    shell::{command, run},
};

/// What the Rust target may emit; without these, wasm-opt refuses the module, and with more it might use more.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Control flow is taken apart and built anew, then all is optimised for size, twice: what the first round leaves shows
/// the second one more. The first kilobyte of memory is the far end of Rust's stack, so offsets may be joined.
const PASSES: &[&str] = &["--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused"];

/// Shrinks every `.wasm` and `.js` file in a folder.
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
    fs::rename(&output, file).with_context(|| format!("{} cannot be replaced", file.display()))
}
