use yew::prelude::*;

use crate::components::{Button, ButtonRow, ButtonVariant, Portrait, ScreenLayout, glyph};
use crate::hooks::use_cti;
use crate::i18n::texts;

/// The page may not use the microphone. Without this screen the user would make silent calls.
#[component]
pub fn NoMicrophone() -> Html {
    let texts = texts();
    let cti = use_cti();
    let on_log_out = {
        let cti = cti.clone();
        Callback::from(move |_| cti.log_out())
    };
    html! {
        <ScreenLayout
            title={texts.no_microphone_title}
            portrait={Portrait { glyph: glyph::MICROPHONE_OFF, rings: false }}
        >
            <p>{ texts.no_microphone }</p>
            <ButtonRow>
                <Button variant={ButtonVariant::Secondary} test_id="log-out" onclick={on_log_out}>{ texts.log_out }</Button>
                <Button test_id="ask-again" onclick={Callback::from(move |_| cti.retry_microphone())}>
                    { texts.ask_again }
                </Button>
            </ButtonRow>
        </ScreenLayout>
    }
}
