//! The page as a whole.

use super::{
    Panel,
    alerts::alerts,
    bar::{Bar, BarAction},
    editor::{Edited, Editor},
    hint::Hint,
    inspector::Inspector,
    kit::use_narrower_than,
    leave::{Leave, ask},
    opening,
    records::Records,
    remote::Remote,
    scenarios::{Director, Doing, Scenarios},
    trouble::TroublePanel,
    widget::Widget,
    window::CallingWindow,
};
use crate::{
    apps::{App as CallingApp, Apps, Shown},
    crm::RecordId,
    desk::{Action, Dial, Phase},
    place::Role,
    rim::{Handle, PageEvent, storage},
    texts::texts,
};
use calling_extensions::message::{Direction, IframeLocation};
use gloo::{
    events::{EventListener, EventListenerOptions},
    utils::{document, window},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// From so many pixels on the records and the panels are side by side; `theme/shell.css` has the same number.
const TWO_COLUMNS: f64 = 1024.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Handle,
}

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    /// Beside the others only where the page is narrow.
    Records,
    Messages,
    Scenarios,
    Trouble,
}

/// Records in the middle, panels at the side, the widget above them.
#[component]
pub fn App(props: &Props) -> Html {
    let desk = &props.desk;
    let words = &texts().shell;
    let update = use_force_update();
    let query = use_memo((), |()| opening::query());
    let apps = use_state_eq(|| opening::apps(&query));
    // A scenario shows the widget where it wants it.
    let staged = use_state_eq(|| None::<(Shown, u32)>);
    let app = opening::app(&query, &apps);
    let app = staged.map_or_else(|| app.clone(), |(shown, _)| app.clone().shown_as(shown));
    let record = use_state_eq(|| query.record.clone());
    let tab = use_state_eq(|| Tab::Records);
    let is_open = use_state_eq(storage::was_open);
    let asking = use_state_eq(|| None::<Leave>);
    let editing = use_state_eq(|| None::<bool>);
    let notice = use_state_eq(|| None::<&'static str>);
    let narrow = use_narrower_than(TWO_COLUMNS);
    // Where there is room the records have their own place.
    let shown_tab = if *tab == Tab::Records && !narrow { Tab::Messages } else { *tab };
    {
        let (desk, record, is_open, notice, query) =
            (desk.clone(), record.setter(), is_open.setter(), notice.setter(), query.clone());
        use_effect_with((), move |()| {
            describe_page();
            let holding = desk.clone();
            let leaving = EventListener::new_with_options(
                &window(),
                "beforeunload",
                EventListenerOptions::enable_prevent_default(),
                move |event| {
                    if holding.holds_page() {
                        event.prevent_default();
                    }
                },
            );
            desk.connect(
                move || update.force_update(),
                move |event| match event {
                    PageEvent::Show { record: shown, new_tab: false } => record.set(Some(shown)),
                    PageEvent::Show { record: shown, new_tab: true } => {
                        if !opening::open_tab(&query, &shown) {
                            notice.set(Some(texts().shell.popup_blocked));
                        }
                    }
                    PageEvent::Closed => {
                        is_open.set(false);
                        focus("[data-test-id=call-button]");
                    }
                },
            );
            move || drop(leaving)
        });
    }
    use_effect_with(*is_open, |is_open| storage::keep_open(*is_open));
    let director = use_memo((), |()| Director::open(desk.clone()));
    {
        let (director, query, app) = (director.clone(), query.clone(), app.clone());
        let (staged, is_open, notice) = (staged.setter(), is_open.setter(), notice.setter());
        let tab = tab.setter();
        use_effect_with((), move |()| {
            if query.role != Role::Main {
                return;
            }
            let count = std::cell::Cell::new(0);
            let open = app.clone();
            let stage = Callback::from(move |shown| {
                count.set(count.get() + 1);
                storage::keep(storage::LAST_APP, &open.clone().shown_as(shown));
                staged.set(Some((shown, count.get())));
                is_open.set(true);
            });
            let window = Callback::from(move |is_wanted: bool| {
                if !is_wanted {
                    opening::close_calling_window();
                } else if !opening::open_calling_window(&app) {
                    notice.set(Some(texts().shell.popup_blocked));
                }
            });
            if query.scenario.is_some() || director.is_running() {
                tab.set(Tab::Scenarios);
            }
            director.begin(Doing { stage, window }, query.scenario.as_deref());
        });
    }

    let state = desk.state();
    let shown_as = app.shown();
    let status = desk.frames().into_iter().next();
    let frame = status.as_ref().and_then(|status| state.frame(&status.id));
    let frame_id = status.as_ref().map(|status| status.id.clone());
    let (minimized, hidden) = frame.map_or((false, false), |frame| (frame.minimized, frame.hidden));
    let show = {
        let (desk, frame) = (desk.clone(), frame_id.clone());
        move |minimized: bool, hidden: bool| {
            if let Some(frame) = frame.clone() {
                desk.dispatch(Action::Visibility { frame, minimized, hidden });
            }
        }
    };
    // Whoever is called sees the widget.
    let rings = state.calls.iter().rev().find(|call| {
        call.phase == Phase::Ringing && call.direction == Direction::Inbound && Some(&call.frame) == frame_id.as_ref()
    });
    {
        let show = show.clone();
        use_effect_with(rings.map(|call| call.serial), move |rings| {
            if rings.is_some() {
                show(false, false);
            }
        });
    }

    if query.role == Role::Window {
        return html! { <CallingWindow desk={desk.clone()} {app} {status} uses_calling_window={query.uses_calling_window} /> };
    }

    let open_window = {
        let (desk, app, notice) = (desk.clone(), app.clone(), notice.setter());
        move || {
            let is_there = desk.state().frames.iter().any(|frame| frame.location == IframeLocation::Window);
            if !is_there && !opening::open_calling_window(&app) {
                notice.set(Some(texts().shell.popup_blocked));
            }
        }
    };
    let open = {
        let (app, is_open, show) = (app.clone(), is_open.setter(), show.clone());
        move || {
            storage::keep(storage::LAST_APP, &app);
            is_open.set(true);
            show(false, false);
        }
    };
    // Opens whatever makes the call, and then says which frame is beside the number.
    let prepare = {
        let (open, open_window) = (open.clone(), open_window.clone());
        move || match shown_as {
            Shown::Widget | Shown::Remote => open(),
            Shown::RemoteAndWindow => open_window(),
        }
    };
    let on_dial = {
        let (desk, shown, frame, prepare) = (desk.clone(), (*record).clone(), frame_id.clone(), prepare.clone());
        Callback::from(move |(callee, number, property): (RecordId, String, String)| {
            prepare();
            let record = shown.clone().unwrap_or_else(|| callee.clone());
            desk.dispatch(Action::Dial(Dial { frame: frame.clone(), record, callee, property, number }));
        })
    };
    let on_call_task = {
        let (desk, frame) = (desk.clone(), frame_id.clone());
        Callback::from(move |()| {
            prepare();
            desk.dispatch(Action::CallTask { frame: frame.clone() });
        })
    };
    let on_go = {
        let record = record.setter();
        Callback::from(move |shown| {
            record.set(shown);
            focus("main");
        })
    };
    let on_show = {
        let (desk, asking, on_go) = (desk.clone(), asking.setter(), on_go.clone());
        Callback::from(
            move |shown: Option<RecordId>| {
                if desk.holds_page() { asking.set(Some(Leave::Show(shown))) } else { on_go.emit(shown) }
            },
        )
    };
    let choose = {
        let apps = apps.clone();
        let (is_open, staged) = (is_open.setter(), staged.setter());
        move |name: &str| {
            staged.set(None);
            let mut changed = Apps::clone(&apps);
            changed.choose(name);
            storage::keep(storage::APPS, &changed);
            storage::keep(storage::LAST_APP, &changed.chosen());
            // A frame in the bar is always there.
            is_open.set(changed.chosen().shown() != Shown::Widget);
            apps.set(changed);
        }
    };
    let close = {
        let (desk, frame) = (desk.clone(), frame_id.clone());
        move || {
            if let Some(frame) = frame.clone() {
                desk.dispatch(Action::CloseFrame { frame });
            }
        }
    };
    let on_close = {
        let (desk, asking, close) = (desk.clone(), asking.setter(), close.clone());
        Callback::from(move |()| if desk.holds_page() { asking.set(Some(Leave::Close)) } else { close() })
    };
    let on_action = {
        let (desk, asking, editing) = (desk.clone(), asking.setter(), editing.setter());
        let (choose, open) = (choose.clone(), open.clone());
        Callback::from(move |action| match action {
            BarAction::Call => open(),
            BarAction::Choose(name) if desk.holds_page() => asking.set(Some(Leave::Choose(name))),
            BarAction::Choose(name) => choose(&name),
            BarAction::Add => editing.set(Some(true)),
            BarAction::Edit => editing.set(Some(false)),
            BarAction::Reset => asking.set(Some(Leave::Reset)),
        })
    };
    let on_leave = |leave: Leave| {
        let (desk, asking, on_go, close, choose, frame) =
            (desk.clone(), asking.setter(), on_go.clone(), close.clone(), choose.clone(), frame_id.clone());
        Callback::from(move |()| {
            asking.set(None);
            match leave.clone() {
                Leave::Close => close(),
                Leave::Show(record) => {
                    on_go.emit(record);
                    if let Some(frame) = frame.clone() {
                        desk.dispatch(Action::ReloadFrame { frame });
                    }
                }
                Leave::Choose(name) => {
                    close();
                    choose(&name);
                }
                Leave::Reset => {
                    on_go.emit(None);
                    desk.reset();
                }
            }
        })
    };
    let panel = Panel {
        desk: desk.clone(),
        state: state.clone(),
        messages: desk.messages(),
        record: (*record).clone(),
        on_show,
        on_go: on_go.clone(),
        on_open: Callback::from(move |()| open()),
        on_call_task,
        on_dial,
    };
    let tab_button = |wanted: Tab, text: &'static str| {
        let tab_state = tab.setter();
        html! {
            <button
                type="button"
                role="tab"
                id={tab_id(wanted)}
                aria-selected={(shown_tab == wanted).to_string()}
                aria-controls={if wanted == Tab::Records { "records" } else { "panel" }}
                data-test-id={tab_id(wanted)}
                onclick={move |_| tab_state.set(wanted)}
            >
                { text }
            </button>
        }
    };
    let on_minimize = {
        let show = show.clone();
        Callback::from(move |minimized| show(minimized, false))
    };
    let frame_key = format!("{} {}", app.name, staged.map_or(0, |(_, count)| count));
    html! {
        <div class="shell">
            <Bar state={state.clone()} apps={(*apps).clone()} is_open={!state.frames.is_empty()} {on_action} />
            { alerts(desk, &state, &notice) }
            <div class="work" data-tab={tab_id(shown_tab)} data-widget={(shown_as == Shown::Widget && *is_open && !hidden).then_some("")}>
                <main id="records" tabindex="-1">
                    if query.role == Role::Main {
                        <Hint state={state.clone()} />
                    }
                    <Records ..panel.clone() />
                </main>
                <aside aria-label={words.panels}>
                    <div class="tabs" role="tablist" aria-label={words.panels}>
                        if narrow {
                            { tab_button(Tab::Records, words.records) }
                        }
                        { tab_button(Tab::Messages, words.messages) }
                        { tab_button(Tab::Scenarios, words.scenarios) }
                        { tab_button(Tab::Trouble, words.trouble) }
                    </div>
                    <div role="tabpanel" id="panel" aria-labelledby={tab_id(shown_tab)}>
                        { match shown_tab {
                            // Not to be seen beside the records of a narrow page.
                            Tab::Records => Html::default(),
                            Tab::Messages => html! { <Inspector ..panel /> },
                            Tab::Scenarios => html! { <Scenarios {panel} director={(*director).clone()} /> },
                            Tab::Trouble => html! { <TroublePanel ..panel /> },
                        } }
                    </div>
                </aside>
            </div>
            { match shown_as {
                Shown::Widget if *is_open => html! {
                    <Widget
                        key={frame_key.clone()}
                        desk={desk.clone()}
                        app={app.clone()}
                        {status}
                        {minimized}
                        {hidden}
                        {on_minimize}
                        {on_close}
                    />
                },
                Shown::Widget => Html::default(),
                Shown::Remote | Shown::RemoteAndWindow => html! {
                    <Remote
                        key={frame_key.clone()}
                        desk={desk.clone()}
                        app={app.clone()}
                        {status}
                        uses_calling_window={shown_as == Shown::RemoteAndWindow}
                        {hidden}
                        on_hide={Callback::from(move |()| show(false, true))}
                        on_open_window={Callback::from(move |()| open_window())}
                    />
                },
            } }
            if let Some(leave) = &*asking {
                { ask(leave, { let asking = asking.setter(); Callback::from(move |()| asking.set(None)) }, on_leave(leave.clone())) }
            }
            if let Some(is_new) = *editing {
                { editor(is_new, &app, &apps, &editing) }
            }
        </div>
    }
}

