//! The parts of a scenario.

use super::Matcher;
use crate::{
    apps::Placement,
    check::Rule,
    crm::RecordId,
    faults::{Faults, MalformedMessage},
    hubspot::Dial,
};
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};

/// A valid scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// The file name without the extension.
    pub name: String,
    /// A one-line description.
    pub description: LocalizedText,
    /// The setup before the first step.
    pub setup: Setup,
    /// The steps, in this order.
    pub steps: Vec<Step>,
}

/// A text in English, and optionally in French.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalizedText {
    /// In English.
    pub en: String,
    /// In French; without it the English text is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fr: Option<String>,
}

impl LocalizedText {
    /// The text in a language such as `fr`, or in English if it has none.
    pub fn in_language(&self, language: &str) -> &str {
        self.fr.as_deref().filter(|_| language == "fr").unwrap_or(&self.en)
    }
}

/// The setup of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// Where the widget is shown.
    pub frames: Placement,
    /// Whether the user is logged in before the first step.
    pub logged_in: bool,
    /// The active faults.
    pub faults: Faults,
    /// The rules that the widget is expected to break.
    pub findings: Vec<Rule>,
    /// The expected number of ghost calls.
    pub ghost_calls: usize,
    /// What the widget's phone system must be able to do, besides the actions of the steps. A selectors file can declare it as
    /// unsupported.
    pub needs: Vec<String>,
}

/// One of the widget's frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The frame in the main page: on the record, or in the navigation bar.
    #[default]
    Page,
    /// The frame in the calling window.
    Window,
}

/// A step: an action or an expectation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The line in its file.
    pub line: usize,
    /// The kind of step.
    pub kind: StepKind,
    /// The time limit in milliseconds.
    pub within: f64,
}

/// The kinds of steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum StepKind {
    /// Applies the setup and loads the widget.
    SetUp,
    /// Waits until every frame of the setup has sent INITIALIZED.
    FramesReady,
    /// Waits until the user is logged in.
    LoggedIn,
    /// A person or a test driver performs an action in the widget, which the page cannot access.
    InWidget { action: String, value: Option<String>, place: Place, prompt: Option<LocalizedText> },
    /// The user clicks a number of a record.
    Dial(Dial),
    /// The widget's next message about calls is this one.
    WidgetSends { kind: String, with: Matcher },
    /// HubSpot sends this message.
    HubSpotSends { kind: String, with: Matcher },
    /// HubSpot or its user performs this action.
    HubSpotAction(HubSpotAction),
    /// Sets the active faults.
    Faults(Faults),
    /// HubSpot sends this message to every frame, besides those that the simulator sends by itself.
    Send { kind: String, data: Option<Value> },
    /// Sends a malformed message.
    MalformedMessage(MalformedMessage),
    /// The timeline of a record has a matching entry.
    Timeline { record: RecordId, with: Matcher },
    /// HubSpot shows an alert that contains this text.
    Alert(String),
    /// There are no unexpected messages about calls, and the findings are the expected ones.
    End,
}

/// An action of HubSpot, or of its user outside the widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HubSpotAction {
    /// Ends the call with END_CALL.
    EndCall,
    /// Reloads the page.
    ReloadPage,
    /// Reloads the widget's frame.
    ReloadFrame,
    /// Opens the calling window.
    OpenWindow,
    /// Closes the calling window.
    CloseWindow,
    /// Starts the task queue.
    StartQueue,
    /// Clicks the number of the current task.
    CallTask,
    /// Skips the current task.
    SkipTask,
    /// Leaves the task queue.
    LeaveQueue,
}
