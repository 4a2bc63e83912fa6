//! The entries of *Call from*: calling apps with the fields of HubSpot's settings, and the console line for HubSpot's override.

#[cfg(test)]
mod tests;

use crate::route::DefaultWidget;
use calling_extensions::origin::Origin;
use serde::{Deserialize, Serialize};

/// The local storage key from which HubSpot reads an app that is tested in one browser.
pub const OVERRIDE: &str = "LocalSettings:Calling:CallingExtensions";
/// The width and height that a frame can have, in pixels.
const FRAME_SIDE: std::ops::RangeInclusive<f64> = 100.0..=2_000.0;

/// A calling app, with the fields of HubSpot's settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct App {
    /// The name in the menu.
    pub name: String,
    /// The widget's address.
    pub url: String,
    /// The initial width of its frame, in pixels.
    pub width: f64,
    /// The initial height of its frame, in pixels.
    pub height: f64,
    /// Whether all users of the account see it. If not, it is being tested.
    pub is_ready: bool,
    /// Whether it can call from custom objects.
    pub supports_custom_objects: bool,
    /// Whether it receives calls. Without it `uses_calling_window` and `uses_remote` have no effect.
    pub supports_inbound_calling: bool,
    /// Whether its calls take place in a separate window.
    pub uses_calling_window: bool,
    /// Whether it has a frame in the navigation bar.
    pub uses_remote: bool,
}

impl Default for App {
    fn default() -> Self {
        App {
            name: String::new(),
            url: String::new(),
            width: 400.0,
            height: 650.0,
            is_ready: true,
            supports_custom_objects: true,
            supports_inbound_calling: false,
            uses_calling_window: false,
            uses_remote: false,
        }
    }
}

/// Where HubSpot shows an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// In a frame on top of the page.
    #[default]
    Widget,
    /// In the navigation bar, where calls take place too.
    Remote,
    /// In the navigation bar, with calls in a separate window.
    RemoteAndWindow,
}

/// Why an app is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    /// The name is empty.
    #[error("the app has no name")]
    NoName,
    /// Another app has this name.
    #[error("there is already an app with this name: choose another name")]
    NameTaken,
    /// The address is not an http or https URL.
    #[error("the URL is invalid: it must be complete and start with https:// or http://")]
    NoUrl,
    /// The frame would be too small or too large.
    #[error("width and height must be between 100 and 2000 pixels")]
    Size,
    /// The text contains no object.
    #[error("there is no app in this text: paste the line for HubSpot's console, or {{\"name\": …, \"url\": …}}")]
    NoObject,
    /// The object in the text is not a valid app.
    #[error(
        "the app in this text cannot be read: check for a missing quotation mark, comma or bracket, or a value of the wrong type"
    )]
    Unreadable,
}

impl App {
    /// Where HubSpot shows it.
    pub fn placement(&self) -> Placement {
        match (self.supports_inbound_calling && self.uses_remote, self.uses_calling_window) {
            (false, _) => Placement::Widget,
            (true, false) => Placement::Remote,
            (true, true) => Placement::RemoteAndWindow,
        }
    }

    /// The same app with the settings that a scenario needs: it receives calls and has this placement.
    pub fn for_scenario(self, placement: Placement) -> Self {
        let (uses_remote, uses_calling_window) = match placement {
            Placement::Widget => (false, self.uses_calling_window),
            Placement::Remote => (true, false),
            Placement::RemoteAndWindow => (true, true),
        };
        App { supports_inbound_calling: true, uses_remote, uses_calling_window, ..self }
    }

    /// The app with its name and URL trimmed, if it can be opened.
    ///
    /// # Errors
    /// The first [`AppError`] that it has.
    pub fn checked(mut self) -> Result<Self, AppError> {
        self.name = self.name.trim().to_owned();
        self.url = self.url.trim().to_owned();
        if self.name.is_empty() {
            Err(AppError::NoName)
        } else if Origin::of_url(&self.url).is_none() {
            Err(AppError::NoUrl)
        } else if !FRAME_SIDE.contains(&self.width) || !FRAME_SIDE.contains(&self.height) {
            Err(AppError::Size)
        } else {
            Ok(self)
        }
    }

