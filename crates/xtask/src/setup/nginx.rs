//! nginx, for the tests of deploy/nginx.conf.

use anyhow::Result;

use super::debian;
use crate::shell::{ask, command, has};

const PACKAGES: &[&str] = &["nginx", "libnginx-mod-http-brotli-static", "openssl"];

/// Whether nginx is there, with the module for brotli; installed where we may.
pub(crate) fn install() -> Result<bool> {
    let missing = debian::missing(PACKAGES);
    if missing.is_empty() {
        return Ok(true);
    }
    if debian::may_install() {
        debian::install(&missing, "deploy/nginx.conf is tested with nginx itself")?;
        return Ok(true);
    }
    // Of another system, and with the module compiled in or not: nginx says so when it reads the file.
    Ok(has("nginx") && has("openssl") && ask(command("nginx").arg("-v")).is_some())
}

/// What to do where it cannot be installed.
pub(crate) fn advice() -> String {
    format!("nginx is missing: as root, `apt-get install {}`", PACKAGES.join(" "))
}
