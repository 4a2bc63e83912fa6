//! The certificate of the widget's server: who trusts it, and until when.

use crate::report::{Check, Finding};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::sync::{Arc, Mutex};
use x509_parser::prelude::{FromDer, X509Certificate};

/// A certificate that expires sooner is reported.
const EXPIRES_SOON_DAYS: i64 = 14;

/// The certificate that a server has shown.
#[derive(Clone, Debug)]
pub struct Shown {
    pub certificate: CertificateDer<'static>,
    /// Why a browser does not accept it.
    pub rejected: Option<Error>,
}

impl Shown {
    /// The public key with its algorithm, as DER.
    pub fn public_key(&self) -> Option<Vec<u8>> {
        let (_, certificate) = X509Certificate::from_der(&self.certificate).ok()?;
        Some(certificate.tbs_certificate.subject_pki.raw.to_vec())
    }

    /// What is to be said of it. `now` is in seconds since 1970.
    pub fn finding(&self, host: &str, now: i64) -> Finding {
        let Ok((_, certificate)) = X509Certificate::from_der(&self.certificate) else {
            return Finding::fault(Check::Certificate, "the certificate cannot be read", "get a new one");
        };
        let validity = certificate.validity();
        let days = (validity.not_after.timestamp() - now).div_euclid(24 * 60 * 60);
        let self_signed = certificate.subject() == certificate.issuer();
        let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        match &self.rejected {
            _ if validity.not_after.timestamp() < now => Finding::fault(
                Check::Certificate,
                format!("the certificate expired on {}", validity.not_after),
                "renew it, and let the server renew it by itself",
            ),
            None if days < EXPIRES_SOON_DAYS => Finding::warning(
                Check::Certificate,
                format!("the certificate expires in {days} days"),
                "renew it, and let the server renew it by itself",
            ),
            None => Finding::ok(Check::Certificate, format!("trusted, and valid for {days} more days")),
            Some(_) if self_signed && local => Finding::warning(
                Check::Certificate,
                "the certificate is self-signed: no browser trusts it by itself, and in a frame none offers to accept it",
                format!(
                    "for development, open the address in a tab of its own and accept the certificate there; users need a \
                     server with a name and a certificate for it, not {host}"
                ),
            ),
            Some(_) if self_signed => Finding::fault(
                Check::Certificate,
                "the certificate is self-signed: no browser trusts it, and in HubSpot's frame none offers to accept it",
                "get one from an authority that browsers trust; Let's Encrypt has them without charge",
            ),
            Some(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Finding::fault(
                Check::Certificate,
                format!("the certificate is not for {host}"),
                format!("get one that names {host}, or use the name that it is for"),
            ),
            Some(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => Finding::fault(
                Check::Certificate,
                format!("browsers do not know who issued the certificate ({})", certificate.issuer()),
                "let the server send the intermediate certificates too (the `fullchain` file), or get a certificate from an \
                 authority that browsers trust",
            ),
            Some(error) => Finding::fault(
                Check::Certificate,
                format!("browsers reject the certificate: {error}"),
                "get a new one from an authority that browsers trust",
            ),
        }
    }
}

/// Accepts every certificate, so that the other checks can be made, and remembers what a browser would have said.
#[derive(Debug)]
pub struct Recorder {
    verifier: Arc<WebPkiServerVerifier>,
    provider: Arc<CryptoProvider>,
    shown: Mutex<Option<Shown>>,
}

impl Recorder {
    /// With the authorities that browsers trust, and `further` ones.
    ///
    /// # Errors
    /// When an authority cannot be used.
    pub fn new(further: &[CertificateDer<'static>]) -> Result<Arc<Self>, String> {
        let provider = Arc::new(ring::default_provider());
        let mut roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        for root in further {
            roots.add(root.clone()).map_err(|error| error.to_string())?;
        }
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone());
        let verifier = verifier.build().map_err(|error| error.to_string())?;
        Ok(Arc::new(Self { verifier, provider, shown: Mutex::default() }))
    }

    /// For a client that uses this recorder.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn client(self: &Arc<Self>) -> Result<ClientConfig, String> {
        let builder = ClientConfig::builder_with_provider(self.provider.clone());
        let builder = builder.with_safe_default_protocol_versions().map_err(|error| error.to_string())?;
        Ok(builder.dangerous().with_custom_certificate_verifier(self.clone()).with_no_client_auth())
    }

    /// The certificate that came last.
    pub fn last(&self) -> Option<Shown> {
        self.shown.lock().ok()?.clone()
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.verifier.verify_server_cert(certificate, intermediates, name, ocsp, now);
        if let Ok(mut shown) = self.shown.lock() {
            *shown = Some(Shown { certificate: certificate.clone().into_owned(), rejected: verified.err() });
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
