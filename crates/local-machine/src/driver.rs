//! A running chromedriver.

use std::{
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{Sender, channel},
    thread,
    time::Duration,
};

/// How long the driver has to print its port.
const START_TIMEOUT: Duration = Duration::from_secs(20);
/// Another program may take the port that the driver has chosen; it then ends, and is started again.
const ATTEMPTS: usize = 3;

/// Why the driver does not run.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    #[error("{} cannot be started: {source}", path.display())]
    Start { path: PathBuf, source: io::Error },
    #[error("{} is not a chromedriver that works: it printed no port, but {said:?}", path.display())]
    NoPort { path: PathBuf, said: String },
}

/// A chromedriver on a free port of 127.0.0.1. It is killed when this is dropped.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts it. The driver and its browsers put temporary files into this folder. Blocks until it listens.
    ///
    /// # Errors
    /// [`DriverError`] when it does not start.
    pub fn start(program: &Path, temporary: &Path) -> Result<Self, DriverError> {
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            let mut process = Command::new(program)
                .arg("--port=0")
                .envs(["TMPDIR", "TMP", "TEMP"].map(|variable| (variable, temporary)))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .map_err(|source| DriverError::Start { path: program.to_owned(), source })?;
            let output = process.stdout.take();
            // From here on it is killed when something fails.
            let mut driver = Self { process, port: 0 };
            match output.map_or(Err(String::new()), announced_port) {
                Ok(port) => {
                    driver.port = port;
                    return Ok(driver);
                }
                Err(lines) => said = lines,
            }
        }
        Err(DriverError::NoPort { path: program.to_owned(), said })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Errors say that it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The free port that the driver has chosen, as it prints it; otherwise its output.
fn announced_port(output: ChildStdout) -> Result<u16, String> {
    let (sender, receiver) = channel();
    thread::spawn(move || read(output, &sender));
    receiver.recv_timeout(START_TIMEOUT).unwrap_or_else(|_| Err("nothing".to_owned()))
}

/// Reads the pipe to its end: the driver would block once it is full.
fn read(output: ChildStdout, sender: &Sender<Result<u16, String>>) {
    let mut said = String::new();
    let mut is_announced = false;
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if is_announced {
            continue;
        }
        if let Some(port) = port_in(&line) {
            is_announced = true;
            let _ = sender.send(Ok(port));
        } else {
            said.push_str(&line);
            said.push('\n');
        }
    }
    // Nobody listens when the port has been sent.
    let _ = sender.send(Err(said));
}

/// The port in `ChromeDriver was started successfully on port 41234.`
fn port_in(line: &str) -> Option<u16> {
    line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_the_one_that_the_driver_prints() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41234."), Some(41234));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_no_driver_is_named_with_its_output() {
        let error = Driver::start(Path::new("/bin/echo"), &std::env::temp_dir()).unwrap_err().to_string();
        assert!(error.contains("/bin/echo is not a chromedriver") && error.contains("--port=0"), "{error}");
        let error = Driver::start(Path::new("/no/such/driver"), &std::env::temp_dir()).unwrap_err().to_string();
        assert!(error.contains("/no/such/driver cannot be started"), "{error}");
    }
}
