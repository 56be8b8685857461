//! A PostgreSQL server to throw away: Debian's, installed where it is missing, on a free port and in a folder of its own.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::debian;
use crate::{
    process::Running,
    project,
    shell::{ask, command, run},
};

/// Where Debian keeps the programs of each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Whom Debian's package makes: PostgreSQL does not run as root.
const USER: &str = "postgres";
const START_TIME: Duration = Duration::from_secs(30);
const SETTINGS: &[&str] =
    &["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "log_min_messages=panic"];
/// For tests: nothing there outlives a crash of the machine, and there are many small databases.
const FORGETFUL: &[&str] = &["fsync=off", "full_page_writes=off", "autovacuum=off"];

/// What a cluster is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Tests.
    Tests,
    /// Figures: it keeps what it acknowledges, as one that is in use.
    Figures,
}

/// A running server. It is stopped, and its folder removed, when this value is dropped.
pub(crate) struct Cluster {
    server: Running,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Installs PostgreSQL if need be, makes a cluster and starts it.
    pub(crate) fn start(purpose: Purpose) -> Result<Self> {
        let programs = programs()?;
        let folder = folder();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        if debian::is_root() {
            run(command("chown").arg(USER).arg(&folder))?;
        }
        let mut init = as_user(&programs.join("initdb"));
        init.args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]);
        if ask(init.arg("--pgdata").arg(&folder)).is_none() {
            bail!("PostgreSQL cannot make a cluster in {}", folder.display());
        }
        let mut server = as_user(&programs.join("postgres"));
        server.arg("-D").arg(&folder).args(["-p", &port.to_string()]);
        let forgetful = if purpose == Purpose::Tests { FORGETFUL } else { &[] };
        server.args(SETTINGS.iter().chain(forgetful).flat_map(|setting| ["-c", setting]));
        let mut cluster = Self { server: Running::start(server.current_dir("/"))?, folder, port };
        cluster.wait_until_ready(&programs)?;
        Ok(cluster)
    }

    /// Address of the database that every cluster has, by which others are made.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let deadline = Instant::now() + START_TIME;
        let port = self.port.to_string();
        while ask(command(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", &port])).is_none() {
            if let Some(status) = self.server.ended() {
                bail!("PostgreSQL ended before it was ready ({status})");
            }
            if Instant::now() > deadline {
                bail!("PostgreSQL was not ready after {} s", START_TIME.as_secs());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.server.stop();
        // What is left behind is in the way of nobody: the next cluster has a folder of its own.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// In `target/`, but for root: whom the server runs as then cannot be relied on to get there.
fn folder() -> PathBuf {
    let parent = if debian::is_root() { std::env::temp_dir() } else { project::root().join(project::target_dir()) };
    parent.join(format!("partner-postgres-{}", std::process::id()))
}

fn as_user(program: &Path) -> Command {
    if !debian::is_root() {
        return command(program);
    }
    let mut command = command("setpriv");
    command.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--"]).arg(program).current_dir("/");
    command
}

/// Installs PostgreSQL where it is missing.
pub(crate) fn install() -> Result<()> {
    programs().map(|_| ())
}

/// The folder of the newest version's programs.
fn programs() -> Result<PathBuf> {
    if let Some(found) = newest() {
        return Ok(found);
    }
    if !debian::may_install() {
        bail!("PostgreSQL is missing: as root, `apt-get install postgresql`");
    }
    debian::install(&["postgresql"], "the server runs on it as well, and its tests do")?;
    newest().with_context(|| format!("PostgreSQL is installed, but not in {VERSIONS}"))
}

fn newest() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok()?.flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let programs = entry.path().join("bin");
        programs.join("postgres").is_file().then_some((version, programs))
    });
    versions.max().map(|(_, programs)| programs)
}
