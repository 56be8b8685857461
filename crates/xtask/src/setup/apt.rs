//! Debian's packages, installed where we may.

use anyhow::{Context, Result};

use super::announce;
use crate::shell::{ask, command, has, run};

/// Whether packages can be installed: with apt, as root.
pub(crate) fn is_ours() -> bool {
    has("apt-get") && is_root()
}

/// Whether we are root, whom some programs refuse.
pub(crate) fn is_root() -> bool {
    ask(command("id").arg("-u")).as_deref() == Some("0")
}

/// Whether a package is there.
pub(crate) fn is_installed(package: &str) -> bool {
    let status = ask(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]));
    status.as_deref() == Some("installed")
}

/// Installs packages, without what they merely recommend.
pub(crate) fn install(packages: &[&str], why: &str) -> Result<()> {
    let list = packages.join(" ");
    announce(&list, why);
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run(&mut apt).with_context(|| format!("{list}: missing, and cannot be installed"))
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--quiet", "--yes", "--no-install-recommends"], packages].concat())
}
