//! From the state to the screen.

use call_model::State;
use call_model::state::{Link, Screen};
use yew::prelude::*;

use crate::account::mock;
use crate::components::{Alert, Focus, move_focus_into};
use crate::hooks::{Cti, use_cti};
use crate::screens::{
    Calling, Choices, Keypad, announcement, call_ended, dialing, incoming, login, no_microphone, notice_text,
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
    let closed = use_state_eq(|| None);
    let screen = state.screen();
    use_effect_with(screen, |_| {
        if let Some(root) = gloo::utils::document().document_element() {
            // A page that keeps its language is read with the wrong voice, and still works.
            let _ = root.set_attribute("lang", texts().lang);
        }
        move_focus_into(Focus::Start);
    });
    let shown = match (screen, &state.call) {
        (Screen::NoMicrophone, _) => no_microphone(cti),
        (Screen::Keypad, _) => html! { <Keypad cti={cti.clone()} state={state.clone()} choices={CHOICES} /> },
        (Screen::Calling, _) => html! { <Calling cti={cti.clone()} state={state.clone()} choices={CHOICES} /> },
        (Screen::Incoming, Some(call)) => incoming(cti, call),
        (Screen::Dialing, Some(call)) => dialing(cti, call),
        (Screen::CallEnded, Some(call)) => call_ended(cti, call, CHOICES),
        (Screen::Login | Screen::Incoming | Screen::Dialing | Screen::CallEnded, _) => login(cti, &state),
    };
    html! {
        <div class="frame">
            { shown }
            { notices(cti, &state, &closed) }
            // It stays: a region that comes with its text is often not read.
            <div class="unseen" role="status">{ announcement(&state) }</div>
        </div>
    }
}

/// What is said below the screen while nothing is wrong with a call.
#[derive(Clone, Copy, PartialEq)]
enum Hint {
    /// Where the messages can be seen.
    Console,
    NoFrame,
    Overdue,
}

/// What went wrong, oldest first; otherwise the hint, until that is closed.
fn notices(cti: &Cti, state: &State, closed: &UseStateHandle<Option<Hint>>) -> Html {
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
        (None, hint) if **closed == Some(hint) => return Html::default(),
        (None, Hint::NoFrame) => with_link(texts.no_frame, SIMULATOR),
        (None, Hint::Overdue) => texts.handshake_overdue.into(),
        (None, Hint::Console) => with_link(texts.notice, INCOMING_CALLS),
    };
    let (cti, closed) = (cti.clone(), closed.setter());
    let on_close = Callback::from(move |_| {
        // The button that closes a notice goes away with it: the focus goes on to the screen.
        move_focus_into(Focus::Whole);
        if is_error {
            cti.dismiss_notice();
        } else {
            closed.set(Some(hint));
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
