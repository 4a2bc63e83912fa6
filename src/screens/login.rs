use call_model::State;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::parts::{calling_window, on_click};
use crate::account::Credentials;
use crate::components::{Button, ButtonVariant, Glyph, Screen, TextField, icon};
use crate::hooks::Cti;
use crate::texts::texts;

const USER_NAME: &str = "user-name";
const PASSWORD: &str = "password";

/// Asks for a name and a password; Enter logs in from either field. While the answer is to come, the buttons keep the focus and
/// do nothing.
pub fn login(cti: &Cti, state: &State) -> Html {
    let (texts, busy) = (texts(), state.logging_in);
    let onsubmit = {
        let cti = cti.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.log_in(Credentials::Password { user_name: typed(USER_NAME), password: typed(PASSWORD) });
        }
    };
    let user_name =
        TextField { id: USER_NAME, label: texts.user_name, r#type: "text", autocomplete: "username", focus: true };
    let password = TextField {
        id: PASSWORD,
        label: texts.password,
        r#type: "password",
        autocomplete: "current-password",
        focus: false,
    };
    let log_in = Button { submits: true, busy, test_id: Some("log-in"), ..Button::PLAIN };
    let sso = Button { variant: ButtonVariant::Link, busy, test_id: Some("log-in-sso"), ..Button::PLAIN };
    Screen {
        key: "log-in",
        title: texts.log_in_title.into(),
        title_hidden: false,
        top: html! { <div class="brand" aria-hidden="true">{ icon(Glyph::Phone, "32") }</div> },
        subtitle: Html::default(),
        children: html! {
            <form class="log-in" {onsubmit}>
                { user_name.view() }
                { password.view() }
                { log_in.view(if busy { texts.logging_in } else { texts.log_in }.into(), None) }
                { sso.view(texts.sso.into(), on_click(cti, |cti| cti.log_in(Credentials::SingleSignOn))) }
                { calling_window(state) }
            </form>
        },
    }
    .view()
}

/// What is in the field with this id. The fields keep their texts themselves: nothing else needs to know a password.
fn typed(id: &str) -> String {
    let field = gloo::utils::document().get_element_by_id(id);
    field.map(|field| wasm_bindgen::JsCast::unchecked_into::<HtmlInputElement>(field).value()).unwrap_or_default()
}
