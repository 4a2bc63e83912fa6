//! The form for an entry of *Call from*.

use super::kit::Dialog;
use crate::{
    apps::{App, AppError},
    i18n::texts,
};
use gloo::utils::window;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The result of the form.
#[derive(Clone, PartialEq)]
pub enum Edited {
    /// No change.
    Cancelled,
    /// The app was saved.
    Saved(App),
    /// The app was removed.
    Removed,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The initial values of the fields.
    pub app: App,
    /// Whether the app is new.
    pub is_new: bool,
    /// Whether the user added the app, and can therefore change it.
    pub can_change: bool,
    /// Returns whether another app has this name.
    pub is_taken: Callback<String, bool>,
    pub on_done: Callback<Edited>,
}

/// The form for an app. It can be filled in from the line for HubSpot's console, and shows that line.
#[component]
pub fn AppEditor(props: &Props) -> Html {
    let words = &texts().shell;
    let app = use_state(|| props.app.clone());
    let error = use_state_eq(|| None::<AppError>);
    let pasted = use_state_eq(String::new);
    let copied = use_state_eq(bool::default);
    let change = |change: fn(&mut App, HtmlInputElement)| {
        let (app, error, copied) = (app.clone(), error.setter(), copied.setter());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let mut changed = App::clone(&app);
                change(&mut changed, input);
                app.set(changed);
                error.set(None);
                copied.set(false);
            }
        })
    };
    let text = |id: &'static str, label: &'static str, value: String, kind: &'static str, on: Callback<InputEvent>| {
        let invalid = matches!(
            (id, *error),
            ("app-name", Some(AppError::NoName | AppError::NameTaken))
                | ("app-url", Some(AppError::NoUrl))
                | ("app-width" | "app-height", Some(AppError::Size))
        );
        html! {
            <div class="field">
                <label for={id}>{ label }</label>
                <input
                    {id}
                    type={kind}
                    {value}
                    oninput={on}
                    readonly={!props.can_change}
                    data-test-id={id}
                    aria-invalid={invalid.then_some("true")}
                    aria-describedby={invalid.then_some("app-error")}
                />
            </div>
        }
    };
    let check = |label: &'static str, checked: bool, on: Callback<InputEvent>| {
        html! {
            <label class="check"><input type="checkbox" {checked} oninput={on} disabled={!props.can_change} />{ label }</label>
        }
    };
    let take_over = {
        let (app, error, pasted) = (app.setter(), error.setter(), pasted.clone());
        move |_| match App::read(&pasted) {
            Ok(read) => {
                app.set(read);
                error.set(None);
            }
            Err(why) => error.set(Some(why)),
        }
    };
    let onpaste = {
        let pasted = pasted.setter();
        move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                pasted.set(area.value());
            }
        }
    };
    let onsubmit = {
        let (app, error, done, is_taken) = (app.clone(), error.setter(), props.on_done.clone(), props.is_taken.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match App::clone(&app).checked() {
                Ok(app) if is_taken.emit(app.name.clone()) => error.set(Some(AppError::NameTaken)),
                Ok(app) => done.emit(Edited::Saved(app)),
                Err(why) => error.set(Some(why)),
            }
        }
    };
    let line = app.console_line();
    let copy = {
        let (line, copied) = (line.clone(), copied.setter());
        move |_| {
            // Without access to the clipboard the line can still be selected and copied.
            let _ = window().navigator().clipboard().write_text(&line);
            copied.set(true);
        }
    };
    let done = |edited: Edited| props.on_done.reform(move |_: MouseEvent| edited.clone());
    html! {
        <Dialog
            title={if props.is_new { words.new_app } else { words.change_app }}
            on_cancel={props.on_done.reform(|()| Edited::Cancelled)}
            test_id="app-editor"
        >
            <form {onsubmit} novalidate=true>
                if props.is_new {
                    <div class="field">
                        <label for="app-import">{ words.import }</label>
                        <textarea id="app-import" rows="3" data-test-id="app-import" oninput={onpaste} value={(*pasted).clone()} />
                    </div>
                    <div>
                        <button type="button" class="button" data-test-id="app-take-over" onclick={take_over}>
                            { words.fill_in }
                        </button>
                    </div>
                }
                { text("app-name", words.app_name, app.name.clone(), "text", change(|app, input| app.name = input.value())) }
                { text("app-url", words.app_url, app.url.clone(), "url", change(|app, input| app.url = input.value())) }
                <div class="size-fields">
                    { text("app-width", words.width, app.width.to_string(), "number",
                        change(|app, input| app.width = input.value_as_number())) }
                    { text("app-height", words.height, app.height.to_string(), "number",
                        change(|app, input| app.height = input.value_as_number())) }
                </div>
                <div>
                    { check(words.is_ready, app.is_ready, change(|app, input| app.is_ready = input.checked())) }
                    { check(words.supports_custom_objects, app.supports_custom_objects,
                        change(|app, input| app.supports_custom_objects = input.checked())) }
                    { check(words.supports_inbound_calling, app.supports_inbound_calling,
                        change(|app, input| app.supports_inbound_calling = input.checked())) }
                    { check(words.uses_remote, app.uses_remote, change(|app, input| app.uses_remote = input.checked())) }
                    { check(words.uses_calling_window, app.uses_calling_window,
                        change(|app, input| app.uses_calling_window = input.checked())) }
                </div>
                <p id="app-error" class="error" role="alert" data-test-id="app-error">
                    { error.map(text_of).unwrap_or_default() }
                </p>
                <div class="field">
                    <label for="app-line">{ words.export }</label>
                    <textarea id="app-line" rows="4" readonly=true data-test-id="app-line" value={line} />
                </div>
                <div class="buttons">
                    if props.can_change && !props.is_new {
                        <button
                            type="button"
                            class="button first"
                            data-kind="danger"
                            data-test-id="app-remove"
                            onclick={done(Edited::Removed)}
                        >
                            { words.remove }
                        </button>
                    }
                    <button type="button" class="button" data-test-id="app-copy" onclick={copy}>
                        { if *copied { words.copied } else { words.copy } }
                    </button>
                    <button type="button" class="button" data-test-id="app-cancel" onclick={done(Edited::Cancelled)}>
                        { if props.can_change { words.cancel } else { words.close } }
                    </button>
                    if props.can_change {
                        <button type="submit" class="button" data-kind="primary" data-test-id="app-save">{ words.save }</button>
                    }
                </div>
            </form>
        </Dialog>
    }
}

fn text_of(error: AppError) -> &'static str {
    let words = &texts().shell;
    match error {
        AppError::NoName => words.error_no_name,
        AppError::NameTaken => words.error_name_taken,
        AppError::NoUrl => words.error_no_url,
        AppError::Size => words.error_size,
        AppError::NoObject => words.error_no_object,
        AppError::Unreadable => words.error_unreadable,
    }
}
