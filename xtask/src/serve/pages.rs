//! The pages that are served, and whether they answer.

use crate::{
    cli::ServeOptions,
    error::{Error, Result},
    project,
};
use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    path::PathBuf,
    time::Duration,
};

/// How long a server on this machine has for an answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// A page that trunk builds.
pub struct Page {
    /// The folder with its `Trunk.toml`.
    pub folder: PathBuf,
    pub title: String,
    pub port: u16,
    pub https: bool,
    /// Its path on its server.
    pub path: &'static str,
    /// Not the folder that its `Trunk.toml` names: that one may be for deploying.
    pub dist: PathBuf,
}

pub struct Pages {
    pub widget: Page,
    /// Absent in a project without it.
    pub simulator: Option<Page>,
    /// The examples of the SDK.
    pub examples: Vec<Page>,
}

impl Pages {
    /// All pages, with the widget at the port of the options, or at its own without one; the others follow it at the distance that
    /// their `Trunk.toml` files have.
    pub fn find(options: &ServeOptions) -> Result<Self> {
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

    pub fn all(&self) -> impl Iterator<Item = &Page> {
        [&self.widget].into_iter().chain(&self.simulator).chain(&self.examples)
    }

    /// The simulator with the widget in it; without a simulator, the widget.
    pub fn first(&self) -> &Page {
        self.simulator.as_ref().unwrap_or(&self.widget)
    }
}

impl Page {
    pub fn url(&self) -> String {
        format!("{}://localhost:{}/", if self.https { "https" } else { "http" }, self.port)
    }

    /// Whether it has been built and is served. trunk also listens after a failed build; then there is no page yet.
    pub fn is_ready(&self) -> bool {
        self.dist.join("index.html").is_file() && answers(self).unwrap_or(false)
    }

    /// Whether HubSpot can show it; the example `host` shows widgets itself.
    pub fn is_widget(&self) -> bool {
        !self.folder.ends_with("host")
    }
}

/// Where the pages are built.
fn served() -> PathBuf {
    project::target().join("serve")
}

/// What calling-simulator serves: the simulator's page in a folder of its name, and nothing beside it.
pub fn simulator_pages() -> PathBuf {
    served().join("simulator")
}

/// The port that is as far from `new` as `own` is from `default`.
fn shifted(own: u16, default: u16, new: u16) -> Option<u16> {
    u16::try_from(i32::from(new) + i32::from(own) - i32::from(default)).ok().filter(|port| *port > 0)
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
