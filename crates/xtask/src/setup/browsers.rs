//! Browsers and fonts for the end-to-end tests.

use std::path::Path;

use anyhow::{Result, bail};

use super::debian;
use crate::shell::has;

/// Path of Chromium's headless shell on Debian. It has the same engine as Chromium without its windows, and the tests need
/// less than half the processor time with it. The environment variable `CHROMIUM_PATH` overrides it, here and in the Playwright
/// configuration.
const CHROMIUM: &str = "/usr/bin/chromium-headless-shell";
/// Path of Firefox on Debian. The environment variable `FIREFOX_PATH` overrides it.
const FIREFOX: &str = "/usr/bin/firefox-esr";

const PACKAGES: &[&str] = &[
    "chromium-headless-shell",
    "firefox-esr",
    // The tests in WebKit also need the package `xvfb`, because the browser and its driver need a display.
    "webkit2gtk-driver",
    "xvfb",
    "fonts-liberation",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
];

/// Installs missing packages: browsers, fonts and Node. If this process may not install packages, fails with
/// instructions unless Chromium and Firefox are there.
pub(crate) fn install() -> Result<()> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    if !debian::may_install() {
        if is_browser("CHROMIUM_PATH", CHROMIUM) && is_browser("FIREFOX_PATH", FIREFOX) {
            return Ok(());
        }
        let list = missing.join(" ");
        bail!(
            "the end-to-end tests need Chromium and Firefox: run `apt-get install {list}` as root, or set CHROMIUM_PATH \
             and FIREFOX_PATH"
        );
    }
    debian::install(&missing, "the end-to-end tests run in real browsers, with fonts for both languages")
}

fn missing() -> Vec<&'static str> {
    let node: &[&str] = if has("node") && has("npm") { &[] } else { &["nodejs", "npm"] };
    debian::missing(&[PACKAGES, node].concat())
}

fn is_browser(variable: &str, default: &str) -> bool {
    std::env::var_os(variable).map_or_else(|| Path::new(default).is_file(), |path| Path::new(&path).is_file())
}
