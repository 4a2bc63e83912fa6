use stylist::yew::styled_component;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::parts::CallingWindowLink;
use crate::account::Credentials;
use crate::components::{Button, ButtonType, ButtonVariant, Focus, Icon, ScreenLayout, TextField, glyph};
use crate::hooks::{use_auto_focus, use_cti, use_cti_selector};
use crate::i18n::texts;

/// Asks for a name and a password; Enter logs in from either field. Until the answer is there the buttons keep the focus and do
/// nothing.
#[styled_component]
pub fn Login() -> Html {
    let texts = texts();
    let cti = use_cti();
    let busy = use_cti_selector(|state| state.logging_in);
    // The fields keep their texts themselves: nothing else needs to know a password.
    let user_name = use_auto_focus();
    let password = use_node_ref();
    let onsubmit = {
        let (cti, user_name, password) = (cti.clone(), user_name.clone(), password.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.log_in(Credentials::Password { user_name: text_in(&user_name), password: text_in(&password) });
        }
    };
    let brand = css!(
        r#"
        display: grid; place-items: center; width: 64px; height: 64px; margin: clamp(4px, 5vh, 40px) 0 12px;
        border-radius: 20px; background: var(--fill); color: var(--on-fill);

        @media (max-height: 560px) {
            width: 40px; height: 40px; margin: 0 0 6px; border-radius: 12px;
            svg { width: 20px; }
        }
        "#
    );
    let form = css!(
        r#"
        display: flex; flex-direction: column; gap: clamp(6px, 2vh, 16px); width: 100%; max-width: 344px; margin: 8px auto 0;

        & > button { min-height: clamp(44px, 7.4vh, 48px); border-radius: 24px; }
        & > [type="submit"] { margin-top: 8px; }
        "#
    );
    html! {
        <ScreenLayout
            title={texts.log_in_title}
            focus={Focus::Own}
            above={html! { <div class={brand} aria-hidden="true"><Icon glyph={glyph::PHONE} size={32} /></div> }}
        >
            <form class={form} {onsubmit}>
                <TextField id="user-name" label={texts.user_name} autocomplete="username" node_ref={user_name} />
                <TextField
                    id="password"
                    r#type="password"
                    label={texts.password}
                    autocomplete="current-password"
                    node_ref={password}
                />
                <Button r#type={ButtonType::Submit} {busy} test_id="log-in">
                    { if busy { texts.logging_in } else { texts.log_in } }
                </Button>
                <Button
                    variant={ButtonVariant::Link}
                    {busy}
                    test_id="log-in-sso"
                    onclick={Callback::from(move |_| cti.log_in(Credentials::SingleSignOn))}
                >
                    { texts.sso }
                </Button>
                <CallingWindowLink />
            </form>
        </ScreenLayout>
    }
}

fn text_in(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}
