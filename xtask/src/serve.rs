//! The development servers: trunk for each page, calling-simulator for that of the simulator, and what to do once they answer.

use crate::{
    certificate::{self, Certificate},
    cli::ServeOptions,
    drive,
    error::{Error, Result, file},
    hubspot, process, project,
    servers::Servers,
    tools,
};
use std::{
    fs,
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How long a server on this machine has for an answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// A page that trunk builds.
struct Page {
    /// The folder with its `Trunk.toml`.
    folder: PathBuf,
    title: String,
    port: u16,
    https: bool,
    /// Its path on its server.
    path: &'static str,
    /// Not the folder that its `Trunk.toml` names: that one may be for deploying.
    dist: PathBuf,
}

struct Pages {
    widget: Page,
    /// Absent in a project without it.
    simulator: Option<Page>,
    /// The examples of the SDK.
    examples: Vec<Page>,
}

/// Serves until it is interrupted, or until a server ends.
pub fn serve(options: &ServeOptions) -> Result<()> {
    let pages = Pages::find(options)?;
    // First, so that nobody waits for a build to learn of it.
    pages.all().try_for_each(|page| local_machine::check_port(page.port))?;
    tools::wasm_target()?;
    tools::trunk_and_bindgen()?;
    let certificate = if options.https { Some(certificate::ensure()?) } else { None };
    for page in pages.all() {
        let index = page.dist.join("index.html");
        if index.exists() {
            fs::remove_file(&index).map_err(file("remove", &index))?;
        }
    }

    if pages.simulator.is_some() {
        // By itself, as its progress is shown; `cargo run` is quiet.
        process::step("compiling the server of the simulator", || {
            process::run_checked(process::cargo().args(["build", "--package", "calling-simulator"]))
        })?;
    }
    println!("==> building {} pages with trunk; the first time it takes a while", pages.all().count());
    let mut servers = Servers::new()?;
    servers.start(&mut trunk_serve(&pages.widget, options.release, certificate.as_ref()))?;
    if let Some(simulator) = &pages.simulator {
        servers.start(&mut simulator_server(simulator, &pages.widget))?;
        servers.start(&mut trunk("watch", simulator, options.release))?;
    }
    for example in &pages.examples {
        servers.start(&mut trunk_serve(example, options.release, certificate.as_ref()))?;
    }

    let start = Instant::now();
    let mut waiting: Vec<&Page> = pages.all().collect();
    servers.run(|| {
        if waiting.is_empty() {
            return;
        }
        waiting.retain(|page| {
            let is_ready = page.is_ready();
            if is_ready {
                println!("    {} is ready after {:.1} s", page.title, start.elapsed().as_secs_f32());
            }
            !is_ready
        });
        if !waiting.is_empty() {
            return;
        }
        pages.print_how_to_open(options.https);
        let url = pages.first().url();
        if options.open
            && let Err(error) = local_machine::open_url(&url)
        {
            println!("The browser could not be opened ({error}): open {url} yourself.");
        }
    })
}

impl Pages {
    /// All pages, with the widget at the port of the options, or at its own without one; the others follow it at the distance that
    /// their `Trunk.toml` files have.
    fn find(options: &ServeOptions) -> Result<Self> {
        let default_port = project::served_port(&project::widget())?;
        let widget_port = options.port.unwrap_or(default_port);
        let page = |folder: PathBuf| {
            let own_port = project::served_port(&folder)?;
            let port = shifted(own_port, default_port, widget_port).ok_or(Error::NoPortLeft(widget_port))?;
            let name = folder.file_name().unwrap_or("page".as_ref());
            let name = if folder == project::widget() { "widget".as_ref() } else { name };
            let (dist, title) = (served().join(name), project::title(&folder)?);
            Ok(Page { folder, title, port, https: options.https, path: "/", dist })
        };
        // Its server speaks http alone. That is enough for browsers: a page of this machine is secure.
        let simulator =
            |page: Page| Page { https: false, path: "/simulator/", dist: simulator_pages().join("simulator"), ..page };
        Ok(Self {
            widget: page(project::widget())?,
            simulator: project::has_simulator().then(|| page(project::simulator()).map(simulator)).transpose()?,
            examples: project::example_pages().into_iter().map(page).collect::<Result<_>>()?,
        })
    }

    fn all(&self) -> impl Iterator<Item = &Page> {
        [&self.widget].into_iter().chain(&self.simulator).chain(&self.examples)
    }

    /// The simulator with the widget in it; without a simulator, the widget.
    fn first(&self) -> &Page {
        self.simulator.as_ref().unwrap_or(&self.widget)
    }

    fn print_how_to_open(&self, https: bool) {
        let Page { title: name, .. } = &self.widget;
        let url = self.widget.url();
        println!();
        if let Some(simulator) = &self.simulator {
            println!("    {}    {}, with the widget in it", simulator.url(), simulator.title);
        }
        for page in [&self.widget].into_iter().chain(&self.examples) {
            println!("    {}    {}", page.url(), page.title);
        }
        println!("\nTo see the widget in HubSpot, paste this line into the console of a HubSpot tab and reload it:\n");
        println!("    {}\n", hubspot::console_line(name, &url));
        println!("Then open a contact or a company, click Call and choose \"{name}\" under Call from.");
        if https {
            println!("Open {url} in a tab first and accept the certificate: inside a frame the browser does not ask.");
        }
        for page in self.examples.iter().filter(|page| page.is_widget()) {
            println!("\nThe same for \"{}\":\n", page.title);
            println!("    {}", hubspot::console_line(&page.title, &page.url()));
        }
        println!("\nCtrl+C stops the servers.\n");
    }
}

impl Page {
    fn url(&self) -> String {
        format!("{}://localhost:{}/", if self.https { "https" } else { "http" }, self.port)
    }

    /// Whether it has been built and is served. trunk also listens after a failed build; then there is no page yet.
    fn is_ready(&self) -> bool {
        self.dist.join("index.html").is_file() && answers(self).unwrap_or(false)
    }

    /// Whether HubSpot can show it; the example `host` shows widgets itself.
    fn is_widget(&self) -> bool {
        !self.folder.ends_with("host")
    }
}

/// Where the pages are built.
fn served() -> PathBuf {
    project::target().join("serve")
}

/// What calling-simulator serves: the simulator's page in a folder of its name, and nothing beside it.
fn simulator_pages() -> PathBuf {
    served().join("simulator")
}

/// The port that is as far from `new` as `own` is from `default`.
fn shifted(own: u16, default: u16, new: u16) -> Option<u16> {
    u16::try_from(i32::from(new) + i32::from(own) - i32::from(default)).ok().filter(|port| *port > 0)
}

fn trunk(task: &str, page: &Page, release: bool) -> Command {
    let mut command = tools::trunk();
    command.arg(task).arg("--config").arg(page.folder.join("Trunk.toml")).arg("--dist").arg(&page.dist);
    if release {
        command.arg("--release");
    }
    command
}

fn trunk_serve(page: &Page, release: bool, certificate: Option<&Certificate>) -> Command {
    let mut command = trunk("serve", page, release);
    command.args(["--port", &page.port.to_string()]);
    if let Some(Certificate { certificate, key }) = certificate {
        command.arg("--tls-cert-path").arg(certificate).arg("--tls-key-path").arg(key);
    }
    command
}

/// The program that others use for their widgets, with the page that trunk builds.
fn simulator_server(simulator: &Page, widget: &Page) -> Command {
    let mut command = drive::calling_simulator();
    command.args(["serve", "--reload", "--pages"]).arg(simulator_pages());
    command.args(["--widget", &widget.url(), "--name", &widget.title, "--port", &simulator.port.to_string()]);
    // The addresses are printed here, with those of the other pages.
    command.stdout(Stdio::null());
    command
}

fn answers(page: &Page) -> io::Result<bool> {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), page.port);
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIMEOUT)?;
    stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
    stream.write_all(format!("GET {} HTTP/1.0\r\nHost: localhost\r\n\r\n", page.path).as_bytes())?;
    let mut answer = [0; 12];
    let count = stream.read(&mut answer)?;
    Ok(is_answer(page.https, &answer[..count]))
}

