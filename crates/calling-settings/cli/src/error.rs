//! What the command line itself can find wrong.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Client(#[from] calling_settings::Error),

    #[error(
        "{0} is not set, and there is no terminal to ask for it; set the variable (from your CI's secrets, for example) and \
         run the command again"
    )]
    NoTerminal(&'static str),

    #[error("the prompt cannot be read: {0}; set the variables of the environment that --help names")]
    Prompt(#[source] std::io::Error),

    #[error("HUBSPOT_DEVELOPER_KEY and HUBSPOT_ACCESS_TOKEN are both set; unset one, or choose the token with --oauth")]
    TwoKeys,

    #[error("--{0} is missing, and CALLING_SETTINGS_DEFAULTS has no value for it; name it")]
    Missing(&'static str),

    #[error("CALLING_SETTINGS_DEFAULTS is not the JSON that --help shows: {0}")]
    Defaults(#[source] serde_json::Error),

    #[error("{0}\n\nThere are no settings to change. Create them: {1}")]
    NothingToUpdate(calling_settings::Error, String),

    #[error("this needs your consent, and there is no terminal to ask; add --yes if you mean it")]
    NoConsent,

    #[error("nothing was changed")]
    Declined,

    #[error("the program could not be set up: {0}")]
    Setup(#[source] std::io::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<calling_settings::Invalid> for Error {
    fn from(invalid: calling_settings::Invalid) -> Self {
        Self::Client(invalid.into())
    }
}
