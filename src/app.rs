//! From the state to the screen.

use call_model::state::Screen;
use stylist::yew::styled_component;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::account::mock;
use crate::components::{Alert, AlertKind, LiveRegion};
use crate::hooks::{Cti, use_cti, use_state_of};
use crate::screens::{CallEnded, Calling, Choices, Dialing, Incoming, Keypad, Login, announcement, notice_text};
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
    use_effect_with((), |()| {
        if let Some(root) = gloo::utils::document().document_element() {
            // A page that keeps its language is read with the wrong voice, and still works.
            let _ = root.set_attribute("lang", texts().lang);
        }
    });
    html! {
        <ContextProvider<Cti> context={props.cti.clone()}>
            <Frame choices={CHOICES} />
        </ContextProvider<Cti>>
    }
}

#[derive(Properties, PartialEq)]
struct FrameProps {
    choices: Choices,
}

/// The screen that the state asks for, and below it what there is to say besides.
#[styled_component]
fn Frame(props: &FrameProps) -> Html {
    let screen = use_state_of(call_model::State::screen);
    let class = css!(r#"display: flex; flex-direction: column; height: 100vh; height: 100dvh; overflow: hidden;"#);
    let choices = props.choices;
    html! {
        <div {class}>
            { match screen {
                Screen::Login => html! { <Login /> },
                Screen::Keypad => html! { <Keypad {choices} /> },
                Screen::Incoming => html! { <Incoming /> },
                Screen::Dialing => html! { <Dialing /> },
                Screen::Calling => html! { <Calling /> },
                Screen::CallEnded => html! { <CallEnded {choices} /> },
            } }
            <Notices />
            <Announcer />
        </div>
    }
}

/// Tells a screen reader what has happened.
#[component]
fn Announcer() -> Html {
    let text = use_state_of(announcement);
    html! { <LiveRegion {text} /> }
}

/// What went wrong, oldest first; otherwise where the messages can be seen, until that is closed.
#[styled_component]
fn Notices() -> Html {
    let texts = texts();
    let cti = use_cti();
    let notice = use_state_of(|state| state.notices.first().map(notice_text));
    let hint_closed = use_state_eq(|| false);
    let notes_class = css!(
        r#"display: block; max-height: 88px; margin-top: 4px; overflow: auto; color: var(--soft); white-space: pre-wrap;"#
    );
    if let Some((text, notes)) = notice {
        return html! {
            <Alert kind={AlertKind::Error} close_label={texts.close_notice} on_close={move |()| { focus_main(); cti.dismiss_notice(); }}>
                { text }
                if let Some(notes) = notes { <span class={notes_class} tabindex="0">{ notes }</span> }
            </Alert>
        };
    }
    if *hint_closed {
        return Html::default();
    }
    let [before, link, after] = texts.notice;
    html! {
        <Alert close_label={texts.close_notice} on_close={move |()| { focus_main(); hint_closed.set(true); }}>
            { before }
            <a
                href="https://developers.hubspot.com/docs/api/crm/extensions/receive-calls-in-hubspot-when-using-calling-apps"
                target="_blank"
                rel="noreferrer"
            >
                { link }
            </a>
            { after }
        </Alert>
    }
}

/// The button that closes a notice goes away with it: the focus goes on to the screen.
fn focus_main() {
    let main = gloo::utils::document().query_selector("main").ok().flatten();
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        // Nothing is lost where an element refuses the focus.
        let _ = main.focus();
    }
}
