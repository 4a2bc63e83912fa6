//! A certificate for this machine's own names, for `serve --https`. Browsers ask once whether to trust it.

use crate::{
    error::{Result, file},
    process, project,
};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const VALID: Duration = Duration::from_secs(365 * DAY.as_secs());
/// With less left than this a new one is made.
const RENEW: Duration = Duration::from_secs(30 * DAY.as_secs());

pub struct Certificate {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// The certificate in `target/tls`, made when there is none or its end is near.
pub fn ensure() -> Result<Certificate> {
    let folder = project::target().join("tls");
    let made = ensure_in(&folder, SystemTime::now())?;
    if made {
        println!("==> made a certificate for localhost, 127.0.0.1 and ::1 in {}", folder.display());
    }
    Ok(Certificate { certificate: certificate_in(&folder), key: key_in(&folder) })
}

fn ensure_in(folder: &Path, now: SystemTime) -> Result<bool> {
    let there = certificate_in(folder).is_file() && key_in(folder).is_file();
    let expires = fs::read_to_string(expiry_in(folder)).ok().and_then(|text| parse_expiry(&text));
    if there && expires.is_some_and(|expires| now + RENEW < expires) {
        return Ok(false);
    }
    make(folder, now)?;
    Ok(true)
}

fn make(folder: &Path, now: SystemTime) -> Result<()> {
    let expires = now + VALID;
    let mut parameters = CertificateParams::new(["localhost", "127.0.0.1", "::1"].map(String::from))?;
    parameters.distinguished_name.push(DnType::CommonName, "localhost");
    parameters.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
    // A day earlier: the browser's clock may be a little behind.
    parameters.not_before = (now - DAY).into();
    parameters.not_after = expires.into();
    let key = KeyPair::generate()?;
    let certificate = parameters.self_signed(&key)?;
    fs::create_dir_all(folder).map_err(file("create", folder))?;
    write_private(&key_in(folder), key.serialize_pem().as_bytes())?;
    process::write(&certificate_in(folder), certificate.pem().as_bytes())?;
    let seconds = expires.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    process::write(&expiry_in(folder), seconds.to_string().as_bytes())
}

/// Writes a file that its owner alone may read. On Windows a user's folder is private already.
fn write_private(path: &Path, contents: &[u8]) -> Result<()> {
    if path.exists() {
        fs::remove_file(path).map_err(file("remove", path))?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut key| key.write_all(contents)).map_err(file("write", path))
}

fn parse_expiry(text: &str) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(text.trim().parse().ok()?))
}

fn certificate_in(folder: &Path) -> PathBuf {
    folder.join("localhost.pem")
}

fn key_in(folder: &Path) -> PathBuf {
    folder.join("localhost-key.pem")
}

/// When it ends, in seconds since 1970.
fn expiry_in(folder: &Path) -> PathBuf {
    folder.join("expires")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of the test's own, empty.
    fn folder(name: &str) -> PathBuf {
        let folder = project::cargo_target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn it_is_made_once_and_again_when_its_end_is_near() {
        let folder = folder("certificate");
        let now = SystemTime::now();
        assert!(ensure_in(&folder, now).unwrap());
        let first = fs::read(certificate_in(&folder)).unwrap();
        assert!(!ensure_in(&folder, now + VALID - RENEW - DAY).unwrap());
        assert_eq!(fs::read(certificate_in(&folder)).unwrap(), first);
        assert!(ensure_in(&folder, now + VALID - RENEW + DAY).unwrap());
        assert_ne!(fs::read(certificate_in(&folder)).unwrap(), first);
    }

    #[test]
    fn a_missing_or_broken_part_makes_both_again() {
        let folder = folder("broken-certificate");
        let now = SystemTime::now();
        for part in [certificate_in, key_in, expiry_in] {
            ensure_in(&folder, now).unwrap();
            fs::remove_file(part(&folder)).unwrap();
            assert!(ensure_in(&folder, now).unwrap());
        }
        fs::write(expiry_in(&folder), "soon").unwrap();
        assert!(ensure_in(&folder, now).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder("private-key");
        ensure_in(&folder, SystemTime::now()).unwrap();
        assert_eq!(fs::metadata(key_in(&folder)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
