//! The browsers and fonts of the system, which the end-to-end tests need.

use std::path::Path;

use anyhow::{Result, bail};

use super::debian;
use crate::shell::has;

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
    if !debian::may_install() {
        if browser("CHROMIUM_PATH", CHROMIUM) && browser("FIREFOX_PATH", FIREFOX) {
            return Ok(());
        }
        let list = missing.join(" ");
        bail!(
            "the end-to-end tests need Chromium and Firefox: as root, `apt-get install {list}`, or name yours by CHROMIUM_PATH \
             and FIREFOX_PATH"
        );
    }
    debian::install(&missing, "the end-to-end tests run in real browsers, with fonts for both languages")
}

fn missing() -> Vec<&'static str> {
    let node: &[&str] = if has("node") && has("npm") { &[] } else { &["nodejs", "npm"] };
    debian::missing(&[PACKAGES, node].concat())
}

fn browser(variable: &str, place: &str) -> bool {
    std::env::var_os(variable).map_or_else(|| Path::new(place).is_file(), |place| Path::new(&place).is_file())
}
