//! The ports of the pages.

use super::{
    error::{Error, Result},
    tree::Tree,
};
use std::collections::BTreeMap;

/// The configuration of the widget.
pub const CONFIG: &str = "Trunk.toml";
/// A port below asks for the rights of an administrator.
const LEAST_PORT: u16 = 1024;

/// Sets the port of the widget; the other pages keep their distance.
pub fn set(tree: &mut Tree, port: u16) -> Result<()> {
    let configs: BTreeMap<String, u16> = tree
        .texts()
        .filter(|(path, _)| *path == CONFIG || path.ends_with("/Trunk.toml"))
        .filter_map(|(path, text)| Some((path.to_owned(), port_in(text)?)))
        .collect();
    let old = *configs.get(CONFIG).ok_or(Error::Missing { path: CONFIG, what: "port in [serve]" })?;
    let distances = configs.values().map(|other| i32::from(*other) - i32::from(old));
    let (least, most) = distances.fold((0, 0), |(least, most), distance| (least.min(distance), most.max(distance)));
    let (least, most) = (i32::from(LEAST_PORT) - least, i32::from(u16::MAX) - most);
    let bound = |bound: i32| u16::try_from(bound).unwrap_or(u16::MAX);
    if !(least..=most).contains(&i32::from(port)) {
        return Err(Error::Port { port, least: bound(least), most: bound(most) });
    }
    let moved = |own: u16| bound(i32::from(own) + i32::from(port) - i32::from(old));
    if let Some(page) =
        fixed_ports(tree).find_map(|(path, fixed)| configs.values().any(|own| moved(*own) == fixed).then_some(path))
    {
        return Err(Error::PortTaken { port, page });
    }
    for path in configs.keys() {
        tree.edit_file(path, |text| with_port(text, moved));
    }
    // All at once: the new port of one page may be the old one of another.
    let addresses: BTreeMap<u16, u16> = configs.values().map(|own| (*own, moved(*own))).collect();
    tree.edit_file("README.md", |readme| with_addresses(readme, &addresses));
    Ok(())
}

/// The ports of the examples that are servers: the file, and the port that it listens at by default.
fn fixed_ports(tree: &Tree) -> impl Iterator<Item = (String, u16)> {
    const DEFAULT: &str = "default_value = \"127.0.0.1:";
    let servers = tree.texts().filter(|(path, _)| path.starts_with("examples/") && path.ends_with(".rs"));
    servers.filter_map(|(path, text)| {
        let digits = text.split_once(DEFAULT)?.1.split('"').next()?;
        Some((path.to_owned(), digits.parse().ok()?))
    })
}

/// `port` in `[serve]`.
pub fn port_in(config: &str) -> Option<u16> {
    let config: toml::Table = config.parse().ok()?;
    config.get("serve")?.get("port")?.as_integer()?.try_into().ok()
}

fn with_port(config: &str, moved: impl Fn(u16) -> u16) -> String {
    let Some(port) = port_in(config) else { return config.to_owned() };
    let line = |line: &str| {
        let is_port =
            line.split_once('=').is_some_and(|(key, value)| key.trim() == "port" && value.trim() == port.to_string());
        if is_port { format!("port = {}", moved(port)) } else { line.to_owned() }
    };
    config.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// The text with other ports after `localhost:`.
fn with_addresses(text: &str, ports: &BTreeMap<u16, u16>) -> String {
    const HOST: &str = "localhost:";
    let mut parts = text.split(HOST);
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let new = part[..digits].parse().ok().and_then(|port: u16| ports.get(&port));
        changed.push_str(HOST);
        changed.push_str(&new.map_or_else(|| part[..digits].to_owned(), ToString::to_string));
        changed.push_str(&part[digits..]);
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_the_server_moves() {
        let config = "[build]\nport = 1\n\n[serve]\n# The port.\nport = 9025\nopen = false\n";
        assert_eq!(port_in(config), Some(9025));
        assert_eq!(with_port(config, |port| port + 5), config.replace("9025", "9030"));
        assert_eq!(with_port("[build]\nport = 1\n", |port| port + 5), "[build]\nport = 1\n");
    }

    #[test]
    fn addresses_move_all_at_once() {
        let ports = BTreeMap::from([(9025, 9026), (9026, 9027)]);
        let text = "http://localhost:9025/, localhost:9026, localhost:3000, localhost:, 9025";
        assert_eq!(
            with_addresses(text, &ports),
            "http://localhost:9026/, localhost:9027, localhost:3000, localhost:, 9025"
        );
    }

    #[test]
    fn a_port_of_another_server_is_refused() {
        let folder = crate::project::cargo_target().join("xtask-tests/rename-port");
        let _ = std::fs::remove_dir_all(&folder);
        let file = |path: &str, text: &str| crate::process::write(&folder.join(path), text.as_bytes()).unwrap();
        file("Trunk.toml", "[serve]\nport = 9025\n");
        file("page/Trunk.toml", "[serve]\nport = 9026\n");
        file("examples/server/src/main.rs", "#[arg(default_value = \"127.0.0.1:9050\")]\n");
        let try_port = |port| set(&mut Tree::read(&folder).unwrap(), port).map_err(|error| error.to_string());
        for port in [9049, 9050] {
            assert!(try_port(port).unwrap_err().contains("examples/server/src/main.rs"));
        }
        assert!(try_port(1023).unwrap_err().contains("from 1024 to 65534"));
        assert!(try_port(65_535).unwrap_err().contains("from 1024 to 65534"));
        assert_eq!((try_port(9048), try_port(9051), try_port(65_534)), (Ok(()), Ok(()), Ok(())));
    }
}
