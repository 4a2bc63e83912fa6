//! From the state to the screen.

use call_model::State;
use call_model::state::{Link, Screen};
use web_sys::{EventTarget, HtmlElement};
use yew::prelude::*;

use crate::account::mock;
use crate::components::{Alert, Focus, is_button, is_outside, move_focus_into, moved_focus};
use crate::hooks::{Cti, use_call_timer, use_cti};
use crate::screens::{
    Choices, Hint, View, announcement, call_ended, calling, dialing, incoming, keypad, login, no_microphone,
    notice_text, timed_since, use_view,
};
use crate::texts::texts;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The phone that everything below drives.
    pub cti: Cti,
}

/// What the account gives to choose from. A fork names its own here.
const CHOICES: Choices = Choices { own_numbers: mock::OWN_NUMBERS, dispositions: mock::DISPOSITIONS };

/// The widget: the screen that the state asks for, and below it what there is to say besides.
#[component]
pub fn App(props: &Props) -> Html {
    let cti = &props.cti;
    let state = use_cti(cti);
    let view = use_view();
    let seconds = use_call_timer(cti, timed_since(&state));
    let screen = state.screen();
    view.begin(screen);
    {
        let (view, state) = (view.clone(), state.clone());
        use_effect(move || view.settle(&state));
    }
    let shown = match (screen, &state.call) {
        (Screen::NoMicrophone, _) => no_microphone(cti),
        (Screen::Keypad, _) => keypad(cti, &state, &view, CHOICES),
        (Screen::Calling, _) => calling(cti, &state, &view, seconds),
        (Screen::Incoming, Some(call)) => incoming(cti, call),
        (Screen::Dialing, Some(call)) => dialing(cti, call, seconds),
        (Screen::CallEnded, Some(call)) => call_ended(cti, call, seconds, CHOICES),
        (Screen::Login | Screen::Incoming | Screen::Dialing | Screen::CallEnded, _) => login(cti, &state),
    };
    let onpointerdown = {
        let view = view.clone();
        move |event: PointerEvent| close_menu_behind(&view, event.target())
    };
    let onfocusout = {
        let view = view.clone();
        move |event: FocusEvent| close_menu_behind(&view, event.related_target())
    };
    let onkeydown = {
        let view = view.clone();
        move |event: KeyboardEvent| press(&view, &event)
    };
    html! {
        <div class="frame" {onpointerdown} {onfocusout} {onkeydown}>
            { shown }
            { notices(cti, &state, &view) }
            // It stays: a region that comes with its text is often not read.
            <div class="unseen" role="status">{ announcement(&state) }</div>
        </div>
    }
}

/// A click or the focus elsewhere closes the open menu.
fn close_menu_behind(view: &View, target: Option<EventTarget>) {
    if view.shown().menu.is_some() && is_outside(target) {
        view.set_menu(None);
    }
}

/// Escape closes the open menu, and the arrow keys move in it; on the button of a closed one they open it.
fn press(view: &View, event: &KeyboardEvent) {
    let (key, is_open) = (event.key(), view.shown().menu.is_some());
    if is_open && key == "Escape" {
        view.leave_menu();
    } else if is_open && moved_focus(&key) {
        event.prevent_default();
    } else if !is_open && (key == "ArrowDown" || key == "ArrowUp") && is_button(event.target()) {
        event.prevent_default();
        event.target_unchecked_into::<HtmlElement>().click();
    }
}

/// What went wrong, oldest first; otherwise the hint, until that is closed.
fn notices(cti: &Cti, state: &State, view: &View) -> Html {
    let texts = texts();
    let hint = match state.link {
        // Without HubSpot there is nothing to see in the console, and something to say.
        Link::NoFrame => Hint::NoFrame,
        Link::Overdue => Hint::Overdue,
        Link::Waiting | Link::Connected => Hint::Console,
    };
    let notice = state.notices.first().map(notice_text);
    let is_error = notice.is_some();
    let children = match (notice, hint) {
        (Some((text, notes)), _) => {
            let notes = notes.map(|notes| html! { <span class="kept-notes" tabindex="0">{ notes }</span> });
            html! { <>{ text }{ notes }</> }
        }
        (None, hint) if view.shown().closed == Some(hint) => return Html::default(),
        (None, Hint::NoFrame) => with_link(texts.no_frame, SIMULATOR),
        (None, Hint::Overdue) => texts.handshake_overdue.into(),
        (None, Hint::Console) => with_link(texts.notice, INCOMING_CALLS),
    };
    let (cti, view) = (cti.clone(), view.clone());
    let on_close = Callback::from(move |_| {
        // The button that closes a notice goes away with it: the focus goes on to the screen.
        move_focus_into(Focus::Whole);
        if is_error {
            cti.dismiss_notice();
        } else {
            view.change(|shown| shown.closed = Some(hint));
        }
    });
    Alert { is_error, children, close_label: texts.close_notice, on_close }.view()
}

fn with_link([before, link, after]: [&'static str; 3], href: &'static str) -> Html {
    html! { <>{ before }<a {href} target="_blank" rel="noreferrer">{ link }</a>{ after }</> }
}

/// HubSpot at one's desk, served beside the widget.
const SIMULATOR: &str = "./simulator/";
/// HubSpot's page on incoming calls.
const INCOMING_CALLS: &str =
    "https://developers.hubspot.com/docs/api/crm/extensions/receive-calls-in-hubspot-when-using-calling-apps";
