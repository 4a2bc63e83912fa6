use crate::{
    i18n::texts,
    page::files,
    transcript::{self, Messages, Transcript},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The messages that are shown and exported.
    pub messages: Messages,
    pub is_paused: bool,
    pub is_live: bool,
    pub on_pause: Callback<()>,
    pub on_clear: Callback<()>,
    /// The name of a file, and its transcript or the error.
    pub on_import: Callback<(String, Result<Transcript, String>)>,
}

/// The buttons to pause, clear, export and import.
#[component]
pub fn Tools(props: &Props) -> Html {
    let text = &texts().inspector;
    let picker = use_node_ref();
    let hold = props.on_pause.reform(|_| ());
    let clear = props.on_clear.reform(|_| ());
    let export = {
        let messages = props.messages.transcript.clone();
        move |_| files::download(&file_name(), "application/json", &transcript::export(&messages))
    };
    let pick = {
        let picker = picker.clone();
        move |_| files::pick(&picker)
    };
    let on_picked = {
        let on_import = props.on_import.clone();
        move |event: Event| {
            let on_import = on_import.clone();
            files::read(&event, move |name, read| {
                let text = &texts().inspector;
                let read = match read {
                    Some(read) => transcript::import(&read).map_err(|error| text.import_error(&error)),
                    None => Err(text.not_readable.to_owned()),
                };
                on_import.emit((name, read));
            });
        }
    };
    let is_empty = props.messages.transcript.is_empty();
    html! {
        <div class="buttons" role="group" aria-label={text.tools}>
            if props.is_live {
                <button
                    type="button"
                    class="button"
                    aria-pressed={props.is_paused.to_string()}
                    data-test-id="pause-messages"
                    onclick={hold}
                >
                    { text.pause }
                </button>
                <button type="button" class="button" data-test-id="clear-messages" onclick={clear}>{ text.clear }</button>
            }
            <button type="button" class="button" disabled={is_empty} data-test-id="export-messages" onclick={export}>
                { text.export }
            </button>
            <button type="button" class="button" data-test-id="import-messages" onclick={pick}>{ text.import }</button>
            <input
                ref={picker}
                type="file"
                accept=".json,application/json"
                hidden=true
                data-test-id="import-file"
                onchange={on_picked}
            />
        </div>
    }
}

/// `calling-transcript-` and the time, to the minute.
fn file_name() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    let minute: String =
        now.chars().take("2026-01-01T00:00".len()).map(|char| if char == ':' { '-' } else { char }).collect();
    format!("calling-transcript-{minute}.json")
}
