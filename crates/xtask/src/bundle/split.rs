//! Cuts the bundle into the first page and the parts that `src/part.rs` fetches later, and joins the scripts into one.
//!
//! Trunk knows nothing of parts, so its WebAssembly and script are made anew here, from what Cargo compiled.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, anyhow};
use wasm_encoder::{
    ExportSection, ImportSection, Module,
    reencode::{self, Reencode},
};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Export, ExportSectionReader, Import, ImportSectionReader, Parser};

use crate::{
    project,
    setup::node::BuildTools,
    shell::{command, run},
};

/// What the Rust compiler is told, so that the account can be cut: declare the cuts, and keep what the cutter reads.
pub(crate) const FLAGS: &str = "--cfg=lazy_parts -Clink-args=--emit-relocs";

/// The name that `index.html` gives the account's program; Trunk names files after it.
const NAME: &str = "partner-account";
const FOLDER: &str = "target/split";

/// Whether a file of the bundle is fetched after the first page.
pub(crate) fn is_part(file: &str) -> bool {
    file.ends_with(".wasm") && (file.starts_with("split_") || file.starts_with("chunk_"))
}

/// Replaces what Trunk made in `dist` by a first page, its script, and the parts.
pub(crate) fn split(dist: &Path, tools: &BuildTools) -> Result<()> {
    let folder = Path::new(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let compiled = project::target_dir().join(format!("wasm32-unknown-unknown/release/{NAME}.wasm"));
    let compiled = fs::read(&compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let (first, script) = (folder.join(format!("{NAME}.wasm")), format!("./{NAME}.js"));
    let mut options = Options::new(&compiled);
    (options.output_dir, options.main_out_path, options.main_module) = (folder, &first, &script);
    let parts = transform(options).map_err(|error| anyhow!("the bundle cannot be cut: {error:#}"))?.split_modules;
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target=web", "--no-typescript", "--keep-lld-exports", "--out-dir"]);
    run(bindgen.arg(folder).arg(&first))?;

    // Only what `boot.js` starts is offered, so that what nobody uses goes.
    let entry = folder.join("entry.js");
    fs::write(&entry, format!("export {{ default }} from '{script}';\n"))?;
    let joined = folder.join("joined.js");
    let mut esbuild = command(&tools.esbuild);
    // The loaders of all parts are in one module, which wasm-bindgen imports once for each.
    esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error"]);
    run(esbuild.arg(&entry).arg(format!("--outfile={}", joined.display())))?;

    let wasm = fs::read(folder.join(format!("{NAME}_bg.wasm")))?;
    let (wasm, script) = agree(&wasm, fs::read_to_string(&joined)?)?;
    fs::write(dist.join(format!("{NAME}_bg.wasm")), wasm)?;
    fs::write(dist.join(format!("{NAME}.js")), script)?;
    for part in parts {
        fs::copy(&part, dist.join(part.file_name().context("a part is a file")?))?;
    }
    Ok(())
}

/// Leaves out what the WebAssembly offers and the script does not use, and shortens the names of what the script offers
/// it: they have digests in them, which no compression makes smaller.
fn agree(wasm: &[u8], script: String) -> Result<(Vec<u8>, String)> {
    let mut agreed = Agreed { script, names: BTreeMap::new() };
    let mut module = Module::new();
    let parsed = agreed.parse_core_module(&mut module, Parser::new(0), wasm);
    parsed.map_err(|error| anyhow!("the bundle's WebAssembly cannot be read: {error}"))?;
    // Longer names first: one may begin with another.
    let script = agreed.names.iter().rev().fold(agreed.script, |script, (long, short)| script.replace(long, short));
    Ok((module.finish(), script))
}

struct Agreed {
    script: String,
    /// Imports of the script's own making, and what they are called from now on.
    names: BTreeMap<String, String>,
}

impl Reencode for Agreed {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for import in section.into_imports() {
            let Import { module, name, ty } = import?;
            let ty = self.entity_type(ty)?;
            if name.starts_with("__wb") && self.script.contains(name) {
                let short = format!("$_{}", self.names.len());
                imports.import(module, self.names.entry(name.to_owned()).or_insert(short), ty);
            } else {
                imports.import(module, name, ty);
            }
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for export in section {
            let export: Export<'_> = export?;
            if self.script.contains(export.name) {
                exports.export(
                    export.name,
                    self.export_kind(export.kind)?,
                    self.external_index(export.kind, export.index)?,
                );
            }
        }
        Ok(())
    }
}
