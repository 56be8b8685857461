//! Bundles `public/vitals.js` with the npm package that it imports.

use std::path::Path;

use anyhow::Result;

use crate::{
    setup::node::BuildTools,
    shell::{command, run},
};

const SCRIPT: &str = "vitals.js";

/// Replaces `vitals.js` in a folder with its bundled version.
pub(crate) fn bundle(folder: &Path, tools: &BuildTools) -> Result<()> {
    let script = folder.join(SCRIPT);
    let mut esbuild = command(&tools.esbuild);
    // Set `NODE_PATH` to the folder of the npm packages, because esbuild otherwise looks only in folders named
    // `node_modules` beside and above the script.
    esbuild.env("NODE_PATH", std::path::absolute(&tools.packages)?);
    esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error", "--allow-overwrite"]);
    run(esbuild.arg(&script).arg(format!("--outfile={}", script.display())))
}
