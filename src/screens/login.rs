use stylist::yew::styled_component;
use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::account::Credentials;
use crate::components::{Button, ButtonVariant, Focus, Glyph, Icon, Screen, TextField};
use crate::hooks::{use_auto_focus, use_cti};
use crate::texts::texts;

/// Asks for a name and a password; Enter logs in from either field.
#[styled_component]
pub fn Login() -> Html {
    let texts = texts();
    let cti = use_cti();
    let user_name = use_state(String::new);
    let password = use_state(String::new);
    let first = use_auto_focus();
    let onsubmit = {
        let (cti, user_name, password) = (cti.clone(), user_name.clone(), password.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.log_in(Credentials::Password { user_name: (*user_name).clone(), password: (*password).clone() });
        }
    };
    let on_user_name = move_into(&user_name);
    let on_password = move_into(&password);
    let brand = css!(
        r#"
        display: grid; place-items: center; width: 64px; height: 64px; margin: clamp(4px, 5vh, 40px) 0 12px; border-radius: 20px;
        background: var(--fill); color: var(--on-fill);

        @media (max-height: 560px) { width: 40px; height: 40px; margin: 0 0 6px; border-radius: 12px; svg { width: 20px; } }
        "#
    );
    let form = css!(
        r#"
        display: flex; flex-direction: column; gap: 16px; width: 100%; max-width: 344px; margin: 8px auto 0;

        button { min-height: 48px; border-radius: 24px; }
        button[type="submit"] { margin-top: 8px; }
        "#
    );
    html! {
        <Screen
            title={texts.log_in_title}
            focus={Focus::Own}
            top={html! { <div class={brand} aria-hidden="true"><Icon glyph={Glyph::Phone} size={32} /></div> }}
        >
            <form class={form} {onsubmit}>
                <TextField
                    id="user-name"
                    label={texts.user_name}
                    autocomplete="username"
                    value={(*user_name).clone()}
                    oninput={on_user_name}
                    node_ref={first}
                />
                <TextField
                    id="password"
                    label={texts.password}
                    r#type="password"
                    autocomplete="current-password"
                    value={(*password).clone()}
                    oninput={on_password}
                />
                <Button r#type="submit" test_id="log-in">{ texts.log_in }</Button>
                <Button
                    variant={ButtonVariant::Link}
                    test_id="log-in-sso"
                    onclick={move |_| cti.log_in(Credentials::SingleSignOn)}
                >
                    { texts.sso }
                </Button>
            </form>
        </Screen>
    }
}

fn move_into(state: &UseStateHandle<String>) -> Callback<String> {
    let state = state.clone();
    Callback::from(move |text| state.set(text))
}
