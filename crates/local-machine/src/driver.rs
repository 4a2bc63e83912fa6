//! A running WebDriver server: chromedriver, geckodriver or WebKitWebDriver.

use std::{
    io::{self, BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{Sender, channel},
    thread,
    time::{Duration, Instant},
};

/// How long the driver has to print its port.
const START_TIMEOUT: Duration = Duration::from_secs(20);
/// Another program may take the port that the driver has chosen; it then ends, and is started again.
const ATTEMPTS: usize = 3;
const CONNECT_INTERVAL: Duration = Duration::from_millis(20);
/// The variables that name the folder for temporary files.
const TEMPORARY: [&str; 3] = ["TMPDIR", "TMP", "TEMP"];

/// Why the driver does not run.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    #[error("{} cannot be started: {source}", path.display())]
    Start { path: PathBuf, source: io::Error },
    #[error("{} is not a WebDriver server that works: it printed no port, but {said:?}", path.display())]
    NoPort { path: PathBuf, said: String },
    #[error("{} does not listen on port {port}", path.display())]
    Silent { path: PathBuf, port: u16 },
}

/// A WebDriver server on a free port of 127.0.0.1. It is killed when this is dropped.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts chromedriver or geckodriver. The driver and its browsers put temporary files into this folder. Blocks until it listens.
    ///
    /// # Errors
    /// [`DriverError`] when it does not start.
    pub fn start(program: &Path, temporary: &Path) -> Result<Self, DriverError> {
        Self::start_command(Command::new(program).envs(TEMPORARY.map(|variable| (variable, temporary))))
    }

    /// As [`Driver::start`], for a command with further arguments. `--port=0` is added.
    ///
    /// # Errors
    /// [`DriverError`] when it does not start.
    pub fn start_command(command: &mut Command) -> Result<Self, DriverError> {
        let path = PathBuf::from(command.get_program());
        command.arg("--port=0");
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            let (mut driver, output) = Self::spawn(command, &path)?;
            match output.map_or(Err(String::new()), announced_port) {
                Ok(port) => {
                    driver.port = port;
                    return Ok(driver);
                }
                Err(lines) => said = lines,
            }
        }
        Err(DriverError::NoPort { path, said })
    }

    /// Starts a driver that cannot choose its port, as WebKitWebDriver, with `--port` and a free one. Blocks until it listens.
    ///
    /// # Errors
    /// [`DriverError`] when it does not start.
    pub fn start_on_free_port(command: impl Fn() -> Command) -> Result<Self, DriverError> {
        let path = PathBuf::from(command().get_program());
        let mut port = 0;
        for _ in 0..ATTEMPTS {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
            port = free.map_err(|source| DriverError::Start { path: path.clone(), source })?.port();
            let (mut driver, output) = Self::spawn(command().arg(format!("--port={port}")), &path)?;
            driver.port = port;
            if let Some(output) = output {
                thread::spawn(move || discard(BufReader::new(output)));
            }
            if driver.listens_soon() {
                return Ok(driver);
            }
        }
        Err(DriverError::Silent { path, port })
    }

    fn spawn(command: &mut Command, path: &Path) -> Result<(Self, Option<ChildStdout>), DriverError> {
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| DriverError::Start { path: path.to_owned(), source })?;
        let output = process.stdout.take();
        // From here on it is killed when something fails.
        Ok((Self { process, port: 0 }, output))
    }

    fn listens_soon(&mut self) -> bool {
        let (start, address) = (Instant::now(), SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)));
        while start.elapsed() < START_TIMEOUT && matches!(self.process.try_wait(), Ok(None)) {
            if TcpStream::connect_timeout(&address, CONNECT_INTERVAL).is_ok() {
                return true;
            }
            thread::sleep(CONNECT_INTERVAL);
        }
        false
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
    let mut output = BufReader::new(output);
    let mut line = String::new();
    while output.read_line(&mut line).is_ok_and(|length| length > 0) {
        if let Some(port) = port_in(line.trim_end()) {
            let _ = sender.send(Ok(port));
            return discard(output);
        }
        said.push_str(&line);
        line.clear();
    }
    let _ = sender.send(Err(said));
}

fn discard(mut output: BufReader<ChildStdout>) {
    // An error says that the driver has ended.
    let _ = io::copy(&mut output, &mut io::sink());
}

/// The port in `ChromeDriver was started successfully on port 41234.` and in `geckodriver INFO Listening on 127.0.0.1:41234`.
fn port_in(line: &str) -> Option<u16> {
    let chromium = line.rsplit_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.'));
    let firefox = || line.rsplit_once("Listening on 127.0.0.1:").map(|(_, port)| port);
    chromium.or_else(firefox)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_the_one_that_the_driver_prints() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41234."), Some(41234));
        assert_eq!(port_in("1795755169000\tgeckodriver\tINFO\tListening on 127.0.0.1:41234"), Some(41234));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_no_driver_is_named_with_its_output() {
        let error = Driver::start(Path::new("/bin/echo"), &std::env::temp_dir()).unwrap_err().to_string();
        assert!(error.contains("/bin/echo is not a WebDriver server") && error.contains("--port=0"), "{error}");
        let error = Driver::start(Path::new("/no/such/driver"), &std::env::temp_dir()).unwrap_err().to_string();
        assert!(error.contains("/no/such/driver cannot be started"), "{error}");
    }
}
