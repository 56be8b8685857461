//! Programs that run beside us until we stop: the server, and Trunk while one develops.

use std::{
    process::{Child, Command, ExitStatus},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How long a program may take to end by itself once asked.
const PATIENCE: Duration = Duration::from_secs(10);

/// From here on Ctrl-C only sets a mark, so that we end after what we started, not before.
pub(crate) fn catch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| IS_INTERRUPTED.store(true, Ordering::Relaxed)).context("Ctrl-C cannot be handled")
}

/// Whether somebody asked us to stop.
pub(crate) fn is_interrupted() -> bool {
    IS_INTERRUPTED.load(Ordering::Relaxed)
}

/// A running program. It is stopped when this value is dropped.
pub(crate) struct Running {
    child: Child,
}

impl Running {
    /// Starts a program in a process group of its own: the terminal's Ctrl-C reaches us alone, and we pass it on once.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("{program} cannot be started"))?;
        Ok(Self { child })
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks the program and whatever it started to end, and waits for it.
    pub(crate) fn stop(&mut self) {
        if self.ended().is_some() {
            return;
        }
        interrupt(self.child.id());
        let deadline = Instant::now() + PATIENCE;
        while self.ended().is_none() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
        // Both fail only where it has ended meanwhile.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The shell's own `kill`: it is there even where the program of that name is not. Written so that every shell reads it.
fn interrupt(group: u32) {
    let _ = Command::new("sh").args(["-c", &format!("kill -s INT -- -{group}")]).status();
}
