//! What each command sends and prints. Settings go to standard output as JSON, everything else to standard error.

use crate::{
    arguments::{Arguments, CallingOptions, ChannelCommand, ChannelOptions, Command, Connection, RecordingCommand},
    consent, credentials, curl,
    error::{Error, Result},
};
use calling_settings::{
    Calling, CallingPatch, ChannelConnection, Client, Error as ClientError, Kind, Recording, Removable, Request,
    Resource, Retry,
};
use serde::Serialize;
use std::env;

const DEFAULTS: &str = "CALLING_SETTINGS_DEFAULTS";

struct Invocation<'a> {
    connection: &'a Connection,
    /// How the user started the program, for messages.
    program: String,
}

pub async fn run(arguments: &Arguments, program: String) -> Result<()> {
    let invocation = Invocation { connection: &arguments.connection, program };
    match &arguments.command {
        Command::Show => invocation.show::<Calling>().await,
        Command::Create(options) => invocation.create_calling(options).await,
        Command::Update(options) => invocation.update_calling(options).await,
        Command::Delete => invocation.delete::<Calling>(consent::DELETION).await,
        Command::Recording(RecordingCommand::Show) => invocation.show::<Recording>().await,
        Command::Recording(RecordingCommand::Create(options)) => {
            let settings = options.settings();
            invocation.create::<Recording>(&settings, Some(&settings), None).await
        }
        Command::Recording(RecordingCommand::Update(options)) => {
            let hint = "recording create --url URL";
            invocation.update::<Recording>(&invocation.lazy_client(), &options.settings(), hint).await
        }
        Command::ChannelConnection(ChannelCommand::Show) => invocation.show::<ChannelConnection>().await,
        Command::ChannelConnection(ChannelCommand::Create(options)) => invocation.create_channel(options).await,
        Command::ChannelConnection(ChannelCommand::Update(options)) => {
            Request::update::<ChannelConnection>(&options.patch())?;
            invocation.consent(meaning_for_channel(options.patch().is_ready))?;
            let hint = "channel-connection create --url URL";
            invocation.update::<ChannelConnection>(&invocation.lazy_client(), &options.patch(), hint).await
        }
        Command::ChannelConnection(ChannelCommand::Delete) => {
            invocation.delete::<ChannelConnection>(consent::CHANNEL_WITHDRAWAL).await
        }
    }
}

/// A client that is built at its first use, so that no key is asked for before it is needed.
struct LazyClient<'a> {
    connection: &'a Connection,
    client: std::cell::OnceCell<Client>,
}

impl LazyClient<'_> {
    fn get(&self) -> Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = connect(self.connection)?;
        Ok(self.client.get_or_init(|| client))
    }
}

fn connect(connection: &Connection) -> Result<Client> {
    let app_id = credentials::app_id()?;
    let credentials = credentials::credentials(connection.oauth)?;
    let client = Client::builder(app_id, credentials)
        .base_url(connection.base_url.as_str())
        .timeout(connection.timeout)
        .on_retry(report)
        .build()?;
    Ok(client)
}

fn report(retry: &Retry<'_>) {
    eprintln!("{}\nTrying again in {:.1} s.", retry.error, retry.wait.as_secs_f32());
}

