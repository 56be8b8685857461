//! The pinned Python packages that try the API out, in an environment of their own.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::{announce, debian};
use crate::{
    project::{self, FUZZ},
    shell::{ask, command, run},
};

/// The environment with schemathesis, installed if need be.
pub(crate) fn fuzz_tools() -> Result<PathBuf> {
    let environment = project::target_dir().join("schemathesis");
    let wanted = project::root().join(FUZZ).join("requirements.txt");
    let installed = environment.join("requirements.txt");
    if fs::read(&installed).ok() == Some(fs::read(&wanted)?) {
        return Ok(environment);
    }
    announce("schemathesis", "it tries the API out, call by call");
    make(&environment).context("an environment of Python cannot be made: install Python 3.10 or newer with venv")?;
    let pip = environment.join("bin/pip");
    run(command(pip).args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&wanted))
        .context("schemathesis is missing and cannot be installed")?;
    fs::copy(wanted, installed)?;
    Ok(environment)
}

fn make(environment: &PathBuf) -> Result<()> {
    let make = || run(command("python3").args(["-m", "venv", "--clear"]).arg(environment));
    // Debian has the module in a package of its own.
    let is_complete = ask(command("python3").args(["-c", "import ensurepip, venv"])).is_some();
    if is_complete {
        return make();
    }
    if !debian::may_install() {
        bail!("python3, or its module venv, is missing");
    }
    debian::install(&["python3", "python3-venv"], "schemathesis is a program in Python")?;
    make()
}
