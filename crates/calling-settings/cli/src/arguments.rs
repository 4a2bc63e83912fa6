//! The command line.

use calling_settings::{
    CallingPatch, ChannelConnectionPatch, NewCalling, NewChannelConnection, NewRecording, Url, base_url,
};
use clap::{ArgAction, Args, Parser, Subcommand};
use std::time::Duration;

/// The calling settings of a HubSpot app: what users see under Call from, and where the widget is.
///
/// The app id and the key come from the environment (HUBSPOT_APP_ID, and HUBSPOT_DEVELOPER_KEY or HUBSPOT_ACCESS_TOKEN),
/// or are asked for. They are never printed, and cannot be given as options, which other programs could read.
#[derive(Debug, Parser)]
#[command(name = "calling-settings", disable_help_subcommand = true, after_help = ENVIRONMENT)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub connection: Connection,
}

const ENVIRONMENT: &str = "\
Environment:
  HUBSPOT_APP_ID         the app's id, a number
  HUBSPOT_DEVELOPER_KEY  the developer API key of the account that owns the app
  HUBSPOT_ACCESS_TOKEN   an OAuth access token with developers-read and developers-write, instead of the key
  CALLING_SETTINGS_DEFAULTS
                         JSON with the values that `create` has for the options that are not given,
                         as {\"name\": \"Acme\", \"url\": \"https://phone.example.com/\", \"width\": 400, \"height\": 650}";

#[derive(Debug, Args)]
#[command(next_help_heading = "For every command")]
pub struct Connection {
    /// Shows the requests as curl commands, with variables for the app id and the key, and sends nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Asks for an OAuth access token instead of the developer API key
    #[arg(long, global = true)]
    pub oauth: bool,
    /// Does not ask before a change that users notice
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// The address of the API, as that of a proxy
    #[arg(long, global = true, value_name = "URL", default_value = calling_settings::DEFAULT_BASE_URL, value_parser = base_url)]
    pub base_url: Url,
    /// How long one attempt may take
    #[arg(long, global = true, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub timeout: Duration,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Shows the settings
    Show,
    /// Creates the settings; where there are some, changes them by the options that are given
    Create(CallingOptions),
    /// Changes the settings by the options that are given; everything else stays
    Update(CallingOptions),
    /// Deletes the settings: nobody can choose the app any more
    Delete,
    /// Where HubSpot asks your back end for the URL of a recording
    #[command(subcommand)]
    Recording(RecordingCommand),
    /// Where HubSpot asks your back end for the phone numbers of a user, for its help desk
    #[command(subcommand)]
    ChannelConnection(ChannelCommand),
}

#[derive(Debug, Subcommand)]
pub enum RecordingCommand {
    /// Shows the settings
    Show,
    /// Creates the settings; where there are some, changes them
    Create(RecordingOptions),
    /// Changes the settings
    Update(RecordingOptions),
}

#[derive(Debug, Subcommand)]
pub enum ChannelCommand {
    /// Shows the settings
    Show,
    /// Creates the settings; where there are some, changes them by the options that are given
    Create(ChannelOptions),
    /// Changes the settings by the options that are given
    Update(ChannelOptions),
    /// Deletes the settings
    Delete,
}

#[derive(Debug, Args)]
pub struct CallingOptions {
    /// What users choose under Call from
    #[arg(long)]
    name: Option<String>,
    /// Where the widget is: https, or http on localhost
    #[arg(long)]
    url: Option<String>,
    /// The width of the widget's frame, in CSS pixels
    #[arg(long, value_name = "PIXELS")]
    width: Option<u32>,
    /// The height of the widget's frame, in CSS pixels
    #[arg(long, value_name = "PIXELS")]
    height: Option<u32>,
    /// The step into production: with true every user of every account that installed the app sees it, with false only
    /// a browser with the override in its storage
    #[arg(long, value_name = "BOOL", action = ArgAction::Set)]
    ready: Option<bool>,
    /// Whether calls can start from records of custom objects
    #[arg(long, value_name = "BOOL", action = ArgAction::Set)]
    supports_custom_objects: Option<bool>,
    /// Whether the widget announces incoming calls
    #[arg(long, value_name = "BOOL", action = ArgAction::Set)]
    supports_inbound_calling: Option<bool>,
    /// Whether calls are in a window of their own
    #[arg(long, value_name = "BOOL", action = ArgAction::Set)]
    uses_calling_window: Option<bool>,
    /// Whether the widget is in the navigation bar
    #[arg(long, value_name = "BOOL", action = ArgAction::Set)]
    uses_remote: Option<bool>,
}

#[derive(Debug, Args)]
pub struct RecordingOptions {
    /// Your back end's https address, with %s where HubSpot puts the external id of the call
    #[arg(long)]
    url: String,
}

#[derive(Debug, Args)]
pub struct ChannelOptions {
    /// Your back end's https address
    #[arg(long)]
    url: Option<String>,
    /// With true users see the phone numbers
    #[arg(long, value_name = "BOOL", action = ArgAction::Set)]
    ready: Option<bool>,
}

impl CallingOptions {
    pub fn patch(&self) -> CallingPatch {
        CallingPatch {
            name: self.name.clone(),
            url: self.url.clone(),
            width: self.width,
            height: self.height,
            is_ready: self.ready,
            supports_custom_objects: self.supports_custom_objects,
            supports_inbound_calling: self.supports_inbound_calling,
            uses_calling_window: self.uses_calling_window,
            uses_remote: self.uses_remote,
        }
    }

    /// The options, and the defaults for those that are not given. None without a name, a URL or a size.
    pub fn with_defaults(&self, defaults: CallingPatch) -> Option<NewCalling> {
        let patch = self.patch();
        Some(NewCalling {
            name: patch.name.or(defaults.name)?,
            url: patch.url.or(defaults.url)?,
            width: patch.width.or(defaults.width)?,
            height: patch.height.or(defaults.height)?,
            // Nothing but the option itself puts an app into production.
            is_ready: patch.is_ready.unwrap_or(false),
            supports_custom_objects: either(patch.supports_custom_objects, defaults.supports_custom_objects),
            supports_inbound_calling: either(patch.supports_inbound_calling, defaults.supports_inbound_calling),
            uses_calling_window: either(patch.uses_calling_window, defaults.uses_calling_window),
            uses_remote: either(patch.uses_remote, defaults.uses_remote),
        })
    }
}

impl RecordingOptions {
    pub fn settings(&self) -> NewRecording {
        NewRecording { url_to_retrieve_authed_recording: self.url.clone() }
    }
}

impl ChannelOptions {
    pub fn patch(&self) -> ChannelConnectionPatch {
        ChannelConnectionPatch { url: self.url.clone(), is_ready: self.ready }
    }

    /// None without a URL.
    pub fn settings(&self) -> Option<NewChannelConnection> {
        Some(NewChannelConnection { url: self.url.clone()?, is_ready: self.ready.unwrap_or(false) })
    }
}

fn either(option: Option<bool>, default: Option<bool>) -> bool {
    option.or(default).unwrap_or(false)
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).ok().filter(|wait| !wait.is_zero()).ok_or_else(|| "must be above 0".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn an_option_counts_more_than_a_default_and_ready_has_none() {
        let line = ["calling-settings", "create", "--name", "Mine", "--uses-remote", "false"];
        let Command::Create(options) = Arguments::try_parse_from(line).unwrap().command else { panic!("not create") };
        let defaults = CallingPatch::from(NewCalling {
            is_ready: true,
            uses_remote: true,
            uses_calling_window: true,
            ..NewCalling::new("Default", "https://phone.example.com/", (400, 650))
        });
        let new = options.with_defaults(defaults).unwrap();
        assert_eq!((new.name.as_str(), new.url.as_str()), ("Mine", "https://phone.example.com/"));
        assert_eq!((new.uses_remote, new.uses_calling_window, new.is_ready), (false, true, false));
        assert_eq!(options.with_defaults(CallingPatch::default()), None, "there is no URL");
    }

    #[test]
    fn a_time_out_is_a_number_of_seconds_above_zero() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for text in ["0", "-1", "soon", "NaN", "inf"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
