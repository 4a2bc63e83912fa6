//! The development servers: one trunk for each page, and what to do once they answer.

use crate::{
    certificate::{self, Certificate},
    cli::ServeOptions,
    error::{Error, Result, file},
    hubspot, project,
    servers::Servers,
    tools,
};
use std::{
    fs,
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

/// How long a server on this machine has for an answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// A page that trunk serves.
struct Page {
    /// The folder with its `Trunk.toml`.
    folder: PathBuf,
    title: String,
    port: u16,
    /// Not the folder that its `Trunk.toml` names: that one may be for deploying.
    dist: PathBuf,
}

struct Pages {
    widget: Page,
    simulator: Page,
    /// The examples of the SDK.
    examples: Vec<Page>,
    /// The port of the widget's own `Trunk.toml`, where the simulator looks for it by default.
    default_port: u16,
}

/// Serves until it is interrupted, or until a server ends.
pub fn serve(options: &ServeOptions) -> Result<()> {
    let pages = Pages::find(options.port)?;
    // First, so that nobody waits for a build to learn of it.
    pages.all().try_for_each(|page| local_machine::check_port(page.port))?;
    tools::wasm_target()?;
    tools::trunk_and_bindgen()?;
    let certificate = if options.https { Some(certificate::ensure()?) } else { None };

    println!("==> starting trunk for {} pages; the first build takes a while", pages.all().count());
    let mut servers = Servers::new()?;
    for page in pages.all() {
        let index = page.dist.join("index.html");
        if index.exists() {
            fs::remove_file(&index).map_err(file("remove", &index))?;
        }
        servers.start(&mut trunk(page, options.release, certificate.as_ref()))?;
    }

    let start = Instant::now();
    let mut announced = false;
    servers.run(|| {
        if announced || !pages.all().all(|page| page.is_ready(options.https)) {
            return;
        }
        announced = true;
        println!("    ready after {:.1} s", start.elapsed().as_secs_f32());
        pages.print_how_to_open(options);
        let url = pages.simulator_url(options);
        if options.open
            && let Err(error) = local_machine::open_url(&url)
        {
            println!("The browser could not be opened ({error}): open {url} yourself.");
        }
    })
}

impl Pages {
    /// All pages, with the widget at `port`, or at its own without one; the others follow it at the distance that their
    /// `Trunk.toml` files have.
    fn find(port: Option<u16>) -> Result<Self> {
        let default_port = project::served_port(&project::widget())?;
        let port = port.unwrap_or(default_port);
        let page = |folder: PathBuf| {
            let own_port = project::served_port(&folder)?;
            let port = shifted(own_port, default_port, port).ok_or(Error::NoPortLeft(port))?;
            let name = folder.file_name().unwrap_or("page".as_ref());
            let name = if folder == project::widget() { "widget".as_ref() } else { name };
            let dist = project::target().join("serve").join(name);
            Ok(Page { title: project::title(&folder)?, folder, port, dist })
        };
        Ok(Self {
            widget: page(project::widget())?,
            simulator: page(project::simulator())?,
            examples: project::example_pages().into_iter().map(page).collect::<Result<_>>()?,
            default_port,
        })
    }

    fn all(&self) -> impl Iterator<Item = &Page> {
        [&self.widget, &self.simulator].into_iter().chain(&self.examples)
    }

    /// The simulator with the widget in it.
    fn simulator_url(&self, options: &ServeOptions) -> String {
        let simulator = self.simulator.url(options.https);
        if self.widget.port == self.default_port {
            simulator
        } else {
            format!("{simulator}?widget={}", self.widget.url(options.https))
        }
    }

    fn print_how_to_open(&self, options: &ServeOptions) {
        let Page { title: name, .. } = &self.widget;
        let url = self.widget.url(options.https);
        println!("\n    {}    {}, with the widget in it", self.simulator_url(options), self.simulator.title);
        for page in [&self.widget].into_iter().chain(&self.examples) {
            println!("    {}    {}", page.url(options.https), page.title);
        }
        println!("\nTo see the widget in HubSpot, paste this line into the console of a HubSpot tab and reload it:\n");
        println!("    {}\n", hubspot::console_line(name, &url));
        println!("Then open a contact or a company, click Call and choose \"{name}\" under Call from.");
        if options.https {
            println!("Open {url} in a tab first and accept the certificate: inside a frame the browser does not ask.");
        }
        for page in self.examples.iter().filter(|page| page.is_widget()) {
            println!("\nThe same for \"{}\":\n", page.title);
            println!("    {}", hubspot::console_line(&page.title, &page.url(options.https)));
        }
        println!("\nCtrl+C stops the servers.\n");
    }
}

impl Page {
    fn url(&self, https: bool) -> String {
        format!("{}://localhost:{}/", if https { "https" } else { "http" }, self.port)
    }

    /// Whether it has been built and is served. trunk also listens after a failed build; then there is no page yet.
    fn is_ready(&self, https: bool) -> bool {
        self.dist.join("index.html").is_file() && answers(self.port, https).unwrap_or(false)
    }

    /// Whether HubSpot can show it; the example `host` shows widgets itself.
    fn is_widget(&self) -> bool {
        !self.folder.ends_with("host")
    }
}

/// The port that is as far from `new` as `own` is from `default`.
fn shifted(own: u16, default: u16, new: u16) -> Option<u16> {
    u16::try_from(i32::from(new) + i32::from(own) - i32::from(default)).ok().filter(|port| *port > 0)
}

fn trunk(page: &Page, release: bool, certificate: Option<&Certificate>) -> Command {
    let mut command = tools::trunk();
    command.arg("serve").arg("--config").arg(page.folder.join("Trunk.toml"));
    command.args(["--port", &page.port.to_string(), "--dist"]).arg(&page.dist);
    if release {
        command.arg("--release");
    }
    if let Some(Certificate { certificate, key }) = certificate {
        command.arg("--tls-cert-path").arg(certificate).arg("--tls-key-path").arg(key);
    }
    command
}

fn answers(port: u16, https: bool) -> io::Result<bool> {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIMEOUT)?;
    stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
    stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut answer = [0; 12];
    let count = stream.read(&mut answer)?;
    Ok(is_answer(https, &answer[..count]))
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

    fn options(https: bool) -> ServeOptions {
        ServeOptions { https, port: None, release: false, open: false }
    }

    #[test]
    fn the_pages_follow_the_widget_at_their_distance() {
        assert_eq!(shifted(9025, 9025, 8000), Some(8000));
        assert_eq!(shifted(9027, 9025, 8000), Some(8002));
        assert_eq!(shifted(9027, 9025, 65535), None);
        assert_eq!(shifted(9020, 9025, 3), None);
    }

    #[test]
    fn the_simulator_gets_the_address_of_a_widget_at_another_port() {
        let pages = Pages::find(None).unwrap();
        let (own, next) = (pages.widget.port, pages.simulator.port);
        assert_eq!(pages.simulator_url(&options(false)), format!("http://localhost:{next}/"));
        let pages = Pages::find(Some(8443)).unwrap();
        let shifted = 8443 + i32::from(next) - i32::from(own);
        let expected = format!("https://localhost:{shifted}/?widget=https://localhost:8443/");
        assert_eq!(pages.simulator_url(&options(true)), expected);
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
}
