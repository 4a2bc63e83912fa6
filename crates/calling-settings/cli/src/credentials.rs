//! The app id and the key: from the environment, or from a prompt that does not show what is typed.

use crate::{
    curl::{ACCESS_TOKEN, APP_ID, DEVELOPER_KEY},
    error::{Error, Result},
};
use calling_settings::{AppId, Credentials, Secret};
use std::{env, io, io::IsTerminal};

pub fn app_id() -> Result<AppId> {
    let text = match from_environment(APP_ID) {
        Some(text) => text,
        None => ask("App id (not shown)", APP_ID)?,
    };
    Ok(text.parse()?)
}

/// An access token when the environment has one or `oauth` asks for it, otherwise a developer key.
pub fn credentials(oauth: bool) -> Result<Credentials> {
    match (from_environment(DEVELOPER_KEY), from_environment(ACCESS_TOKEN)) {
        (Some(_), Some(_)) if !oauth => Err(Error::TwoKeys),
        (_, Some(token)) => Ok(Credentials::AccessToken(Secret::new(&token)?)),
        _ if oauth => Ok(Credentials::AccessToken(Secret::new(&ask("Access token (not shown)", ACCESS_TOKEN)?)?)),
        (Some(key), None) => Ok(Credentials::DeveloperKey(Secret::new(&key)?)),
        (None, None) => {
            Ok(Credentials::DeveloperKey(Secret::new(&ask("Developer API key (not shown)", DEVELOPER_KEY)?)?))
        }
    }
}

/// Which of the two `credentials` would give, without asking.
pub fn uses_token(oauth: bool) -> bool {
    oauth || (from_environment(ACCESS_TOKEN).is_some() && from_environment(DEVELOPER_KEY).is_none())
}

/// A variable that is set to nothing counts as absent.
fn from_environment(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|text| !text.trim().is_empty())
}

fn ask(prompt: &str, variable: &'static str) -> Result<String> {
    if !io::stdin().is_terminal() {
        return Err(Error::NoTerminal(variable));
    }
    rpassword::prompt_password(format!("{prompt}: ")).map_err(Error::Prompt)
}
