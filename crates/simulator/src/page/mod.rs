//! The components of the page.

mod alerts;
mod app;
mod app_editor;
mod bar;
mod calling_window;
mod confirm;
mod faults;
mod files;
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
use web_kit::AdoptedStyles;
use yew::prelude::*;

/// The properties of all panels.
#[derive(Properties, Clone, PartialEq)]
pub struct Panel {
    /// The simulated HubSpot.
    pub hubspot: HubSpotHandle,
    /// Its current state.
    pub state: Rc<State>,
    /// The messages so far, with findings.
    pub messages: Messages,
    /// The record that the page shows. `None` is the list.
    pub record: Option<RecordId>,
    /// Shows a record or the list. During a call the user has to confirm.
    pub on_show: Callback<Option<RecordId>>,
    /// Shows a record or the list without a confirmation.
    pub on_go: Callback<Option<RecordId>>,
    /// Opens the selected widget.
    pub on_open: Callback<()>,
    /// Opens the widget and calls the number of the current task.
    pub on_call_task: Callback<()>,
    /// Opens the widget and calls a number: record, number, and the property that contains it.
    pub on_dial: Callback<(RecordId, String, String)>,
}

/// Mounts the simulator.
pub fn mount() {
    yew::Renderer::<Root>::with_props(app::Props { hubspot: HubSpotHandle::open() }).render();
}

#[component]
fn Root(props: &app::Props) -> Html {
    html! { <AdoptedStyles><app::App hubspot={props.hubspot.clone()} /></AdoptedStyles> }
}
