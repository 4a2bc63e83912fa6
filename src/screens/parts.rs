//! What several screens have in common.

mod notes;
mod records;

pub use notes::Notes;
pub use records::Records;

use call_model::{Call, phone_number};
use calling_extensions::message::Ms;
use yew::prelude::*;

use crate::components::{Button, ButtonVariant, Portrait, glyph};
use crate::hooks::{use_call_timer, use_cti, use_cti_selector};
use crate::i18n::{clock, texts};

/// A person.
pub fn person(rings: bool) -> Portrait {
    Portrait { glyph: glyph::PERSON, rings }
}

#[derive(Properties, PartialEq)]
pub struct TimerProps {
    /// When it started, in milliseconds since 1970.
    pub since: Ms,
}

/// The time that has passed: the only element of a screen that is rendered each second.
#[component]
pub fn Timer(props: &TimerProps) -> Html {
    let seconds = use_call_timer(props.since);
    html! { <span role="timer">{ clock(seconds) }</span> }
}

#[derive(Properties, PartialEq)]
pub struct EndCallProps {
    /// The text of the button.
    pub children: Html,
}

/// The button that ends the call, in any phase.
#[component]
pub fn EndCall(props: &EndCallProps) -> Html {
    let cti = use_cti();
    html! {
        <Button
            variant={ButtonVariant::Danger}
            glyph={glyph::HANG_UP}
            test_id="end-call"
            onclick={Callback::from(move |_| cti.hang_up())}
        >
            { props.children.clone() }
        </Button>
    }
}

#[derive(Properties, PartialEq)]
pub struct CallingWindowLinkProps {
    /// Shows the picture alone, where there is no room for the text.
    #[prop_or_default]
    pub compact: bool,
}

/// Opens HubSpot's calling window, in the frame that may open it. It is a link and not a verb: a browser opens a window only for
/// the page that was clicked in, and that may not be the leading frame.
#[component]
pub fn CallingWindowLink(props: &CallingWindowLinkProps) -> Html {
    let text = texts().open_window;
    let href = use_cti_selector(|state| state.host.as_ref().and_then(|host| host.calling_window()));
    html! {
        if let Some(href) = href {
            <Button
                variant={if props.compact { ButtonVariant::Icon } else { ButtonVariant::Link }}
                glyph={glyph::EXTERNAL}
                {href}
                title={text}
            >
                <span class={props.compact.then_some("visually-hidden")}>{ text }</span>
            </Button>
        }
    }
}

/// The other side of a call.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherSide {
    /// The name when there is exactly one match, else the number.
    pub name: String,
    /// `name` is the number.
    pub is_number: bool,
}

impl OtherSide {
    /// The name for a line of text. A number is never broken over two lines, and a name from right to left does not turn its
    /// surroundings around.
    pub fn html(&self) -> Html {
        let class = self.is_number.then_some("phone-number");
        html! { <bdi {class}>{ &self.name }</bdi> }
    }
}

/// The other side of a call: the name when there is exactly one match, else the number.
pub fn other_side(call: &Call) -> OtherSide {
    match caller_names(call).as_slice() {
        [(_, name)] => OtherSide { name: name.clone(), is_number: false },
        _ => OtherSide { name: phone_number::display(&call.number), is_number: true },
    }
}

/// Who may be on the other side, by name, with the index among the matches. A record without any name is left out.
pub fn caller_names(call: &Call) -> Vec<(usize, String)> {
    let name = |parts: [&Option<String>; 2]| {
        let parts: Vec<&str> =
            parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let names = call.callers.iter().map(|caller| {
        name([&caller.first_name, &caller.last_name])
            .or_else(|| name([&caller.name, &None]))
            .or_else(|| name([&caller.email, &None]))
    });
    names.enumerate().filter_map(|(index, name)| Some((index, name?))).collect()
}
