//! Puts the npm package that `public/vitals.js` imports into that script: browsers know files, not packages.

use std::path::Path;

use anyhow::Result;

use crate::{
    setup::node::BuildTools,
    shell::{command, run},
};

const SCRIPT: &str = "vitals.js";

/// Replaces the script in a folder by itself with its package.
pub(crate) fn join(folder: &Path, tools: &BuildTools) -> Result<()> {
    let script = folder.join(SCRIPT);
    let mut esbuild = command(&tools.esbuild);
    // The package is not beside the script, where esbuild would look for it.
    esbuild.env("NODE_PATH", std::path::absolute(&tools.packages)?);
    esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error", "--allow-overwrite"]);
    run(esbuild.arg(&script).arg(format!("--outfile={}", script.display())))
}
