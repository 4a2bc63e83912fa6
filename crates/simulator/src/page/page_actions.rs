//! The view state of the page, and the user's actions.

use super::{
    app_editor::Edited,
    bar::BarAction,
    confirm::PendingAction,
    scenarios::{PageControls, ScenarioRunner},
    windows,
};
use crate::{
    apps::{App, Apps, Placement},
    browser::{HubSpotHandle, PageEvent, storage},
    crm::{ObjectType, RecordId},
    hubspot::{Action, Dial, FrameId},
    i18n::texts,
    route::{PageRole, Query},
};
use calling_extensions::message::IframeLocation;
use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
    utils::{document, window},
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The ids of the tabs.
pub const RECORDS: &str = "tab-records";
pub const MESSAGES: &str = "tab-messages";
pub const SCENARIOS: &str = "tab-scenarios";
pub const FAULTS: &str = "tab-faults";

/// The view state of the page, with the actions that change it.
#[derive(Clone, PartialEq)]
pub struct PageActions {
    pub hubspot: HubSpotHandle,
    pub query: Rc<Query>,
    pub apps: UseStateHandle<Apps>,
    /// The placement that a scenario requests, and the number of requests so far.
    pub requested: UseStateHandle<Option<(Placement, u32)>>,
    pub record: UseStateHandle<Option<RecordId>>,
    pub tab: UseStateHandle<&'static str>,
    /// Whether the frame on top of the page is open.
    pub is_open: UseStateHandle<bool>,
    /// The action that needs a confirmation.
    pub pending: UseStateHandle<Option<PendingAction>>,
    /// Whether the form for an app is open, and if so whether the app is new.
    pub editing: UseStateHandle<Option<bool>>,
    /// A notice of this page.
    pub notice: UseStateHandle<Option<&'static str>>,
}

/// Connects the page with the simulated HubSpot.
#[hook]
pub fn use_page_actions(hubspot: &HubSpotHandle) -> PageActions {
    let update = use_force_update();
    let query = use_memo((), |()| windows::query());
    let actions = PageActions {
        hubspot: hubspot.clone(),
        apps: use_state_eq(|| windows::apps(&query)),
        requested: use_state_eq(|| None),
        record: use_state_eq(|| query.record.clone()),
        tab: use_state_eq(|| RECORDS),
        is_open: use_state_eq(storage::was_open),
        pending: use_state_eq(|| None),
        editing: use_state_eq(|| None),
        notice: use_state_eq(|| windows::widget_error(&query)),
        query,
    };
    {
        let actions = actions.clone();
        use_effect_with((), move |()| {
            describe_page();
            let hubspot = actions.hubspot.clone();
            let options = EventListenerOptions::enable_prevent_default();
            let listener = EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
                if hubspot.blocks_unload() {
                    event.prevent_default();
                }
            });
            let hubspot = actions.hubspot.clone();
            hubspot.connect(move || update.force_update(), move |event| actions.on_event(event));
            move || drop(listener)
        });
    }
    use_effect_with(*actions.is_open, |is_open| storage::save_open(*is_open));
    actions
}

/// The scenario runner, connected with the page.
#[hook]
pub fn use_scenario_runner(actions: &PageActions) -> ScenarioRunner {
    let runner = use_memo((), |()| ScenarioRunner::open(actions.hubspot.clone()));
    {
        let (runner, actions) = (runner.clone(), actions.clone());
        use_effect_with((), move |()| {
            if actions.query.role != PageRole::Main {
                return;
            }
            if actions.query.scenario.is_some() || runner.is_running() {
                actions.tab.set(SCENARIOS);
            }
            let open = {
                let is_open = actions.is_open.setter();
                Callback::from(move |()| is_open.set(true))
            };
            let controls = PageControls {
                load_widget: actions.load_widget(),
                open_widget: open,
                set_calling_window: actions.set_calling_window(),
            };
            runner.attach(controls, actions.query.scenario.as_deref());
        });
    }
    ScenarioRunner::clone(&runner)
}

impl PageActions {
    /// The selected app, with the placement that a scenario requests.
    pub fn app(&self) -> App {
        let app = windows::app(&self.query, &self.apps);
        self.requested.map_or_else(|| app.clone(), |(placement, _)| app.clone().for_scenario(placement))
    }

