//! Web servers from Debian's packages, for the tests of `hosting/`. They are unpacked into `target/tools/debian`, not installed:
//! an installed one would start by itself and take port 80.

use crate::{
    browser,
    error::{Result, file},
    process, project,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PACKAGES: [&str; 3] = ["nginx", "libnginx-mod-http-brotli-static", "caddy"];

/// The programs, and nginx' module for files that are compressed with brotli.
pub struct WebServers {
    nginx: PathBuf,
    nginx_brotli: PathBuf,
    caddy: PathBuf,
}

impl WebServers {
    fn at(root: &Path) -> Self {
        Self {
            nginx: root.join("usr/sbin/nginx"),
            nginx_brotli: root.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
            caddy: root.join("usr/bin/caddy"),
        }
    }

    /// Whether they start on this system.
    fn work(&self) -> bool {
        let starts = |program: &Path, argument: &str| process::output(Command::new(program).arg(argument)).is_some();
        self.nginx_brotli.is_file() && starts(&self.nginx, "-v") && starts(&self.caddy, "version")
    }

    /// Says where they are.
    pub fn name_in(&self, command: &mut Command) {
        command.env("NGINX", &self.nginx).env("NGINX_BROTLI", &self.nginx_brotli).env("CADDY", &self.caddy);
    }
}

/// Finds them, or fetches them where apt-get is. Elsewhere there are none, and the reason is printed: the tests then use those on
/// PATH, or leave out what they cannot test.
pub fn web_servers() -> Result<Option<WebServers>> {
    let root = project::tools().join("debian");
    let servers = WebServers::at(&root);
    if servers.work() {
        return Ok(Some(servers));
    }
    if process::on_path("apt-get").is_empty() || process::on_path("dpkg-deb").is_empty() {
        println!(
            "    nginx and Caddy come from Debian's packages, and apt-get is not on PATH: those on PATH are tested, if any"
        );
        return Ok(None);
    }
    process::step("fetching nginx and caddy with apt-get into target/tools/debian", || fetch(&root))?;
    if servers.work() {
        return Ok(Some(servers));
    }
    println!("    nginx and Caddy could not be fetched (the reason is above): those on PATH are tested, if any");
    Ok(None)
}

/// Downloads and unpacks the packages, for which no rights are needed. If the lists of packages are old, they are renewed first.
fn fetch(root: &Path) -> Result<()> {
    fs::create_dir_all(root).map_err(file("create", root))?;
    if !download(root)? && browser::update_packages()? {
        download(root)?;
    }
    let entries = fs::read_dir(root).map_err(file("read", root))?;
    for package in
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "deb"))
    {
        process::run(process::command("dpkg-deb").arg("-x").arg(&package).arg(root))?;
        fs::remove_file(&package).map_err(file("remove", &package))?;
    }
    Ok(())
}

fn download(folder: &Path) -> Result<bool> {
    let status = process::run(process::command("apt-get").arg("download").args(PACKAGES).current_dir(folder))?;
    Ok(status.success())
}
