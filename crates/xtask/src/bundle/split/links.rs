//! Checks the names that the first page, its lazy chunks and their script import from each other: each name must exist.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload};

/// The module name under which chunks import items of the first page.
const SHARED: &str = "__wasm_split";

/// The names that a WebAssembly module exports, and the names that it imports, each with the module it comes from.
#[derive(Default)]
struct Names {
    imports: BTreeSet<(String, String)>,
    exports: BTreeSet<String>,
}

/// Fails if a chunk imports a name from another module than [`SHARED`], a name that the first page does not export, or
/// a name that the script does not pass on. Also fails if the script lacks a name that the first page imports, or does
/// not load exactly the given chunks.
pub(super) fn check(first_page: &[u8], chunks: &[(String, Vec<u8>)], script: &str) -> Result<()> {
    let first_page = names(first_page).context("the first page")?;
    for (_, name) in &first_page.imports {
        if !script.contains(name.as_str()) {
            bail!("the script does not define {name}, which the first page imports");
        }
    }
    for (file, chunk) in chunks {
        for (module, name) in names(chunk).with_context(|| file.clone())?.imports {
            if module != SHARED {
                bail!("{file} imports {name} from {module}, and chunks can import from {SHARED} only");
            }
            if !first_page.exports.contains(&name) {
                bail!("{file} imports {name}, which the first page does not export");
            }
            if !script.contains(&name) {
                bail!("{file} imports {name}, which the script does not pass on");
            }
        }
    }
    let present: BTreeSet<&str> = chunks.iter().map(|(file, _)| file.as_str()).collect();
    let loaded = loaded_chunks(script);
    if loaded != present {
        bail!("the script loads the chunks {loaded:?}, and the bundle contains {present:?}");
    }
    Ok(())
}

/// Returns the chunks that the script loads by `new URL("./chunk.wasm", import.meta.url)`.
fn loaded_chunks(script: &str) -> BTreeSet<&str> {
    let urls = script.split("new URL(").skip(1).filter_map(|rest| rest.get(1..)?.split(['"', '\'', '`']).next());
    urls.map(|url| url.trim_start_matches("./")).filter(|file| super::is_lazy_chunk(file)).collect()
}

fn names(wasm: &[u8]) -> Result<Names> {
    let mut names = Names::default();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    names.imports.insert((import.module.to_owned(), import.name.to_owned()));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    names.exports.insert(export?.name.to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        ConstExpr, EntityType, ExportKind, ExportSection, GlobalSection, GlobalType, ImportSection, Module, ValType,
    };

    use super::*;

    const GLOBAL: GlobalType = GlobalType { val_type: ValType::I32, mutable: false, shared: false };
    const SCRIPT: &str =
        r#"{const{stack:a}=e;Object.assign(s,{stack:a})}fetch(new URL("./split_page.wasm",import.meta.url))"#;

    /// Makes a WebAssembly module that imports and exports globals.
    fn module(imports: &[(&str, &str)], exports: &[&str]) -> Vec<u8> {
        let mut module = Module::new();
        let mut section = ImportSection::new();
        for (from, name) in imports {
            section.import(from, name, EntityType::Global(GLOBAL));
        }
        module.section(&section);
        module.section(GlobalSection::new().global(GLOBAL, &ConstExpr::i32_const(0)));
        let mut section = ExportSection::new();
        for name in exports {
            section.export(name, ExportKind::Global, 0);
        }
        module.section(&section);
        module.finish()
    }

    fn problem(first_page: &[u8], chunk: Vec<u8>, script: &str) -> String {
        check(first_page, &[("split_page.wasm".to_owned(), chunk)], script).unwrap_err().to_string()
    }

    #[test]
    fn matching_names_are_accepted() {
        let chunk = ("split_page.wasm".to_owned(), module(&[(SHARED, "stack")], &[]));
        check(&module(&[], &["stack", "unused"]), &[chunk], SCRIPT).unwrap();
    }

    #[test]
    fn import_that_the_first_page_does_not_export_is_an_error() {
        let found = problem(&module(&[], &["other"]), module(&[(SHARED, "stack")], &[]), SCRIPT);
        assert_eq!(found, "split_page.wasm imports stack, which the first page does not export");
    }

    #[test]
    fn import_that_the_script_does_not_pass_on_is_an_error() {
        let found = problem(&module(&[], &["table"]), module(&[(SHARED, "table")], &[]), SCRIPT);
        assert_eq!(found, "split_page.wasm imports table, which the script does not pass on");
        let found = problem(&module(&[("./bg.js", "now")], &["stack"]), module(&[(SHARED, "stack")], &[]), SCRIPT);
        assert_eq!(found, "the script does not define now, which the first page imports");
    }

    #[test]
    fn import_from_another_module_is_an_error() {
        let found = problem(&module(&[], &["stack"]), module(&[("env", "stack")], &[]), SCRIPT);
        assert!(found.contains("from env"), "{found}");
    }

    #[test]
    fn script_must_load_exactly_the_chunks_in_the_bundle() {
        let first_page = module(&[], &["stack"]);
        assert!(check(&first_page, &[], SCRIPT).unwrap_err().to_string().contains("split_page.wasm"));
        let chunks = ["split_page.wasm", "chunk_1.wasm"].map(|file| (file.to_owned(), module(&[], &[])));
        assert!(check(&first_page, &chunks, SCRIPT).unwrap_err().to_string().contains("chunk_1.wasm"));
    }
}
