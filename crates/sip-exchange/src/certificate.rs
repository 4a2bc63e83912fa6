//! The certificate of a WebSocket with TLS.

use crate::error::{Result, file};
use base64::{Engine, engine::general_purpose::STANDARD};
use rcgen::PublicKeyData;
use ring::digest::{SHA256, digest};
use std::{fs, path::Path};

/// A certificate for this machine, signed by itself, with its key. It is made for one run.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// Both as PEM.
    certificate: String,
    key: String,
    fingerprint: String,
}

impl Certificate {
    /// # Errors
    /// When no key can be made.
    pub fn generate() -> Result<Self> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()])?;
        Ok(Self {
            certificate: made.cert.pem(),
            key: made.signing_key.serialize_pem(),
            fingerprint: STANDARD.encode(digest(&SHA256, &made.signing_key.subject_public_key_info())),
        })
    }

    /// The SHA-256 of its public key in base64, by which Chromium can be told to trust it, and it alone:
    /// `--ignore-certificate-errors-spki-list`.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Writes `tls.crt` and `tls.key` into a folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        for (name, content) in [("tls.crt", &self.certificate), ("tls.key", &self.key)] {
            let path = folder.join(name);
            fs::write(&path, content).map_err(file(path))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_certificate_has_a_fingerprint_of_its_own() {
        let (first, second) = (Certificate::generate().unwrap(), Certificate::generate().unwrap());
        assert_eq!(STANDARD.decode(first.fingerprint()).unwrap().len(), 32);
        assert_ne!(first.fingerprint(), second.fingerprint());
    }
}
