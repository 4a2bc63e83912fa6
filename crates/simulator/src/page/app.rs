//! What the page shows.

use super::{
    Panel,
    alerts::alerts,
    app_editor::AppEditor,
    bar::Bar,
    calling_window::CallingWindow,
    confirm::confirm,
    faults::FaultsPanel,
    first_steps::FirstSteps,
    inspector::Inspector,
    kit::{TabItem, Tabs, use_narrower_than},
    page_actions::{FAULTS, MESSAGES, PageActions, RECORDS, SCENARIOS, use_page_actions, use_scenario_runner},
    records::Records,
    remote::Remote,
    scenarios::Scenarios,
    widget::Widget,
};
use crate::{
    apps::{App as CallingApp, Placement},
    browser::{FrameStatus, HubSpotHandle},
    hubspot::{CallPhase, State},
    i18n::texts,
    route::PageRole,
};
use calling_extensions::message::Direction;
use yew::prelude::*;

/// The width in pixels from which records and panels are side by side. `theme/shell.css` has the same number.
const TWO_COLUMNS: f64 = 1024.0;
/// The width in pixels below which the widget is as wide as the page. `theme/shell.css` has the same number.
const FULL_WIDTH: f64 = 481.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hubspot: HubSpotHandle,
}

/// The records, the panels beside them, and the widget on top.
#[component]
pub fn App(props: &Props) -> Html {
    let hubspot = &props.hubspot;
    let words = &texts().shell;
    let actions = use_page_actions(hubspot);
    let runner = use_scenario_runner(&actions);
    let narrow = use_narrower_than(TWO_COLUMNS);
    let full_width = use_narrower_than(FULL_WIDTH);
    let state = hubspot.state();
    let app = actions.app();
    let status = hubspot.frames().into_iter().next();
    let (minimized, hidden) = visibility(&state, status.as_ref());
    {
        let actions = actions.clone();
        use_effect_with(ringing(&state, status.as_ref()), move |rings| {
            // An incoming call shows the widget.
            if rings.is_some() {
                actions.show_frame(false, false);
            }
        });
    }
    if actions.query.role == PageRole::Window {
        let uses_calling_window = actions.query.uses_calling_window;
        return html! { <CallingWindow hubspot={hubspot.clone()} {app} {status} {uses_calling_window} /> };
    }

    // On a wide page the records are always visible, so they have no tab.
    let tab = if *actions.tab == RECORDS && !narrow { MESSAGES } else { *actions.tab };
    let on_tab = {
        let actions = actions.clone();
        Callback::from(move |tab| {
            actions.tab.set(tab);
            if full_width {
                // The widget would cover the panel.
                actions.show_frame(true, false);
            }
        })
    };
    let hides_records = narrow && tab != RECORDS;
    let panel = Panel {
        hubspot: hubspot.clone(),
        state: state.clone(),
        messages: hubspot.messages(),
        record: (*actions.record).clone(),
        on_show: actions.on(PageActions::show),
        on_go: actions.on(PageActions::go),
        on_open: actions.on(|actions, ()| actions.open()),
        on_call_task: actions.on(PageActions::call_task),
        on_dial: actions.on(PageActions::dial),
    };
    let has_widget = app.placement() == Placement::Widget && *actions.is_open && !hidden;
    html! {
        <div class="shell">
            <Bar
                state={state.clone()}
                apps={(*actions.apps).clone()}
                is_open={!state.frames.is_empty()}
                on_action={actions.on(PageActions::act)}
            />
            { alerts(hubspot, &state, &actions.notice) }
            <div class="work" data-tab={tab} data-widget={has_widget.then_some("")}>
                <main id="records" tabindex="-1">
                    if actions.query.role == PageRole::Main {
                        <FirstSteps state={state.clone()} />
                    }
                    <Records ..panel.clone() />
                </main>
                <div class="side" role={if hides_records { "main" } else { "complementary" }} aria-label={words.panels}>
                    if hides_records {
                        <h1 class="visually-hidden">{ words.title }</h1>
                    }
                    <Tabs
                        name={words.panels}
                        items={tabs(narrow, panel.messages.count())}
                        chosen={tab}
                        on_choose={on_tab}
                    />
                    <div role="tabpanel" id="panel" aria-labelledby={tab}>
                        { match tab {
                            MESSAGES => html! { <Inspector ..panel /> },
                            SCENARIOS => html! { <Scenarios {panel} {runner} /> },
                            FAULTS => html! { <FaultsPanel ..panel /> },
                            // On a narrow page the records are shown instead.
                            _ => Html::default(),
                        } }
                    </div>
                </div>
            </div>
            { frame(&actions, &app, status, minimized, hidden) }
            { dialogs(&actions, &app) }
        </div>
    }
}

