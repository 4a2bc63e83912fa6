//! The page as a whole.

use super::{
    Panel,
    alerts::alerts,
    bar::Bar,
    editor::Editor,
    hint::Hint,
    inspector::Inspector,
    kit::{TabItem, Tabs, use_narrower_than},
    leave::ask,
    records::Records,
    remote::Remote,
    scenarios::Scenarios,
    trouble::TroublePanel,
    verbs::{MESSAGES, RECORDS, SCENARIOS, TROUBLE, Verbs, use_director, use_verbs},
    widget::Widget,
    window::CallingWindow,
};
use crate::{
    apps::{App as CallingApp, Shown},
    desk::{Phase, State},
    place::Role,
    rim::{FrameStatus, Handle},
    texts::texts,
};
use calling_extensions::message::Direction;
use yew::prelude::*;

/// From so many pixels on the records and the panels are side by side; `theme/shell.css` has the same number.
const TWO_COLUMNS: f64 = 1024.0;
/// Up to so many pixels the widget is as wide as the page; `theme/shell.css` has the same number.
const FULL_WIDTH: f64 = 481.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Handle,
}

/// Records in the middle, panels at the side, the widget above them.
#[component]
pub fn App(props: &Props) -> Html {
    let desk = &props.desk;
    let words = &texts().shell;
    let verbs = use_verbs(desk);
    let director = use_director(&verbs);
    let narrow = use_narrower_than(TWO_COLUMNS);
    let full_width = use_narrower_than(FULL_WIDTH);
    let state = desk.state();
    let app = verbs.app();
    let status = desk.frames().into_iter().next();
    let (minimized, hidden) = visibility(&state, status.as_ref());
    {
        let verbs = verbs.clone();
        use_effect_with(ringing(&state, status.as_ref()), move |rings| {
            // Whoever is called sees the widget.
            if rings.is_some() {
                verbs.show_frame(false, false);
            }
        });
    }
    if verbs.query.role == Role::Window {
        let uses_calling_window = verbs.query.uses_calling_window;
        return html! { <CallingWindow desk={desk.clone()} {app} {status} {uses_calling_window} /> };
    }

    // Where there is room the records have their own place.
    let tab = if *verbs.tab == RECORDS && !narrow { MESSAGES } else { *verbs.tab };
    let on_tab = {
        let verbs = verbs.clone();
        Callback::from(move |tab| {
            verbs.tab.set(tab);
            if full_width {
                // The widget would lie on what was chosen.
                verbs.show_frame(true, false);
            }
        })
    };
    let hides_records = narrow && tab != RECORDS;
    let panel = Panel {
        desk: desk.clone(),
        state: state.clone(),
        messages: desk.messages(),
        record: (*verbs.record).clone(),
        on_show: verbs.on(Verbs::show),
        on_go: verbs.on(Verbs::go),
        on_open: verbs.on(|verbs, ()| verbs.open()),
        on_call_task: verbs.on(Verbs::call_task),
        on_dial: verbs.on(Verbs::dial),
    };
    let has_widget = app.shown() == Shown::Widget && *verbs.is_open && !hidden;
    html! {
        <div class="shell">
            <Bar
                state={state.clone()}
                apps={(*verbs.apps).clone()}
                is_open={!state.frames.is_empty()}
                on_action={verbs.on(Verbs::act)}
            />
            { alerts(desk, &state, &verbs.notice) }
            <div class="work" data-tab={tab} data-widget={has_widget.then_some("")}>
                <main id="records" tabindex="-1">
                    if verbs.query.role == Role::Main {
                        <Hint state={state.clone()} />
                    }
                    <Records ..panel.clone() />
                </main>
                <div class="side" role={if hides_records { "main" } else { "complementary" }} aria-label={words.panels}>
                    if hides_records {
                        <h1 class="unseen">{ words.title }</h1>
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
                            SCENARIOS => html! { <Scenarios {panel} {director} /> },
                            TROUBLE => html! { <TroublePanel ..panel /> },
                            // The records of a narrow page are in its place.
                            _ => Html::default(),
                        } }
                    </div>
                </div>
            </div>
            { frame(&verbs, &app, status, minimized, hidden) }
            { dialogs(&verbs, &app) }
        </div>
    }
}

