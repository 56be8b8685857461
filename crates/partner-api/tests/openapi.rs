//! Checks that `docs/openapi.json` matches the endpoint types. `cargo xtask openapi` regenerates the file. Review the
//! difference before committing it, because other programs depend on the document.

use std::{collections::BTreeSet, fs, path::PathBuf};

use partner_api::openapi;
use serde_json::Value;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json")
}

#[test]
fn the_committed_document_matches_the_types() {
    let document = format!("{:#}\n", openapi::document());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(path(), &document).expect("docs/ is writable");
    }
    let committed = fs::read_to_string(path()).unwrap_or_default();
    assert!(document == committed, "docs/openapi.json is out of date: run `cargo xtask openapi`");
}

#[test]
fn every_reference_has_a_target() {
    let document = openapi::document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 50, "{found:?}");
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("a pointer into the document");
        assert!(document.pointer(pointer).is_some(), "{reference} has no target");
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, found));
        }
        _ => {}
    }
}
