//! nginx, which the tests of deploy/nginx.conf run.

use anyhow::Result;

use super::debian;
use crate::shell::{capture, command, has};

const PACKAGES: &[&str] = &["nginx", "libnginx-mod-http-brotli-static", "openssl"];

/// Installs nginx with its brotli module; returns false if it is missing and cannot be installed.
pub(crate) fn install() -> Result<bool> {
    let missing = debian::missing(PACKAGES);
    if missing.is_empty() {
        return Ok(true);
    }
    if debian::may_install() {
        debian::install(&missing, "the tests run deploy/nginx.conf in a real nginx")?;
        return Ok(true);
    }
    // On other systems the brotli module may be compiled in. nginx reports a missing one when it reads the configuration.
    Ok(has("nginx") && has("openssl") && capture(command("nginx").arg("-v")).is_some())
}

/// Instructions for machines where this command may not install packages.
pub(crate) fn advice() -> String {
    format!("nginx is missing: run `apt-get install {}` as root", PACKAGES.join(" "))
}
