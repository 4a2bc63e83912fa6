//! One of the programs, running.

use crate::error::{Error, Result, file};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use std::{
    fs::{self, File},
    future::Future,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

/// How long a program has until it answers.
const START_TIMEOUT: Duration = Duration::from_secs(20);
/// How often it is asked.
const INTERVAL: Duration = Duration::from_millis(25);

/// It is killed when this is dropped.
pub struct Service {
    program: &'static str,
    child: Child,
    log: PathBuf,
}

impl Service {
    /// Starts it. Its output goes into `PROGRAM.log` in the folder, after what is there already. Its standard input stays open:
    /// baresip ends when it is closed.
    pub fn start(program: &'static str, command: &mut Command, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{program}.log"));
        let output = File::options().create(true).append(true).open(&log).map_err(file(&log))?;
        let errors = output.try_clone().map_err(file(&log))?;
        command.stdin(Stdio::piped()).stdout(output).stderr(errors).current_dir(folder);
        // Some programs are several processes.
        command.process_group(0).kill_on_drop(true);
        let child = command.spawn().map_err(|source| Error::Start { program, source })?;
        Ok(Self { program, child, log })
    }

    /// Waits until `answers` is true.
    pub async fn ready<F: Future<Output = bool>>(&mut self, answers: impl Fn() -> F) -> Result<()> {
        let start = Instant::now();
        loop {
            let has_ended = !matches!(self.child.try_wait(), Ok(None));
            if !has_ended && answers().await {
                return Ok(());
            }
            if has_ended || start.elapsed() > START_TIMEOUT {
                return Err(self.not_ready());
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Kills it, as a crash would.
    pub async fn kill(&mut self) {
        self.signal(Signal::SIGKILL);
        // An error says that it has ended already.
        let _ = self.child.wait().await;
    }

    /// Sends a signal to all of its processes.
    pub fn signal(&self, signal: Signal) {
        if let Some(id) = self.child.id().and_then(|id| id.try_into().ok()) {
            // An error says that they have ended.
            let _ = killpg(Pid::from_raw(id), signal);
        }
    }

    /// What it has printed so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    fn not_ready(&self) -> Error {
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        let said = lines[lines.len().saturating_sub(20)..].join("\n");
        Error::NotReady { program: self.program, log: self.log.clone(), said }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.signal(Signal::SIGKILL);
    }
}