    /// Reads the line for HubSpot's console, or only the object in it, as JavaScript or JSON. Missing fields have their defaults.
    ///
    /// # Errors
    /// [`AppError`] if the text contains no app, or one that cannot be opened.
    pub fn read(text: &str) -> Result<Self, AppError> {
        let (Some(start), Some(end)) = (text.find('{'), text.rfind('}')) else { return Err(AppError::NoObject) };
        let object = text.get(start..=end).filter(|object| !object.is_empty()).ok_or(AppError::NoObject)?;
        json5::from_str::<App>(object).map_err(|_| AppError::Unreadable)?.checked()
    }

    /// The line for the console of a browser tab with HubSpot.
    pub fn console_line(&self) -> String {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            "localStorage.setItem(\"{OVERRIDE}\", JSON.stringify({{isReady: {}, name: {}, url: {}, width: {}, height: {}, \
             supportsCustomObjects: {}, supportsInboundCalling: {}, usesCallingWindow: {}, usesRemote: {}}}))",
            self.is_ready,
            text(&self.name),
            text(&self.url),
            self.width,
            self.height,
            self.supports_custom_objects,
            self.supports_inbound_calling,
            self.uses_calling_window,
            self.uses_remote,
        )
    }
}

/// The apps in the menu, and which one is selected.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Apps {
    /// The apps that the user added.
    added: Vec<App>,
    /// The name of the selected app. If there is no such app, the first one is selected.
    chosen: String,
    /// Entries that are not saved.
    #[serde(skip)]
    built_in: Vec<App>,
}

impl Apps {
    /// Adds the entries that are not saved: the `requested` URL, chosen if it can be opened, and the default widget, once in a
    /// frame and once with a calling window. All of them receive calls.
    pub fn with_built_in(mut self, default: Option<DefaultWidget>, requested: Option<&str>) -> Self {
        self.built_in.clear();
        if let Some(DefaultWidget { name, url }) = default {
            let app = App { name, url, supports_inbound_calling: true, ..App::default() };
            let name = format!("{} · calling window", app.name);
            let window = App { name, uses_remote: true, uses_calling_window: true, ..app.clone() };
            self.built_in.extend([app, window]);
        }
        if let Some(url) = requested {
            let (name, url) = (url.to_owned(), url.to_owned());
            let app = App { name, url, supports_inbound_calling: true, ..App::default() };
            if let Ok(app) = app.checked() {
                self.chosen.clone_from(&app.name);
                self.built_in.insert(0, app);
            }
        }
        self
    }

    /// All apps, in the order of the menu.
    pub fn all(&self) -> impl Iterator<Item = &App> {
        self.built_in.iter().chain(&self.added)
    }

    /// The selected app.
    pub fn chosen(&self) -> App {
        let chosen = self.all().find(|app| app.name == self.chosen);
        chosen.or_else(|| self.all().next()).cloned().unwrap_or_default()
    }

    /// Whether the user added this app, and can therefore change it.
    pub fn is_added(&self, name: &str) -> bool {
        self.added.iter().any(|app| app.name == name)
    }

    /// Selects the app with this name.
    pub fn choose(&mut self, name: &str) {
        self.chosen = name.to_owned();
    }

    /// Adds an app, or replaces the one named `instead_of`, and selects it.
    ///
    /// # Errors
    /// [`AppError`] if it cannot be opened or another app has its name.
    pub fn add(&mut self, app: App, instead_of: Option<&str>) -> Result<(), AppError> {
        let app = app.checked()?;
        if self.all().any(|other| other.name == app.name && Some(other.name.as_str()) != instead_of) {
            return Err(AppError::NameTaken);
        }
        self.chosen.clone_from(&app.name);
        match self.added.iter_mut().find(|other| Some(other.name.as_str()) == instead_of) {
            Some(old) => *old = app,
            None => self.added.push(app),
        }
        Ok(())
    }

    /// Removes an app that the user added.
    pub fn remove(&mut self, name: &str) {
        self.added.retain(|app| app.name != name);
    }
}
