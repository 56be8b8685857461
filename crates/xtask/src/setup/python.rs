//! Installs the pinned Python packages of the fuzz tests into a virtual environment.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::{announce, debian};
use crate::{
    project::{self, FUZZ},
    shell::{capture, command, run},
};

/// Installs schemathesis and returns the folder of its virtual environment.
pub(crate) fn fuzz_tools() -> Result<PathBuf> {
    let environment = project::target_dir().join("schemathesis");
    let wanted = project::root().join(FUZZ).join("requirements.txt");
    let installed = environment.join("requirements.txt");
    if fs::read(&installed).ok() == Some(fs::read(&wanted)?) {
        return Ok(environment);
    }
    announce("schemathesis", "it fuzzes the API");
    create(&environment).context("cannot create a Python environment: install Python 3.10 or newer with venv")?;
    let pip = environment.join("bin/pip");
    run(command(pip).args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&wanted))
        .context("schemathesis is missing and cannot be installed")?;
    fs::copy(wanted, installed)?;
    Ok(environment)
}

fn create(environment: &PathBuf) -> Result<()> {
    let create = || run(command("python3").args(["-m", "venv", "--clear"]).arg(environment));
    // Check for `venv`, because Debian packages it separately from Python.
    let is_complete = capture(command("python3").args(["-c", "import ensurepip, venv"])).is_some();
    if is_complete {
        return create();
    }
    if !debian::may_install() {
        bail!("python3 or its venv module is missing");
    }
    debian::install(&["python3", "python3-venv"], "schemathesis is written in Python")?;
    create()
}
