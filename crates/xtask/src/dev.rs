//! `cargo xtask dev`: runs Trunk, which rebuilds and reloads the app, and rebuilds and restarts the server on changes.

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

/// The port on which Trunk serves the app. `Trunk.toml` contains the same value.
const PAGE_PORT: u16 = 8081;

/// The port to which Trunk forwards API requests. `Trunk.toml` contains the same value.
const API_PORT: u16 = 8080;

/// The server restarts if one of these files, or a file in one of these folders, changes.
const SERVER_SOURCES: &[&str] = &["crates/partner-demo", "crates/partner-server", "crates/partner-api", "Cargo.lock"];

/// Runs Trunk and the server until Ctrl-C is pressed or Trunk ends.
pub(crate) fn run(data: &Path) -> Result<()> {
    for port in [API_PORT, PAGE_PORT] {
        server::check_port(port, "stop the program that uses it, because Trunk.toml needs this port")?;
    }
    server::check_folder(data)?;
    setup::rust::bundle_tools()?;
    assets::generate()?;
    fs::create_dir_all(TRUNK_DIST)?;

    let mut seen = latest_change();
    let program = server::build(Profile::Dev)?;
    process::catch_interrupts()?;
    let mut server = Some(start(&program, data)?);
    let mut trunk = Running::start(&mut bundle::trunk("serve"))?;
    println!("\nThe app will be at http://127.0.0.1:{PAGE_PORT}{PUBLIC_URL} once Trunk has built it\n");

    while !process::is_interrupted() {
        thread::sleep(Duration::from_secs(1));
        if let Some(status) = trunk.ended() {
            bail!("Trunk ended ({status})");
        }
        if server.as_mut().is_some_and(|server| server.ended().is_some()) {
            println!("The server stopped; it starts again after the next change");
            server = None;
        }
        let change = latest_change();
        if change != seen {
            seen = change;
            match server::build(Profile::Dev) {
                Ok(program) => {
                    // Stop the old server first, because both servers use the same port.
                    drop(server.take());
                    server = Some(start(&program, data)?);
                }
                Err(error) => println!("{error}; the previous server keeps running"),
            }
        }
    }
    Ok(())
}

fn start(program: &Path, data: &Path) -> Result<Running> {
    server::start(program, TRUNK_DIST, data, API_PORT)
}

/// Returns the latest modification time of the server's sources. Polling works on every file system, and is fast
/// because the files are few.
fn latest_change() -> Option<SystemTime> {
    let mut latest = None;
    let mut paths: Vec<PathBuf> = SERVER_SOURCES.iter().map(PathBuf::from).collect();
    while let Some(path) = paths.pop() {
        if let Ok(entries) = fs::read_dir(&path) {
            paths.extend(entries.flatten().map(|entry| entry.path()));
        } else {
            latest = latest.max(fs::metadata(&path).and_then(|found| found.modified()).ok());
        }
    }
    latest
}
