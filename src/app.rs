//! From the state to the screen.

use call_model::state::{Link, Screen};
use yew::prelude::*;

use crate::account::mock;
use crate::components::{Alert, AlertKind, Focus, move_focus_into};
use crate::hooks::{Cti, use_cti, use_state_of};
use crate::screens::{
    CallEnded, Calling, Choices, Dialing, Incoming, Keypad, Login, NoMicrophone, announcement, notice_text,
};
use crate::texts::texts;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The phone that everything below drives.
    pub cti: Cti,
}

/// What the account gives to choose from. A fork names its own here.
const CHOICES: Choices = Choices { own_numbers: mock::OWN_NUMBERS, dispositions: mock::DISPOSITIONS };

/// The widget.
#[component]
pub fn App(props: &Props) -> Html {
    html! {
        <ContextProvider<Cti> context={props.cti.clone()}>
            <Frame />
        </ContextProvider<Cti>>
    }
}

/// The screen that the state asks for, and below it what there is to say besides.
#[component]
fn Frame() -> Html {
    let screen = use_state_of(call_model::State::screen);
    let announced = use_state_of(announcement);
    let notices = use_notices();
    use_effect_with(screen, |_| {
        if let Some(root) = gloo::utils::document().document_element() {
            // A page that keeps its language is read with the wrong voice, and still works.
            let _ = root.set_attribute("lang", texts().lang);
        }
        move_focus_into(Focus::Start);
    });
    let class = "frame";
    let choices = CHOICES;
    html! {
        <div {class}>
            { match screen {
                Screen::Login => html! { <Login /> },
                Screen::NoMicrophone => html! { <NoMicrophone /> },
                Screen::Keypad => html! { <Keypad {choices} /> },
                Screen::Incoming => html! { <Incoming /> },
                Screen::Dialing => html! { <Dialing /> },
                Screen::Calling => html! { <Calling /> },
                Screen::CallEnded => html! { <CallEnded {choices} /> },
            } }
            { notices }
            // It stays: a region that comes with its text is often not read.
            <div class="unseen" role="status">{ announced }</div>
        </div>
    }
}

/// What went wrong, oldest first; otherwise where the messages can be seen, until that is closed.
#[hook]
fn use_notices() -> Html {
    let texts = texts();
    let cti = use_cti();
    let notice = use_state_of(|state| state.notices.first().map(notice_text));
    // Without HubSpot there is nothing to see in the console, and something to say.
    let trouble = match use_state_of(|state| state.link) {
        Link::NoFrame => Some(texts.no_frame),
        Link::Overdue => Some(texts.handshake_overdue),
        Link::Waiting | Link::Connected => None,
    };
    let closed = use_state_eq(|| None);
    let (kind, children) = match notice {
        Some((text, notes)) => {
            let class = "kept-notes";
            let notes = notes.map(|notes| html! { <span {class} tabindex="0">{ notes }</span> });
            (AlertKind::Error, html! { <>{ text }{ notes }</> })
        }
        None if *closed == Some(trouble) => return Html::default(),
        None if trouble.is_some() => (AlertKind::Info, Html::from(trouble.unwrap_or_default())),
        None => {
            let [before, link, after] = texts.notice;
            let hint = html! { <>{ before }<a href={INCOMING_CALLS} target="_blank" rel="noreferrer">{ link }</a>{ after }</> };
            (AlertKind::Info, hint)
        }
    };
    let on_close = Callback::from(move |_| {
        // The button that closes a notice goes away with it: the focus goes on to the screen.
        move_focus_into(Focus::Whole);
        match kind {
            AlertKind::Error => cti.dismiss_notice(),
            AlertKind::Info => closed.set(Some(trouble)),
        }
    });
    Alert { kind, children, close_label: texts.close_notice, on_close }.view()
}

/// HubSpot's page on incoming calls.
const INCOMING_CALLS: &str =
    "https://developers.hubspot.com/docs/api/crm/extensions/receive-calls-in-hubspot-when-using-calling-apps";