fn tabs(narrow: bool, findings: u64) -> Vec<TabItem> {
    let words = &texts().shell;
    let records = narrow.then_some(TabItem { id: RECORDS, label: words.records, controls: "records", badge: None });
    let found = (findings > 0).then(|| (findings, texts().inspector.count(findings)));
    let panels = [(MESSAGES, words.messages), (SCENARIOS, words.scenarios), (FAULTS, words.faults)];
    let panels = panels.map(|(id, label)| {
        let badge = found.clone().filter(|_| id == MESSAGES);
        TabItem { id, label, controls: "panel", badge }
    });
    records.into_iter().chain(panels).collect()
}

/// The widget in its placement.
fn frame(actions: &PageActions, app: &CallingApp, status: Option<FrameStatus>, minimized: bool, hidden: bool) -> Html {
    let key = format!("{} {}", app.name, actions.requested.map_or(0, |(_, count)| count));
    let (hubspot, app) = (actions.hubspot.clone(), app.clone());
    match app.placement() {
        Placement::Widget if *actions.is_open => html! {
            <Widget
                {key}
                {hubspot}
                {app}
                {status}
                {minimized}
                {hidden}
                on_minimize={actions.on(|actions, minimized| actions.show_frame(minimized, false))}
                on_close={actions.on(PageActions::close)}
            />
        },
        Placement::Widget => Html::default(),
        Placement::Remote | Placement::RemoteAndWindow => html! {
            <Remote
                {key}
                {hubspot}
                {status}
                uses_calling_window={app.placement() == Placement::RemoteAndWindow}
                {app}
                {hidden}
                on_hide={actions.on(|actions, ()| actions.show_frame(false, true))}
                on_open_window={actions.on(|actions, ()| actions.open_window())}
            />
        },
    }
}

fn dialogs(actions: &PageActions, app: &CallingApp) -> Html {
    let pending = actions.pending.as_ref().map(|action| {
        let wanted = action.clone();
        let on_confirm = actions.on(PageActions::confirmed).reform(move |()| wanted.clone());
        confirm(action, actions.on(|actions, ()| actions.pending.set(None)), on_confirm)
    });
    let editing = actions.editing.map(|is_new| {
        let old = (!is_new && actions.apps.is_added(&app.name)).then(|| app.name.clone());
        let is_taken = {
            let (apps, old) = (actions.apps.clone(), old.clone());
            Callback::from(move |name: String| {
                apps.all().any(|app| app.name == name && Some(&app.name) != old.as_ref())
            })
        };
        let can_change = is_new || old.is_some();
        let on_done = {
            let actions = actions.clone();
            Callback::from(move |edited| actions.edited(edited, old.as_deref()))
        };
        let app = if is_new { CallingApp::default() } else { app.clone() };
        html! { <AppEditor {app} {is_new} {can_change} {is_taken} {on_done} /> }
    });
    html! { <>{ pending }{ editing }</> }
}

/// Whether the frame of this page is minimized, and whether it is hidden.
fn visibility(state: &State, status: Option<&FrameStatus>) -> (bool, bool) {
    let frame = status.and_then(|status| state.frame(&status.id));
    frame.map_or((false, false), |frame| (frame.minimized, frame.hidden))
}

/// The serial of the incoming call that rings in the frame of this page.
fn ringing(state: &State, status: Option<&FrameStatus>) -> Option<u64> {
    let frame = &status?.id;
    let rings =
        state.calls.iter().rev().find(|call| {
            call.phase == CallPhase::Ringing && call.direction == Direction::Inbound && call.frame == *frame
        });
    rings.map(|call| call.serial)
}
