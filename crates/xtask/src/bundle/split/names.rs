//! Shortens the names by which the first page's WebAssembly and script refer to each other.
//!
//! The generated names contain digests, which do not compress. esbuild shortens the names in the script, because it
//! knows which identifiers are properties, and reports the new names. This module then renames the imports and exports
//! of the WebAssembly in the same way.

use std::{collections::BTreeMap, convert::Infallible};

use anyhow::{Result, anyhow};
use wasm_encoder::{
    ExportSection, ImportSection, Module,
    reencode::{self, Reencode},
};
use wasmparser::{ExportSectionReader, ImportSectionReader, Parser};

/// Regular expression for the names that wasm-bindgen generates, in the syntax of esbuild.
pub(super) const GENERATED: &str = "^__(wbg|wbindgen)_";

/// Maps old names to new names.
pub(super) type Names = BTreeMap<String, String>;

/// Renames the imports and exports of a module. Names that are not in the map stay the same.
pub(super) fn rename(wasm: &[u8], names: &Names) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let parsed = Renamer { names }.parse_core_module(&mut module, Parser::new(0), wasm);
    parsed.map_err(|error| anyhow!("cannot read the WebAssembly of the first page: {error}"))?;
    Ok(module.finish())
}

struct Renamer<'a> {
    names: &'a Names,
}

impl Renamer<'_> {
    fn new_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, String::as_str)
    }
}

impl Reencode for Renamer<'_> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for import in section.into_imports() {
            let import = import?;
            let kind = self.entity_type(import.ty)?;
            imports.import(import.module, self.new_name(import.name), kind);
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for export in section {
            let export = export?;
            let (kind, index) = (self.export_kind(export.kind)?, self.external_index(export.kind, export.index)?);
            exports.export(self.new_name(export.name), kind, index);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, MemorySection, MemoryType};
    use wasmparser::Payload;

    use super::*;

    const MEMORY: MemoryType =
        MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };

    #[test]
    fn imports_and_exports_in_the_map_are_renamed() {
        let mut module = Module::new();
        let mut imports = ImportSection::new();
        imports.import("./app_bg.js", "__wbg_now_1a2b", EntityType::Memory(MEMORY));
        imports.import("./app_bg.js", "__wbg_quoted_3c4d", EntityType::Memory(MEMORY));
        module.section(&imports).section(MemorySection::new().memory(MEMORY));
        let mut exports = ExportSection::new();
        exports.export("__wbindgen_malloc", ExportKind::Memory, 2).export("memory", ExportKind::Memory, 2);
        let wasm = module.section(&exports).clone().finish();

        let names = [("__wbg_now_1a2b", "t"), ("__wbindgen_malloc", "i")];
        let names: Names = names.map(|(old, new)| (old.to_owned(), new.to_owned())).into();
        let renamed = rename(&wasm, &names).unwrap();

        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(&renamed) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    found.extend(section.into_imports().map(|import| import.unwrap().name.to_owned()));
                }
                Payload::ExportSection(section) => {
                    found.extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
                }
                _ => {}
            }
        }
        assert_eq!(found, ["t", "__wbg_quoted_3c4d", "i", "memory"]);
    }
}
