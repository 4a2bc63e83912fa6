//! What a scenario is made of.

use super::Matcher;
use crate::{
    apps::Placement,
    check::Rule,
    crm::RecordId,
    faults::{Faults, MalformedMessage},
    hubspot::Dial,
};
use serde::{Deserialize, Serialize};

/// A file of steps, read and found to make sense.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// The name of its file, without the ending.
    pub name: String,
    /// What it is about, in a line.
    pub description: LocalizedText,
    /// How things are when it begins.
    pub setup: Setup,
    /// What is done and waited for, in this order.
    pub steps: Vec<Step>,
}

/// A text for people, in English and perhaps in French.
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
    /// The text in a language, `fr`, or in English where it has none.
    pub fn in_language(&self, language: &str) -> &str {
        self.fr.as_deref().filter(|_| language == "fr").unwrap_or(&self.en)
    }
}

/// How things are when a scenario begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// Where the widget is shown.
    pub frames: Placement,
    /// Whether the user is logged in before the first step.
    pub logged_in: bool,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// What the protocol check is expected to find.
    pub findings: Vec<Rule>,
    /// How many calls may stay without an end on the timelines.
    pub ghost_calls: usize,
}

/// Which of the widget's frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The one in the main page: on the record, or in the bar.
    #[default]
    Page,
    /// The one in the calling window.
    Window,
}

/// One thing that is done or waited for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Where it stands in its file.
    pub line: usize,
    /// What it is.
    pub kind: StepKind,
    /// How many milliseconds it may take.
    pub within: f64,
}

/// What a step is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum StepKind {
    /// The simulator is brought into its set-up, and the widget loaded anew.
    SetUp,
    /// Every frame of the set-up has said INITIALIZED.
    FramesReady,
    /// The user is logged in; if not, a person is asked to.
    LoggedIn,
    /// Somebody does something in the widget, which is another origin: a person, or a driver that clicks.
    InWidget { action: String, value: Option<String>, place: Place, prompt: Option<LocalizedText> },
    /// The user clicks a number of a record.
    Dial(Dial),
    /// The next message of the widget about calls is this one.
    WidgetSends { kind: String, with: Matcher },
    /// HubSpot says this to the widget.
    HubSpotSends { kind: String, with: Matcher },
    /// The user or HubSpot does this.
    HubSpotAction(HubSpotAction),
    /// From here on this goes wrong on purpose.
    Faults(Faults),
    /// The widget gets what no HubSpot says.
    MalformedMessage(MalformedMessage),
    /// The timeline of a record has an entry like this.
    Timeline { record: RecordId, with: Matcher },
    /// HubSpot shows an alert with this text in it.
    Alert(String),
    /// Nothing of a call was said that no step waited for, and the protocol check found nothing else than it was to find.
    End,
}

/// What HubSpot, or its user outside of the widget, does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HubSpotAction {
    /// The call is ended on HubSpot's side: END_CALL.
    EndCall,
    /// The page is loaded again, frame and all.
    ReloadPage,
    /// The widget's frame is loaded again.
    ReloadFrame,
    /// The calling window is opened.
    OpenWindow,
    /// The calling window is closed.
    CloseWindow,
    /// The task queue is begun.
    StartQueue,
    /// The number of the current task is clicked.
    CallTask,
    /// The current task is left for the next one.
    SkipTask,
    /// The queue is left.
    LeaveQueue,
}

impl HubSpotAction {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, does)| *does == self).map_or("", |(name, _)| name)
    }

    /// All of them, with their names in files.
    pub const NAMES: [(&str, Self); 9] = [
        ("end-call", Self::EndCall),
        ("reload-page", Self::ReloadPage),
        ("reload-frame", Self::ReloadFrame),
        ("open-window", Self::OpenWindow),
        ("close-window", Self::CloseWindow),
        ("start-queue", Self::StartQueue),
        ("call-task", Self::CallTask),
        ("skip-task", Self::SkipTask),
        ("leave-queue", Self::LeaveQueue),
    ];
}