fn tabs(narrow: bool, findings: u64) -> Vec<TabItem> {
    let words = &texts().shell;
    let records = narrow.then_some(TabItem { id: RECORDS, label: words.records, controls: "records", badge: None });
    let found = (findings > 0).then(|| (findings, texts().inspector.count(findings)));
    let panels = [(MESSAGES, words.messages), (SCENARIOS, words.scenarios), (TROUBLE, words.trouble)];
    let panels = panels.map(|(id, label)| {
        let badge = found.clone().filter(|_| id == MESSAGES);
        TabItem { id, label, controls: "panel", badge }
    });
    records.into_iter().chain(panels).collect()
}

/// The widget, wherever HubSpot shows it.
fn frame(verbs: &Verbs, app: &CallingApp, status: Option<FrameStatus>, minimized: bool, hidden: bool) -> Html {
    let key = format!("{} {}", app.name, verbs.staged.map_or(0, |(_, count)| count));
    let (desk, app) = (verbs.desk.clone(), app.clone());
    match app.shown() {
        Shown::Widget if *verbs.is_open => html! {
            <Widget
                {key}
                {desk}
                {app}
                {status}
                {minimized}
                {hidden}
                on_minimize={verbs.on(|verbs, minimized| verbs.show_frame(minimized, false))}
                on_close={verbs.on(Verbs::close)}
            />
        },
        Shown::Widget => Html::default(),
        Shown::Remote | Shown::RemoteAndWindow => html! {
            <Remote
                {key}
                {desk}
                {status}
                uses_calling_window={app.shown() == Shown::RemoteAndWindow}
                {app}
                {hidden}
                on_hide={verbs.on(|verbs, ()| verbs.show_frame(false, true))}
                on_open_window={verbs.on(|verbs, ()| verbs.open_window())}
            />
        },
    }
}

fn dialogs(verbs: &Verbs, app: &CallingApp) -> Html {
    let asking = verbs.asking.as_ref().map(|leave| {
        let wanted = leave.clone();
        let on_leave = verbs.on(Verbs::leave).reform(move |()| wanted.clone());
        ask(leave, verbs.on(|verbs, ()| verbs.asking.set(None)), on_leave)
    });
    let editing = verbs.editing.map(|is_new| {
        let old = (!is_new && verbs.apps.is_added(&app.name)).then(|| app.name.clone());
        let is_taken = {
            let (apps, old) = (verbs.apps.clone(), old.clone());
            Callback::from(move |name: String| {
                apps.all().any(|app| app.name == name && Some(&app.name) != old.as_ref())
            })
        };
        let can_change = is_new || old.is_some();
        let on_done = {
            let verbs = verbs.clone();
            Callback::from(move |edited| verbs.edited(edited, old.as_deref()))
        };
        let app = if is_new { CallingApp::default() } else { app.clone() };
        html! { <Editor {app} {is_new} {can_change} {is_taken} {on_done} /> }
    });
    html! { <>{ asking }{ editing }</> }
}

/// Whether the frame of this page is minimized, and whether it is hidden.
fn visibility(state: &State, status: Option<&FrameStatus>) -> (bool, bool) {
    let frame = status.and_then(|status| state.frame(&status.id));
    frame.map_or((false, false), |frame| (frame.minimized, frame.hidden))
}

/// The call that rings in the frame of this page.
fn ringing(state: &State, status: Option<&FrameStatus>) -> Option<u64> {
    let frame = &status?.id;
    let rings = state
        .calls
        .iter()
        .rev()
        .find(|call| call.phase == Phase::Ringing && call.direction == Direction::Inbound && call.frame == *frame);
    rings.map(|call| call.serial)
}
