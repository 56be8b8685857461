//! The stage `fuzz`: schemathesis generates valid and invalid requests from `docs/openapi.json` and sends them to a
//! real server. The stage fails if the server replies with a server error, or with a reply that the description does
//! not allow.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
};

use anyhow::{Context, Result};

use crate::{
    process::Running,
    project::{self, FUZZ},
    server::{self, Profile},
    setup, shell,
};

/// Duration of the fuzzing in seconds. The environment variable `PARTNER_FUZZ_SECONDS` overrides it.
const SECONDS: &str = "45";
/// Seed of the generated requests. The environment variable `PARTNER_FUZZ_SEED` overrides it.
const SEED: &str = "1";

/// Fuzzes all operations of the API, or only those whose operation id matches the regular expression `word`.
pub(crate) fn run(word: Option<&str>) -> Result<()> {
    let tools = setup::python::fuzz_tools()?;
    let program = server::build(Profile::Faulty)?;
    let inputs = project::root().join(FUZZ);
    shell::run(shell::command(tools.join("bin/python")).arg(inputs.join("examples.py")))?;

    let folder = project::target_dir().join("fuzz");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let log = File::create(folder.join("server.log"))?;
    let mut command = shell::command(program);
    command.args(["serve", "--demo", "--demo-months", "3", "--listen", &format!("127.0.0.1:{port}"), "--data"]);
    // `--behind-proxy` makes the server believe the client address in a request. Each generated request claims a
    // different address, so the rate limits are active but never reached.
    command.arg(folder.join("data")).arg("--behind-proxy").stdout(log.try_clone()?).stderr(log);
    let mut server = Running::start(command.env("RUST_LOG", "warn"))?;
    server::wait_until_ready(&mut server, port)?;

    let url = format!("http://127.0.0.1:{port}");
    let mut fuzz = shell::command(tools.join("bin/schemathesis"));
    fuzz.arg("--config-file").arg(inputs.join("schemathesis.toml")).arg("run");
    fuzz.arg(project::root().join("docs/openapi.json")).args(["--url", &url, "--checks", "all", "--no-color"]);
    fuzz.args(["--max-time", &setting("PARTNER_FUZZ_SECONDS", SECONDS)]);
    fuzz.args(["--seed", &setting("PARTNER_FUZZ_SEED", SEED)]);
    if let Some(word) = word {
        fuzz.args(["--include-operation-id-regex", word]);
    }
    // Run in this folder, because schemathesis saves its state in the working directory. The next run deletes the
    // folder.
    fuzz.current_dir(&folder).env("PARTNER_URL", url).env("SCHEMATHESIS_HOOKS", "hooks");
    fuzz.env("PYTHONPATH", &inputs).env("PYTHONDONTWRITEBYTECODE", "1");
    let log = folder.join("server.log");
    shell::run(&mut fuzz)
        .with_context(|| format!("the API does not match its description; the server's log is {}", log.display()))
}

fn setting(variable: &str, default: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| default.to_owned())
}
