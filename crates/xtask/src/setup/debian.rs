//! Finds and installs Debian packages.

use anyhow::{Context, Result};

use super::announce;
use crate::shell::{capture, command, has, run};

pub(crate) fn missing(packages: &[&'static str]) -> Vec<&'static str> {
    packages.iter().copied().filter(|package| !is_installed(package)).collect()
}

pub(crate) fn may_install() -> bool {
    has("apt-get") && is_root()
}

/// Whether this process runs as root. Root can install packages, but cannot run PostgreSQL.
pub(crate) fn is_root() -> bool {
    capture(command("id").arg("-u")).as_deref() == Some("0")
}

/// Installs packages, and prints why they are needed.
pub(crate) fn install(packages: &[&str], why: &str) -> Result<()> {
    let list = packages.join(" ");
    announce(&list, why);
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run(&mut apt).with_context(|| format!("these packages are missing and cannot be installed: {list}"))
    };
    apt(&["update", "--quiet"])?;
    let install = ["install", "--quiet", "--yes", "--no-install-recommends"];
    apt(&[&install, packages].concat())
}

fn is_installed(package: &str) -> bool {
    let status = capture(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]));
    status.as_deref() == Some("installed")
}
