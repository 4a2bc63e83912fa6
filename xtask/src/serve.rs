//! The development server: everything that it needs, trunk, and word when the page can be opened.

use crate::{
    bundle, certificate,
    cli::ServeOptions,
    error::{Error, Result, file},
    process, project, simulator, tools,
};
use std::{
    fs,
    io::{self, ErrorKind, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// HubSpot lists the app under this name, in *Call from*.
const APP_NAME: &str = "Demo App Rust";
const POLL: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(2);

pub fn serve(options: &ServeOptions) -> Result<()> {
    // First, so that nobody waits for a build to hear it.
    port_is_free(options.port)?;
    tools::wasm_target()?;
    tools::trunk_and_bindgen()?;
    if options.release {
        bundle::provide_shrinkers();
    }

    let page = page();
    if page.exists() {
        fs::remove_file(&page).map_err(file("remove", &page))?;
    }
    println!("==> starting trunk; the first build takes a while");
    hand_over(trunk(options)?, options)
}

/// Waits in a process of its own until the server answers, and says so. See `hand_over`.
pub fn announce(options: &ServeOptions) -> Result<()> {
    announce_when_ready(options, parent_lives())
}

/// Tells whether the process that started this one still runs.
#[cfg(unix)]
fn parent_lives() -> impl FnMut() -> bool {
    use std::os::unix::process::parent_id;
    let parent = parent_id();
    move || parent_id() == parent
}

/// Only `hand_over` below needs to know, and there it watches the server itself.
#[cfg(not(unix))]
fn parent_lives() -> impl FnMut() -> bool {
    || true
}

/// Becomes the server, so that whoever stops this process stops the server and leaves nothing behind. A child of it
/// waits for the answer.
#[cfg(unix)]
fn hand_over(mut server: Command, options: &ServeOptions) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let start = |program: &str, source| Error::Start { program: program.into(), source };
    let this = std::env::current_exe().map_err(|source| start("xtask", source))?;
    let mut child = Command::new(this);
    child.arg("announce").args(crate::cli::serve_arguments(options));
    child.spawn().map_err(|source| start("xtask", source))?;
    Err(start("trunk", server.exec()))
}

#[cfg(not(unix))]
fn hand_over(mut server: Command, options: &ServeOptions) -> Result<()> {
    let start = |source| Error::Start { program: "trunk".into(), source };
    let mut server = server.spawn().map_err(start)?;
    announce_when_ready(options, || matches!(server.try_wait(), Ok(None)))?;
    // It runs until it is interrupted, which reaches both of us.
    let status = server.wait().map_err(start)?;
    if status.success() { Ok(()) } else { Err(Error::Command { command: "trunk serve".into() }) }
}

fn trunk(options: &ServeOptions) -> Result<Command> {
    let mut command = tools::trunk();
    command
        .args(["serve", "--port", &options.port.to_string(), "--dist"])
        .arg(dist())
        .args(["--ignore".as_ref(), project::target().as_os_str()]);
    if options.release {
        command.arg("--release");
    }
    if options.https {
        let made = certificate::provide()?;
        command.arg("--tls-cert-path").arg(made.certificate).arg("--tls-key-path").arg(made.key);
    }
    Ok(command)
}

/// Not the `dist/` of the repository: that one is for deploying.
fn dist() -> PathBuf {
    project::target().join("serve")
}

fn page() -> PathBuf {
    dist().join("index.html")
}

fn port_is_free(port: u16) -> Result<()> {
    for address in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        let address = SocketAddr::new(address, port);
        // On some systems one may bind beside a server that listens on every address.
        if TcpStream::connect_timeout(&address, PATIENCE).is_ok() {
            return Err(Error::PortBusy(port));
        }
        match TcpListener::bind(address) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(Error::PortBusy(port)),
            // A machine without IPv6.
            Err(_) if address.is_ipv6() => {}
            Err(source) => return Err(Error::Port { port, source }),
        }
    }
    Ok(())
}

fn announce_when_ready(options: &ServeOptions, mut lives: impl FnMut() -> bool) -> Result<()> {
    let start = Instant::now();
    let page = page();
    // trunk also listens after a failed build; then there is no page yet, and its error stands above.
    while !(page.is_file() && answers(options).unwrap_or(false)) {
        if !lives() {
            return Err(Error::ServerEnded);
        }
        thread::sleep(POLL);
    }
    println!("    ready after {:.1} s", start.elapsed().as_secs_f32());
    print_how_to_open(options);
    if options.open {
        open(&simulator_url(options));
    }
    Ok(())
}