/// Whether these are the first bytes of a server that serves the page.
fn is_answer(https: bool, first: &[u8]) -> bool {
    const TLS_ALERT: u8 = 21;
    if https {
        // A running TLS server answers anything that is not TLS with an alert.
        first.first() == Some(&TLS_ALERT)
    } else {
        first.starts_with(b"HTTP/1.") && first.get(8..12) == Some(b" 200")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_follow_the_widget_at_their_distance() {
        assert_eq!(shifted(9025, 9025, 8000), Some(8000));
        assert_eq!(shifted(9027, 9025, 8000), Some(8002));
        assert_eq!(shifted(9027, 9025, 65535), None);
        assert_eq!(shifted(9020, 9025, 3), None);
    }

    // <simulator>
    #[test]
    fn the_server_of_the_simulator_gets_the_widget_beside_it() {
        let options = |https, port| ServeOptions { https, port, ..ServeOptions::default() };
        let pages = Pages::find(&options(false, None)).unwrap();
        let (widget, simulator) = (pages.widget.port, pages.first().port);
        for (https, port, shift) in [(false, None, 0), (true, None, 0), (true, Some(widget + 10), 10)] {
            let pages = Pages::find(&options(https, port)).unwrap();
            assert_eq!(pages.first().url(), format!("http://localhost:{}/", simulator + shift));
            let command = simulator_server(pages.first(), &pages.widget);
            let arguments: Vec<_> =
                command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
            let value = |option: &str| {
                let at = arguments.iter().position(|argument| argument == option);
                at.map(|at| arguments[at + 1].as_str()).unwrap_or_default()
            };
            let scheme = if https { "https" } else { "http" };
            assert_eq!(value("--widget"), format!("{scheme}://localhost:{}/", widget + shift));
            assert_eq!(value("--name"), pages.widget.title);
            assert_eq!(value("--port"), (simulator + shift).to_string());
            assert!(pages.first().dist.starts_with(value("--pages")), "{arguments:?}");
        }
    }
    // </simulator>

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
}
