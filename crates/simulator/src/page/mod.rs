//! What is seen: the bar, the panels and the frame with the widget.

mod alerts;
mod app;
mod app_editor;
mod bar;
mod calling_window;
mod confirm;
mod faults;
mod first_steps;
mod frame_slot;
mod inspector;
mod kit;
mod message_composer;
mod page_actions;
mod queue;
mod records;
mod remote;
mod scenarios;
mod widget;
mod windows;

use crate::{browser::HubSpotHandle, crm::RecordId, hubspot::State, transcript::Messages};
use std::rc::Rc;
use yew::prelude::*;

/// What every panel gets.
#[derive(Properties, Clone, PartialEq)]
pub struct Panel {
    /// Makes things happen. It never changes.
    pub hubspot: HubSpotHandle,
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
    yew::Renderer::<app::App>::with_props(app::Props { hubspot: HubSpotHandle::open() }).render();
}
