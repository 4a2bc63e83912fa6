//! What a fork sets, each in this one place. The tests read it here too.
//!
//! What is set elsewhere: the name of the app is the `<title>` of `index.html`, the port is in `Trunk.toml` (and those of the
//! other pages in the `Trunk.toml` beside each), the accent colour is `--brand` in `src/theme/tokens.css`, the servers that the
//! page may contact are `connect-src` in `index.html`, the phone system and the log-in are in `src/providers.rs`.

use calling_extensions::message::Ms;

/// How long an incoming call rings before it is transferred, in milliseconds.
pub const RING_TIME: Ms = 5_000.0;

/// What a field for a phone number begins with.
pub const COUNTRY_PREFIX: &str = "+1";

/// The back end that users log in to, without a slash at the end. Empty when it serves the page too; another one must be in
/// `connect-src` in `index.html`.
#[cfg(feature = "sip")]
pub const BACK_END: &str = match option_env!("BACK_END") {
    Some(server) => server,
    None => "",
};
