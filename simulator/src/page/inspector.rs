//! The messages, and what the check finds in them.

use super::Panel;
use crate::transcript::Direction;
use yew::prelude::*;

/// Every message, live.
#[component]
pub fn Inspector(panel: &Panel) -> Html {
    let rows = panel.messages.transcript.iter().rev().map(|(_, entry)| {
        let arrow = if entry.direction == Direction::ToWidget { "→" } else { "←" };
        html! { <li data-test-id="message-row" data-type={entry.kind().to_owned()}>{ arrow }{ " " }{ entry.kind().to_owned() }</li> }
    });
    html! { <ol>{ for rows }</ol> }
}
