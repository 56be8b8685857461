//! `cargo xtask openapi`: generates the API description `docs/openapi.json`.

use anyhow::Result;

use crate::shell::{self, cargo};

/// Runs the test that checks `docs/openapi.json`, in the mode in which the test writes the file.
pub(crate) fn write() -> Result<()> {
    let mut test = cargo(&["test", "--quiet", "--package", "partner-api", "--test", "openapi"]);
    shell::run(test.env("UPDATE_OPENAPI", "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn app_and_server_do_not_link_schemars() {
        for (package, target) in
            [("partner-account", &["--target", "wasm32-unknown-unknown"][..]), ("partner-server", &[])]
        {
            let arguments = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--package", package];
            let tree = shell::capture(&mut cargo(&[&arguments, target].concat())).expect("`cargo tree` works");
            assert!(tree.contains("partner-api v") && tree.contains("serde_json v"), "{tree}");
            assert!(!tree.contains("schemars"), "the feature `openapi` of partner-api is on in {package}");
        }
    }
}
