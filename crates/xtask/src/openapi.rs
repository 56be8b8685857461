//! `cargo xtask openapi`: writes the description of the API anew.

use anyhow::Result;

use crate::shell::{self, cargo};

/// Writes `docs/openapi.json` by the test that otherwise compares it.
pub(crate) fn write() -> Result<()> {
    let mut test = cargo(&["test", "--quiet", "--package", "partner-api", "--test", "openapi"]);
    shell::run(test.env("UPDATE_OPENAPI", "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_bundle_nor_the_server_carries_the_description() {
        for (package, target) in
            [("partner-account", &["--target", "wasm32-unknown-unknown"][..]), ("partner-server", &[])]
        {
            let arguments = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--package", package];
            let tree = shell::ask(&mut cargo(&[&arguments, target].concat())).expect("cargo knows what it builds");
            assert!(tree.contains("partner-api v") && tree.contains("serde_json v"), "{tree}");
            assert!(!tree.contains("schemars"), "the feature `openapi` of partner-api is on in {package}");
        }
    }
}
