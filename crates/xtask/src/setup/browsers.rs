//! The browsers and fonts of the system, which the journeys need.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::announce;
use crate::shell::{ask, command, has, run};

/// Chromium's place on Debian; `CHROMIUM_PATH` names another one, here and in the Playwright configuration.
const CHROMIUM: &str = "/usr/bin/chromium";
/// Firefox's place on Debian; `FIREFOX_PATH` names another one.
const FIREFOX: &str = "/usr/bin/firefox-esr";

const PACKAGES: &[&str] = &[
    "chromium",
    "firefox-esr",
    // WebKit's browser and its driver, with the screen that it does not start without.
    "webkit2gtk-driver",
    "xvfb",
    "fonts-liberation",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
];

/// Installs the browsers where we may, and says what to do where we may not.
pub(crate) fn install() -> Result<()> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !has("apt-get") || !is_root() {
        if browser("CHROMIUM_PATH", CHROMIUM) && browser("FIREFOX_PATH", FIREFOX) {
            return Ok(());
        }
        bail!(
            "the journeys need Chromium and Firefox: as root, `apt-get install {list}`, or name yours by CHROMIUM_PATH \
             and FIREFOX_PATH"
        );
    }
    announce(&list, "the journeys run in real browsers, with fonts for both languages");
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run(&mut apt).with_context(|| format!("{list}: missing, and cannot be installed"))
    };
    apt(&["update", "--quiet"])?;
    let install = ["install", "--quiet", "--yes", "--no-install-recommends"];
    apt(&[&install, missing.as_slice()].concat())
}

fn missing() -> Vec<&'static str> {
    let node: &[&str] = if has("node") && has("npm") { &[] } else { &["nodejs", "npm"] };
    PACKAGES.iter().chain(node).copied().filter(|package| !is_installed(package)).collect()
}

fn is_installed(package: &str) -> bool {
    let status = ask(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]));
    status.as_deref() == Some("installed")
}

fn browser(variable: &str, place: &str) -> bool {
    std::env::var_os(variable).map_or_else(|| Path::new(place).is_file(), |place| Path::new(&place).is_file())
}

pub(crate) fn is_root() -> bool {
    ask(command("id").arg("-u")).as_deref() == Some("0")
}
