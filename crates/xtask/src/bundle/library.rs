//! Bundles the npm package that `public/vitals.js` imports into that script.

use std::path::Path;

use anyhow::Result;

use crate::{
    setup::node::BuildTools,
    shell::{command, run},
};

const SCRIPT: &str = "vitals.js";

/// Replaces the script in a folder with its bundled version.
pub(crate) fn bundle(folder: &Path, tools: &BuildTools) -> Result<()> {
    let script = folder.join(SCRIPT);
    let mut esbuild = command(&tools.esbuild);
    // esbuild looks for packages beside the script, where this one is not.
    esbuild.env("NODE_PATH", std::path::absolute(&tools.packages)?);
    esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error", "--allow-overwrite"]);
    run(esbuild.arg(&script).arg(format!("--outfile={}", script.display())))
}
