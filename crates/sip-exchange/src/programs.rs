//! The programs that an exchange consists of.

use std::path::{Path, PathBuf};

pub const KAMAILIO: &str = "kamailio";
pub const RTPENGINE: &str = "rtpengine";
pub const BARESIP: &str = "baresip";
pub const TURNSERVER: &str = "turnserver";

/// A program that is not installed.
#[derive(Debug, thiserror::Error)]
#[error(
    "{program} is not on PATH: `cargo xtask test --only sip` and `cargo xtask phone` install it from Debian's packages (kamailio \
     kamailio-websocket-modules kamailio-tls-modules rtpengine-daemon baresip-core coturn)"
)]
pub struct Missing {
    pub program: &'static str,
}

/// Checks that all programs are there.
///
/// # Errors
/// [`Missing`] names the first one that is not.
pub fn check_programs() -> Result<(), Missing> {
    [KAMAILIO, RTPENGINE, BARESIP, TURNSERVER].into_iter().try_for_each(|program| find(program).map(drop))
}

pub fn find(program: &'static str) -> Result<PathBuf, Missing> {
    // Not on the PATH of users, but there.
    let system = Path::new("/usr/sbin").join(program);
    let found = local_machine::on_path(program).into_iter().next().or_else(|| Some(system).filter(|it| it.is_file()));
    found.ok_or(Missing { program })
}

/// The folder of kamailio's modules: below the library folder of the architecture.
pub fn kamailio_modules() -> String {
    let folder = format!("/usr/lib/{}-linux-gnu/kamailio/modules/", std::env::consts::ARCH);
    if Path::new(&folder).is_dir() { folder } else { "/usr/lib/kamailio/modules/".to_owned() }
}

pub fn baresip_modules() -> String {
    let folder = format!("/usr/lib/{}-linux-gnu/baresip/modules", std::env::consts::ARCH);
    if Path::new(&folder).is_dir() { folder } else { "/usr/lib/baresip/modules".to_owned() }
}