impl Invocation<'_> {
    fn lazy_client(&self) -> LazyClient<'_> {
        LazyClient { connection: self.connection, client: std::cell::OnceCell::new() }
    }

    async fn show<K: Kind<Stored: Serialize>>(&self) -> Result<()> {
        if self.dry_run(&Request::get::<K>()) {
            return Ok(());
        }
        print(&self.lazy_client().get()?.resource::<K>().get().await?);
        Ok(())
    }

    async fn create_calling(&self, options: &CallingOptions) -> Result<()> {
        let defaults = defaults()?;
        let new = options.with_defaults(defaults.clone()).ok_or_else(|| Error::Missing(missing(options, &defaults)))?;
        let patch = options.patch();
        Request::create::<Calling>(&new)?;
        if new.is_ready {
            self.consent(Some(consent::PRODUCTION))?;
        }
        let before_update = (patch.is_ready == Some(false)).then_some(consent::WITHDRAWAL);
        let patch = (patch != CallingPatch::default()).then_some(&patch);
        self.create::<Calling>(&new, patch, before_update).await
    }

    async fn create_channel(&self, options: &ChannelOptions) -> Result<()> {
        let new = options.settings().ok_or(Error::Missing("url"))?;
        Request::create::<ChannelConnection>(&new)?;
        if new.is_ready {
            self.consent(Some(consent::CHANNEL_PRODUCTION))?;
        }
        let patch = options.patch();
        let before_update = (patch.is_ready == Some(false)).then_some(consent::CHANNEL_WITHDRAWAL);
        self.create::<ChannelConnection>(&new, Some(&patch), before_update).await
    }

    /// Creates settings. Where there are some, `patch` changes them: what was not named on the command line stays.
    async fn create<K: Kind<Stored: Serialize>>(
        &self,
        new: &K::New,
        patch: Option<&K::Patch>,
        before_update: Option<&str>,
    ) -> Result<()> {
        let creation = Request::create::<K>(new)?;
        if self.dry_run(&Request::get::<K>()) {
            println!("# If it answers 404, there are none, and this creates them:");
            self.dry_run(&creation);
            if let Some(patch) = patch {
                println!("# If there are some, this changes them:");
                self.consent(before_update)?;
                self.dry_run(&Request::update::<K>(patch)?);
            }
            return Ok(());
        }
        let client = self.lazy_client();
        let resource = client.get()?.resource::<K>();
        // HubSpot does not document what creating does to settings that exist: it might replace those in production.
        match resource.get().await {
            Ok(stored) => return self.change_existing(resource, stored, patch, before_update).await,
            Err(ClientError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        match resource.create(new).await {
            Ok(stored) => {
                eprintln!("Created the {}.", K::NAME);
                print(&stored);
                Ok(())
            }
            // Another program has created them, or the answer to an earlier attempt was lost.
            Err(ClientError::AlreadyExists { .. }) => {
                let stored = resource.get().await?;
                self.change_existing(resource, stored, patch, before_update).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn change_existing<K: Kind<Stored: Serialize>>(
        &self,
        resource: Resource<'_, K>,
        stored: K::Stored,
        patch: Option<&K::Patch>,
        before_update: Option<&str>,
    ) -> Result<()> {
        let Some(patch) = patch else {
            eprintln!("The app has {} already, and no option says what to change. Nothing was changed.", K::NAME);
            print(&stored);
            return Ok(());
        };
        eprintln!("The app has {} already. They are changed by the options that you gave.", K::NAME);
        self.consent(before_update)?;
        let updated = resource.update(patch).await?;
        eprintln!("Updated the {}.", K::NAME);
        print(&updated);
        Ok(())
    }

    async fn update_calling(&self, options: &CallingOptions) -> Result<()> {
        let patch = options.patch();
        Request::update::<Calling>(&patch)?;
        let (client, hint) = (self.lazy_client(), "create --name NAME --url URL");
        if patch.is_ready == Some(true) && patch.url.is_none() && !self.dry_run(&Request::get::<Calling>()) {
            let stored = client.get()?.calling().get().await.map_err(|error| self.explained(error, hint))?;
            // The URL that goes into production has to be one that users can open.
            Request::update::<Calling>(&CallingPatch { url: Some(stored.url), ..patch.clone() })?;
        }
        self.consent(patch.is_ready.map(|ready| if ready { consent::PRODUCTION } else { consent::WITHDRAWAL }))?;
        self.update::<Calling>(&client, &patch, hint).await
    }

    async fn update<K: Kind<Stored: Serialize>>(
        &self,
        client: &LazyClient<'_>,
        patch: &K::Patch,
        hint: &str,
    ) -> Result<()> {
        if self.dry_run(&Request::update::<K>(patch)?) {
            return Ok(());
        }
        let updated = client.get()?.resource::<K>().update(patch).await;
        let stored = updated.map_err(|error| self.explained(error, hint))?;
        eprintln!("Updated the {}.", K::NAME);
        print(&stored);
        Ok(())
    }

    async fn delete<K: Removable>(&self, meaning: &str) -> Result<()> {
        if self.dry_run(&Request::delete::<K>()) {
            return Ok(());
        }
        self.consent(Some(meaning))?;
        self.lazy_client().get()?.resource::<K>().delete().await?;
        eprintln!("Deleted the {}.", K::NAME);
        Ok(())
    }

    /// Prints the request if nothing is to be sent.
    fn dry_run(&self, request: &Request) -> bool {
        let Connection { dry_run, oauth, base_url, .. } = self.connection;
        if *dry_run {
            println!("{}", curl::command(request, base_url, credentials::uses_token(*oauth)));
        }
        *dry_run
    }

    fn consent(&self, meaning: Option<&str>) -> Result<()> {
        match meaning {
            Some(meaning) => consent::ask(meaning, self.connection.yes || self.connection.dry_run),
            None => Ok(()),
        }
    }

    /// An update of nothing, with the command that creates the settings.
    fn explained(&self, error: ClientError, hint: &str) -> Error {
        match error {
            ClientError::NotFound { .. } => Error::NothingToUpdate(error, format!("{} {hint}", self.program)),
            error => error.into(),
        }
    }
}

fn meaning_for_channel(ready: Option<bool>) -> Option<&'static str> {
    ready.map(|ready| if ready { consent::CHANNEL_PRODUCTION } else { consent::CHANNEL_WITHDRAWAL })
}

fn defaults() -> Result<CallingPatch> {
    match env::var(DEFAULTS) {
        Ok(text) if !text.trim().is_empty() => serde_json::from_str(&text).map_err(Error::Defaults),
        _ => Ok(CallingPatch::default()),
    }
}

/// The first option that has no value.
fn missing(options: &CallingOptions, defaults: &CallingPatch) -> &'static str {
    let patch = options.patch();
    let is_missing = [
        ("name", patch.name.is_none() && defaults.name.is_none()),
        ("url", patch.url.is_none() && defaults.url.is_none()),
        ("width", patch.width.is_none() && defaults.width.is_none()),
    ];
    is_missing.iter().find(|(_, is_missing)| *is_missing).map_or("height", |(name, _)| name)
}

fn print(stored: &impl Serialize) {
    // A struct of strings, numbers and booleans can always be written.
    println!("{}", serde_json::to_string_pretty(stored).unwrap_or_default());
}
