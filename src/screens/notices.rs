use call_model::{HostLink, Line, Notice, State, phone_number};
use stylist::yew::styled_component;
use yew::prelude::*;

use crate::components::{Alert, AlertKind, ScreenRef, focus};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::{fill_html, notice_text, texts, with_reason};

/// HubSpot's page on incoming calls.
const INCOMING_CALLS: &str =
    "https://developers.hubspot.com/docs/api-reference/latest/crm/extensions/calling-extensions/receive-incoming-calls";

/// What is shown below the screen.
#[derive(Clone, PartialEq)]
enum Shown {
    /// The user is not heard, or hears nothing.
    #[cfg(feature = "audio")]
    Audio(super::audio::Warning),
    /// Something went wrong, oldest first.
    Notice(Notice),
    /// The phone system is not connected.
    Line(Line),
    /// A hint, until the user closes it.
    Hint(Hint),
}

#[derive(Clone, Copy, PartialEq)]
enum Hint {
    /// Where the messages can be seen.
    Console,
    /// The page is not in HubSpot.
    NoFrame,
    /// HubSpot has not answered.
    Overdue,
}

/// What went wrong, else the state of the line, else a hint.
#[styled_component]
pub fn Notices() -> Html {
    let texts = texts();
    let cti = use_cti();
    let shown = use_cti_selector(shown);
    let closed_hint = use_state_eq(|| None::<Hint>);
    let notes_class = css!(
        r#"display: block; max-height: 88px; margin-top: 4px; overflow: auto; color: var(--soft); white-space: pre-wrap;"#
    );
    let ScreenRef(screen) = use_context().unwrap_or_default();
    // The button that closes the alert goes away with it: the focus goes back to the screen.
    let on_close = |close: Callback<()>| {
        let screen = screen.clone();
        Callback::from(move |_: MouseEvent| {
            focus(&screen);
            close.emit(());
        })
    };
    match shown {
        #[cfg(feature = "audio")]
        Shown::Audio(warning) => html! { <super::audio::AudioWarning {warning} /> },
        Shown::Notice(notice) => {
            let (text, notes) = notice_html(&notice);
            html! {
                <Alert
                    kind={AlertKind::Error}
                    close_label={texts.close_notice}
                    on_close={on_close(Callback::from(move |()| cti.dismiss_notice()))}
                >
                    { text }
                    if let Some(notes) = notes { <span class={notes_class} dir="auto" tabindex="0">{ notes }</span> }
                </Alert>
            }
        }
        Shown::Line(Line::Lost { reason }) => html! {
            <Alert kind={AlertKind::Error} close_label={texts.close_notice}>{ with_reason(texts.line_lost, &reason) }</Alert>
        },
        Shown::Line(_) => html! { <Alert close_label={texts.close_notice}>{ texts.connecting }</Alert> },
        Shown::Hint(hint) if *closed_hint == Some(hint) => Html::default(),
        Shown::Hint(hint) => html! {
            <Alert
                close_label={texts.close_notice}
                on_close={on_close(Callback::from(move |()| closed_hint.set(Some(hint))))}
            >
                { match hint {
                    Hint::NoFrame => html! {
                        <>
                            { texts.no_frame }
                            // <simulator>
                            { " " }{ with_link(texts.in_simulator, simulator()) }
                            // </simulator>
                        </>
                    },
                    Hint::Overdue => texts.handshake_overdue.into(),
                    Hint::Console => with_link(texts.notice, INCOMING_CALLS.into()),
                } }
            </Alert>
        },
    }
}

fn shown(state: &State) -> Shown {
    #[cfg(feature = "audio")]
    if let Some(warning) = super::audio::Warning::of(state) {
        return Shown::Audio(warning);
    }
    if let Some(notice) = state.notices.first() {
        return Shown::Notice(notice.clone());
    }
    match (&state.line, state.link) {
        (line @ (Line::Lost { .. } | Line::Connecting), _) => Shown::Line(line.clone()),
        // Without HubSpot there are no messages in the console.
        (_, HostLink::NoFrame) => Shown::Hint(Hint::NoFrame),
        (_, HostLink::Overdue) => Shown::Hint(Hint::Overdue),
        (_, HostLink::Waiting | HostLink::Connected) => Shown::Hint(Hint::Console),
    }
}

/// A notice in words, and the notes that it saves from being lost.
fn notice_html(notice: &Notice) -> (Html, Option<String>) {
    match notice {
        Notice::RefusedCall { number } => {
            let number = html! { <bdi class="phone-number">{ phone_number::display(number) }</bdi> };
            (fill_html(texts().refused_call, number), None)
        }
        _ => {
            let (text, notes) = notice_text(notice);
            (text.into(), notes)
        }
    }
}

fn with_link([before, link, after]: [&'static str; 3], href: AttrValue) -> Html {
    html! { <>{ before }<a {href} target="_blank" rel="noreferrer">{ link }</a>{ after }</> }
}

// <simulator>
/// The simulator's address: beside the deployed widget; while the widget is developed, at the next port.
fn simulator() -> AttrValue {
    let location = gloo::utils::window().location();
    match (location.protocol(), location.hostname(), location.port().map(|port| port.parse::<u16>())) {
        (Ok(protocol), Ok(host), Ok(Ok(port))) if cfg!(debug_assertions) => {
            format!("{protocol}//{host}:{}/", port.wrapping_add(1)).into()
        }
        _ => "./simulator/".into(),
    }
}
// </simulator>
