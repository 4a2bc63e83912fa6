//! Asks before a change that users notice.

use crate::error::{Error, Result};
use std::io::{self, IsTerminal, Write};

pub const PRODUCTION: &str = "\
isReady: true is the step into production. Until then nobody sees the app, except in a browser with the override in its
storage. Afterwards every user of every account that installed the app sees it under Call from.";

pub const WITHDRAWAL: &str = "\
isReady: false takes the app out of production: users no longer see it under Call from, except in a browser with the
override in its storage.";

pub const DELETION: &str = "\
Deleting the settings removes the app from Call from in every account that installed it.";

pub const CHANNEL_PRODUCTION: &str = "\
isReady: true offers the phone numbers of your back end to every user of every account that installed the app.";

pub const CHANNEL_WITHDRAWAL: &str = "\
Users can no longer connect the phone numbers of your back end to HubSpot's help desk.";

/// Says what a change means, and goes on when the user agrees or has agreed already.
pub fn ask(meaning: &str, agreed: bool) -> Result<()> {
    eprintln!("{meaning}");
    if agreed {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Error::NoConsent);
    }
    eprint!("Type yes to go on: ");
    io::stderr().flush().map_err(Error::Prompt)?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(Error::Prompt)?;
    if line.trim().eq_ignore_ascii_case("yes") { Ok(()) } else { Err(Error::Declined) }
}