    /// A callback that performs an action.
    pub fn on<T: 'static>(&self, act: fn(&PageActions, T)) -> Callback<T> {
        let actions = self.clone();
        Callback::from(move |what| act(&actions, what))
    }

    /// The frame of this page.
    fn frame(&self) -> Option<FrameId> {
        self.hubspot.frames().into_iter().next().map(|status| status.id)
    }

    /// Opens or shows the widget.
    pub fn open(&self) {
        storage::save(storage::LAST_APP, &self.app());
        self.is_open.set(true);
        self.show_frame(false, false);
    }

    /// Opens the calling window if it is not open.
    pub fn open_window(&self) {
        let is_there = self.hubspot.state().frames.iter().any(|frame| frame.location == IframeLocation::Window);
        if !is_there {
            self.open_calling_window(&self.app());
        }
    }

    /// Minimizes, hides or shows the frame of this page.
    pub fn show_frame(&self, minimized: bool, hidden: bool) {
        if let Some(frame) = self.frame() {
            self.hubspot.dispatch(Action::Visibility { frame, minimized, hidden });
        }
    }

    /// Calls a number: record, number, and the property that contains it.
    pub fn dial(&self, (callee, number, property): (RecordId, String, String)) {
        let record = (*self.record).clone().unwrap_or_else(|| callee.clone());
        if record.object_type() == ObjectType::Custom && !self.app().supports_custom_objects {
            return self.notice.set(Some(texts().shell.no_custom_objects));
        }
        self.open_dialing_frame();
        self.hubspot.dispatch(Action::Dial(Dial { frame: self.frame(), record, callee, property, number }));
    }

    /// Calls the number of the current task.
    pub fn call_task(&self, (): ()) {
        self.open_dialing_frame();
        self.hubspot.dispatch(Action::CallTask { frame: self.frame() });
    }

    fn open_dialing_frame(&self) {
        match self.app().placement() {
            Placement::Widget | Placement::Remote => self.open(),
            Placement::RemoteAndWindow => self.open_window(),
        }
    }

    /// Shows a record or the list. During a call the user has to confirm.
    pub fn show(&self, record: Option<RecordId>) {
        if self.hubspot.blocks_unload() { self.pending.set(Some(PendingAction::Show(record))) } else { self.go(record) }
    }

    /// Shows a record or the list.
    pub fn go(&self, record: Option<RecordId>) {
        self.record.set(record);
        focus("main");
    }

    /// Closes the frame. During a call the user has to confirm.
    pub fn close(&self, (): ()) {
        if self.hubspot.blocks_unload() { self.pending.set(Some(PendingAction::Close)) } else { self.close_frame() }
    }

    fn close_frame(&self) {
        if let Some(frame) = self.frame() {
            self.hubspot.dispatch(Action::CloseFrame { frame });
        }
    }

    /// Performs an action of the navigation bar.
    pub fn act(&self, action: BarAction) {
        match action {
            BarAction::Call => self.open(),
            BarAction::Choose(name) if self.hubspot.blocks_unload() => {
                self.pending.set(Some(PendingAction::Choose(name)))
            }
            BarAction::Choose(name) => self.choose(&name),
            BarAction::Add => self.editing.set(Some(true)),
            BarAction::Edit => self.editing.set(Some(false)),
            BarAction::Reset => self.pending.set(Some(PendingAction::Reset)),
        }
    }

    fn choose(&self, name: &str) {
        let mut apps = Apps::clone(&self.apps);
        apps.choose(name);
        storage::save(storage::LAST_APP, &apps.chosen());
        self.requested.set(None);
        // A frame in the navigation bar is always open.
        self.is_open.set(apps.chosen().placement() != Placement::Widget);
        self.save_apps(apps);
    }

    fn save_apps(&self, apps: Apps) {
        storage::save(storage::APPS, &apps);
        self.apps.set(apps);
    }

    /// Performs an action that the user has confirmed.
    pub fn confirmed(&self, action: PendingAction) {
        self.pending.set(None);
        match action {
            PendingAction::Close => self.close_frame(),
            PendingAction::Show(record) => {
                self.go(record);
                if let Some(frame) = self.frame() {
                    self.hubspot.dispatch(Action::ReloadFrame { frame });
                }
            }
            PendingAction::Choose(name) => {
                self.close_frame();
                self.choose(&name);
            }
            PendingAction::Reset => {
                self.go(None);
                self.hubspot.reset();
            }
        }
    }

    /// Applies the result of the form. `old` is the name of the app that was edited.
    pub fn edited(&self, edited: Edited, old: Option<&str>) {
        self.editing.set(None);
        let mut apps = Apps::clone(&self.apps);
        match edited {
            Edited::Cancelled => return,
            Edited::Removed => apps.remove(old.unwrap_or_default()),
            // The form has validated it.
            Edited::Saved(app) => drop(apps.add(app, old)),
        }
        self.save_apps(apps);
    }

    fn on_event(&self, event: PageEvent) {
        match event {
            PageEvent::Show { record, new_tab: false } => self.record.set(Some(record)),
            PageEvent::Show { record, new_tab: true } => {
                if !windows::open_tab(&self.query, &record) {
                    self.notice.set(Some(texts().shell.popup_blocked));
                }
            }
            PageEvent::FrameClosed => {
                self.is_open.set(false);
                focus("[data-test-id=call-button]");
            }
        }
    }

    fn open_calling_window(&self, app: &App) {
        if !windows::open_calling_window(app) {
            self.notice.set(Some(texts().shell.popup_blocked));
        }
    }

    /// Loads the widget with the placement that a scenario requests.
    fn load_widget(&self) -> Callback<(Placement, bool)> {
        let (actions, count) = (self.clone(), Cell::new(0));
        Callback::from(move |(placement, replaces)| {
            // A new count is a new key, which replaces the frame.
            count.set(count.get() + u32::from(replaces));
            storage::save(storage::LAST_APP, &actions.app().for_scenario(placement));
            actions.requested.set(Some((placement, count.get())));
            actions.is_open.set(true);
        })
    }

    /// Opens or closes the calling window for a scenario.
    fn set_calling_window(&self) -> Callback<bool> {
        let actions = self.clone();
        Callback::from(move |is_wanted| {
            if is_wanted { actions.open_calling_window(&actions.app()) } else { windows::close_calling_window() }
        })
    }
}

fn describe_page() {
    document().set_title(texts().shell.title);
    if let Some(root) = document().document_element() {
        // Without the attribute the page still works.
        let _ = root.set_attribute("lang", texts().lang);
    }
}

/// Focuses an element after rendering: an open dialog would keep the focus.
fn focus(selector: &'static str) {
    Timeout::new(0, move || {
        let found = document().query_selector(selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = found.focus();
        }
    })
    .forget();
}
