//! What is seen: the bar, the panels and the frame with the widget.

mod alerts;
mod app;
mod bar;
mod by_hand;
mod editor;
mod hint;
mod hole;
mod inspector;
mod kit;
mod leave;
mod opening;
mod queue;
mod records;
mod remote;
mod scenarios;
mod trouble;
mod verbs;
mod widget;
mod window;

use crate::{crm::RecordId, desk::State, rim::Handle, transcript::Messages};
use std::rc::Rc;
use yew::prelude::*;

/// What every panel gets.
#[derive(Properties, Clone, PartialEq)]
pub struct Panel {
    /// Makes things happen. It never changes.
    pub desk: Handle,
    /// What HubSpot knows.
    pub state: Rc<State>,
    /// The messages so far, and what was found in them.
    pub messages: Messages,
    /// The record that this page shows; absent while it shows the list.
    pub record: Option<RecordId>,
    /// Shows a record on this page, or the list. While a call is on, the user is asked first.
    pub on_show: Callback<Option<RecordId>>,
    /// Shows it without asking.
    pub on_go: Callback<Option<RecordId>>,
    /// Opens the widget of *Call from*, if it is not open.
    pub on_open: Callback<()>,
    /// Calls the number of the current task, and opens the widget for it.
    pub on_call_task: Callback<()>,
    /// The user clicked a number of a record: which record, the number, and the property that it stands in. The page opens the
    /// widget if it is not open, and the desk dials.
    pub on_dial: Callback<(RecordId, String, String)>,
}

/// Puts the simulator on the page.
pub fn mount() {
    yew::Renderer::<app::App>::with_props(app::Props { desk: Handle::open() }).render();
}
