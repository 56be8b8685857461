//! Installs nginx, which the tests of `deploy/nginx.conf` start.

use anyhow::Result;

use super::debian;
use crate::shell::{capture, command, has};

const PACKAGES: &[&str] = &["nginx", "libnginx-mod-http-brotli-static", "openssl"];

/// Installs nginx with its brotli module. Returns `false` if nginx is missing and cannot be installed.
pub(crate) fn install() -> Result<bool> {
    let missing = debian::missing(PACKAGES);
    if missing.is_empty() {
        return Ok(true);
    }
    if debian::may_install() {
        debian::install(&missing, "the tests run deploy/nginx.conf in a real nginx")?;
        return Ok(true);
    }
    // Do not check for the brotli module: on other systems it may be compiled in, and nginx reports a missing module
    // when it reads the configuration.
    Ok(has("nginx") && has("openssl") && capture(command("nginx").arg("-v")).is_some())
}

/// Returns the message for machines on which this command cannot install packages.
pub(crate) fn advice() -> String {
    format!("nginx is missing: run `apt-get install {}` as root", PACKAGES.join(" "))
}
