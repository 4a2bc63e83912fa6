//! The development servers: trunk for each page, calling-simulator for that of the simulator, and what to do once they answer.

mod pages;

use crate::{
    certificate::{self, Certificate},
    cli::ServeOptions,
    drive,
    error::{Result, file},
    hubspot, process,
    servers::Servers,
    tools,
};
use pages::{Page, Pages};
use std::{
    fs,
    process::{Command, Stdio},
    time::Instant,
};

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
        print_how_to_open(&pages, options.https);
        let url = pages.first().url();
        if options.open
            && let Err(error) = local_machine::open_url(&url)
        {
            println!("The browser could not be opened ({error}): open {url} yourself.");
        }
    })
}

fn print_how_to_open(pages: &Pages, https: bool) {
    let Page { title: name, .. } = &pages.widget;
    let url = pages.widget.url();
    println!();
    if let Some(simulator) = &pages.simulator {
        println!("    {}    {}, with the widget in it", simulator.url(), simulator.title);
    }
    for page in [&pages.widget].into_iter().chain(&pages.examples) {
        println!("    {}    {}", page.url(), page.title);
    }
    println!("\nTo see the widget in HubSpot, paste this line into the console of a HubSpot tab and reload it:\n");
    println!("    {}\n", hubspot::console_line(name, &url));
    println!("Then open a contact or a company, click Call and choose \"{name}\" under Call from.");
    if https {
        println!("Open {url} in a tab first and accept the certificate: inside a frame the browser does not ask.");
    }
    for page in pages.examples.iter().filter(|page| page.is_widget()) {
        println!("\nThe same for \"{}\":\n", page.title);
        println!("    {}", hubspot::console_line(&page.title, &page.url()));
    }
    println!("\nCtrl+C stops the servers.\n");
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
    command.args(["serve", "--reload", "--pages"]).arg(pages::simulator_pages());
    command.args(["--widget", &widget.url(), "--name", &widget.title, "--port", &simulator.port.to_string()]);
    // The addresses are printed here, with those of the other pages.
    command.stdout(Stdio::null());
    command
}

// <simulator>
#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{Read, Write},
        net::{Ipv4Addr, TcpListener, TcpStream},
        process::Child,
        thread,
        time::Duration,
    };

    fn pages(https: bool, port: Option<u16>) -> Pages {
        Pages::find(&ServeOptions { https, port, ..ServeOptions::default() }).unwrap()
    }

    #[test]
    fn the_server_of_the_simulator_gets_the_widget_beside_it() {
        let (widget, simulator) = (pages(false, None).widget.port, pages(false, None).first().port);
        for (https, port, shift) in [(false, None, 0), (true, None, 0), (true, Some(widget + 10), 10)] {
            let pages = pages(https, port);
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

    /// It is killed when this is dropped.
    struct Running(Child);

    impl Drop for Running {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    #[test]
    fn the_server_of_the_simulator_runs_before_the_page_is_built() {
        // Below those that the system gives to programs that ask for any port: another test would take one while the server is compiled.
        let free = (31_000..32_000).find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()).unwrap();
        // A fork's port may be above the simulator's.
        let usual = pages(false, None);
        let distance = i32::from(usual.first().port) - i32::from(usual.widget.port);
        let pages = pages(false, Some(u16::try_from(i32::from(free) - distance).unwrap()));
        let mut server = Running(simulator_server(pages.first(), &pages.widget).spawn().unwrap());
        // It is compiled first.
        let mut stream = loop {
            match TcpStream::connect((Ipv4Addr::LOCALHOST, free)) {
                Ok(stream) => break stream,
                Err(_) => assert_eq!(server.0.try_wait().unwrap(), None, "the server has ended"),
            }
            thread::sleep(Duration::from_millis(50));
        };
        write!(stream, "GET {} HTTP/1.0\r\n\r\n", pages.first().path).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        // An earlier `serve` may have left a page.
        let widget = format!("content=\"{}\"", pages.widget.url());
        assert!(answer.contains("is being built") || answer.contains(&widget), "{answer}");
    }
}
// </simulator>
