use yew::prelude::*;

use crate::components::TextArea;
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;

#[derive(Properties, PartialEq)]
pub struct NotesProps {
    #[prop_or_default]
    pub hidden: bool,
    /// The text area.
    #[prop_or_default]
    pub node_ref: NodeRef,
}

/// The notes of the call.
#[component]
pub fn Notes(props: &NotesProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let notes = use_cti_selector(|state| state.call.as_ref().map(|call| call.notes.clone())).unwrap_or_default();
    html! {
        <TextArea
            id="callingnotes"
            label={texts.notes}
            placeholder={texts.notes_hint}
            value={notes}
            hidden={props.hidden}
            node_ref={&props.node_ref}
            oninput={move |notes| cti.set_notes(notes)}
        />
    }
}