fn answers(options: &ServeOptions) -> io::Result<bool> {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), options.port);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut answer = [0; 12];
    let count = stream.read(&mut answer)?;
    Ok(is_answer(options.https, &answer[..count]))
}

/// Whether these are the first bytes of a server that serves the page.
fn is_answer(https: bool, first: &[u8]) -> bool {
    const TLS_ALERT: u8 = 21;
    if https {
        // To something that is no TLS, a TLS server that is up says so in an alert.
        first.first() == Some(&TLS_ALERT)
    } else {
        first.starts_with(b"HTTP/1.") && first.get(8..12) == Some(b" 200")
    }
}

/// The widget, as HubSpot is told to load it.
fn url(options: &ServeOptions) -> String {
    format!("{}://localhost:{}/", scheme(options), options.port)
}

/// Under the other name of this machine, so that the widget in it is of another origin, as it is in HubSpot.
fn simulator_url(options: &ServeOptions) -> String {
    format!("{}://127.0.0.1:{}/{}/", scheme(options), options.port, simulator::FOLDER)
}

fn scheme(options: &ServeOptions) -> &'static str {
    if options.https { "https" } else { "http" }
}

fn print_how_to_open(options: &ServeOptions) {
    let url = url(options);
    println!("\n    {}    HubSpot at your desk, with the widget in it", simulator_url(options));
    println!("    {url}              the widget alone\n");
    println!("To see it in HubSpot itself, paste this into the console of a HubSpot tab and reload it:\n");
    println!("    {}\n", console_line(&url));
    println!("Then open a contact, click Call and choose \"{APP_NAME}\" under Call from.");
    if options.https {
        println!("Open {url} in a tab first and accept the certificate: inside a page the browser cannot ask.");
    }
    println!("Ctrl+C stops the server.\n");
}

/// What makes HubSpot list the app, in this browser alone.
fn console_line(url: &str) -> String {
    format!(
        "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({{isReady: true, name: \
         \"{APP_NAME}\", url: \"{url}\"}}))"
    )
}

fn open(url: &str) {
    let mut command = if cfg!(windows) {
        let mut command = process::command("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        process::command(if cfg!(target_os = "macos") { "open" } else { "xdg-open" })
    };
    if let Err(error) = command.arg(url).spawn() {
        println!("The browser could not be opened ({error}): open {url} yourself.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(https: bool, port: u16) -> ServeOptions {
        ServeOptions { https, port, release: false, open: false }
    }

    #[test]
    fn the_console_line_has_the_scheme_and_the_port_that_are_served() {
        assert_eq!(
            console_line(&url(&options(true, 9025))),
            "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({isReady: true, name: \
             \"Demo App Rust\", url: \"https://localhost:9025/\"}))"
        );
        assert!(console_line(&url(&options(false, 80))).contains("\"http://localhost:80/\""));
    }

    #[test]
    fn the_simulator_is_of_another_origin_than_its_widget() {
        assert_eq!(simulator_url(&options(false, 9025)), "http://127.0.0.1:9025/simulator/");
        assert_eq!(simulator_url(&options(true, 8443)), "https://127.0.0.1:8443/simulator/");
    }

    #[test]
    fn only_a_served_page_is_an_answer() {
        for (https, first, expected) in [
            (false, &b"HTTP/1.1 200"[..], true),
            (false, b"HTTP/1.0 200", true),
            (false, b"HTTP/1.1 404", false),
            (false, b"HTTP/1.1 ", false),
            (false, b"", false),
            (false, &[21, 3, 3], false),
            (true, &[21, 3, 3, 0, 2], true),
            (true, b"HTTP/1.1 200", false),
            (true, b"", false),
        ] {
            assert_eq!(is_answer(https, first), expected, "{https} {first:?}");
        }
    }

    #[test]
    fn a_port_in_use_is_told_by_its_number() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(matches!(port_is_free(port), Err(Error::PortBusy(busy)) if busy == port));
        drop(listener);
        assert!(port_is_free(port).is_ok());
    }
}