fn editor(is_new: bool, app: &CallingApp, apps: &UseStateHandle<Apps>, editing: &UseStateHandle<Option<bool>>) -> Html {
    let old = (!is_new && apps.is_added(&app.name)).then(|| app.name.clone());
    let is_taken = {
        let (apps, old) = (apps.clone(), old.clone());
        Callback::from(move |name: String| apps.all().any(|app| app.name == name && Some(&app.name) != old.as_ref()))
    };
    let on_done = {
        let (apps, editing, old, name) = (apps.clone(), editing.setter(), old.clone(), app.name.clone());
        Callback::from(move |edited| {
            editing.set(None);
            let mut changed = Apps::clone(&apps);
            match edited {
                Edited::Cancelled => return,
                Edited::Removed => changed.remove(&name),
                // The form has checked it.
                Edited::Saved(app) => drop(changed.add(app, old.as_deref())),
            }
            storage::keep(storage::APPS, &changed);
            apps.set(changed);
        })
    };
    let app = if is_new { CallingApp::default() } else { app.clone() };
    html! { <Editor {app} {is_new} can_change={is_new || old.is_some()} {is_taken} {on_done} /> }
}

fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Records => "tab-records",
        Tab::Messages => "tab-messages",
        Tab::Scenarios => "tab-scenarios",
        Tab::Trouble => "tab-trouble",
    }
}

fn describe_page() {
    document().set_title(texts().shell.title);
    if let Some(root) = document().document_element() {
        // A page that keeps its language is read with the wrong voice, and still works.
        let _ = root.set_attribute("lang", texts().lang);
    }
}

fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
