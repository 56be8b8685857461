//! `cargo xtask dev`: Trunk rebuilds and reloads the bundle, and we rebuild and restart the server.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::{Result, bail};

use crate::{
    assets, bundle,
    process::{self, Running},
    project::{PUBLIC_URL, TRUNK_DIST},
    server::{self, Profile},
    setup,
};

/// Where Trunk serves the bundle; `Trunk.toml` says the same.
const PAGE_PORT: u16 = 8081;

/// Where Trunk expects the API; `Trunk.toml` says the same.
const API_PORT: u16 = 8080;

/// What the server is made of.
const SERVER_SOURCES: &[&str] = &["crates/partner-server", "crates/partner-api", "Cargo.lock"];

/// Runs Trunk and the server until Ctrl-C.
pub(crate) fn run(data: &Path) -> Result<()> {
    for port in [API_PORT, PAGE_PORT] {
        server::check_port(port, "stop what uses it: Trunk.toml and this command agree on that one")?;
    }
    server::check_folder(data)?;
    setup::rust::bundle_tools()?;
    assets::make()?;
    fs::create_dir_all(TRUNK_DIST)?;

    let mut seen = newest_change();
    let program = server::build(Profile::Dev)?;
    process::catch_interrupts()?;
    let mut server = Some(start(&program, data)?);
    let mut trunk = Running::start(&mut bundle::trunk("serve"))?;
    println!("\nThe account is at http://127.0.0.1:{PAGE_PORT}{PUBLIC_URL} as soon as Trunk has built it\n");

    while !process::is_interrupted() {
        thread::sleep(Duration::from_secs(1));
        if let Some(status) = trunk.ended() {
            bail!("Trunk ended ({status})");
        }
        if server.as_mut().is_some_and(|server| server.ended().is_some()) {
            println!("The server ended; the next change starts it again");
            server = None;
        }
        let change = newest_change();
        if change != seen {
            seen = change;
            match server::build(Profile::Dev) {
                Ok(program) => {
                    // The old one goes first: both want the same port.
                    drop(server.take());
                    server = Some(start(&program, data)?);
                }
                Err(error) => println!("{error}; the server of before goes on"),
            }
        }
    }
    Ok(())
}

fn start(program: &Path, data: &Path) -> Result<Running> {
    server::start(program, TRUNK_DIST, data, API_PORT)
}

/// Looking at a few dozen files once a second costs nothing, and works on every file system.
fn newest_change() -> Option<SystemTime> {
    let mut newest = None;
    let mut paths: Vec<PathBuf> = SERVER_SOURCES.iter().map(PathBuf::from).collect();
    while let Some(path) = paths.pop() {
        if let Ok(entries) = fs::read_dir(&path) {
            paths.extend(entries.flatten().map(|entry| entry.path()));
        } else {
            newest = newest.max(fs::metadata(&path).and_then(|found| found.modified()).ok());
        }
    }
    newest
}
