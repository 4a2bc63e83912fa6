use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::account::Credentials;
use crate::components::{Button, ButtonVariant, Glyph, Screen, TextField, icon};
use crate::hooks::use_cti;
use crate::texts::texts;

/// Asks for a name and a password; Enter logs in from either field.
#[component]
pub fn Login() -> Html {
    let texts = texts();
    let cti = use_cti();
    let user_name = use_state(String::new);
    let password = use_state(String::new);
    let onsubmit = {
        let (cti, user_name, password) = (cti.clone(), user_name.clone(), password.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.log_in(Credentials::Password { user_name: (*user_name).clone(), password: (*password).clone() });
        }
    };
    let field = |id, label, r#type, autocomplete, state: &UseStateHandle<String>, focus| {
        let (value, setter) = (AttrValue::from((**state).clone()), state.setter());
        let oninput = Callback::from(move |text| setter.set(text));
        TextField { id, label, r#type, autocomplete, value, oninput, focus, test_id: None }.view()
    };
    let log_in = Button { text: texts.log_in.into(), submits: true, test_id: Some("log-in"), ..Button::default() };
    let sso = Button {
        variant: ButtonVariant::Link,
        text: texts.sso.into(),
        test_id: Some("log-in-sso"),
        onclick: Callback::from(move |_| cti.log_in(Credentials::SingleSignOn)),
        ..Button::default()
    };
    let brand = "brand";
    let form = "log-in";
    Screen {
        title: texts.log_in_title.into(),
        top: html! { <div class={brand} aria-hidden="true">{ icon(Glyph::Phone, "32") }</div> },
        children: html! {
            <form class={form} {onsubmit}>
                { field("user-name", texts.user_name, "text", "username", &user_name, true) }
                { field("password", texts.password, "password", "current-password", &password, false) }
                { log_in.view() }
                { sso.view() }
            </form>
        },
        ..Screen::default()
    }
    .view()
}
