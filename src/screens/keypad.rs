mod availability;
#[cfg(feature = "audio")]
mod availability_and_audio;
mod from_number;

use stylist::yew::styled_component;
use yew::prelude::*;

#[cfg(not(feature = "audio"))]
use self::availability::Availability;
#[cfg(feature = "audio")]
use self::availability_and_audio::AvailabilityAndAudio as Availability;
use self::from_number::FromNumber;
use super::number_field::{NumberField, use_number_field};
use super::parts::CallingWindowLink;
use crate::components::{Button, ButtonType, ButtonVariant, DialPad, Focus, ScreenLayout, glyph};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;

/// No call: a number is chosen and called, by Enter too.
#[styled_component]
pub fn Keypad() -> Html {
    let texts = texts();
    let cti = use_cti();
    let can_dial = use_cti_selector(call_model::State::can_dial);
    let request =
        use_cti_selector(|state| state.dial_request.as_ref().map(|request| (request.serial, request.number.clone())));
    let number = use_number_field();
    {
        let number = number.clone();
        use_effect_with(request, move |request| {
            number.set(request.as_ref().map(|(_, number)| number.as_str()));
        });
    }
    {
        let number = number.clone();
        use_effect_with((), move |()| number.focus());
    }
    let bar = css!(
        r#"
        display: flex; flex: none; flex-wrap: wrap; align-items: center; margin: 0 -8px -4px;

        & > :first-child { margin-inline-end: auto; }
        & > button { white-space: nowrap; }
        @media (max-width: 240px) { & > button { white-space: normal; } }
        "#
    );
    let form = css!(
        r#"
        display: flex; flex: none; flex-direction: column; gap: clamp(8px, 2.4vh, 18px); width: 100%; max-width: 344px;
        margin: 0 auto;

        & > [type="submit"] { align-self: center; min-width: min(176px, 100%); min-height: 48px; border-radius: 24px; }
        "#
    );
    let onsubmit = {
        let cti = cti.clone();
        number.on_submit(Callback::from(move |number: String| cti.dial(&number)))
    };
    let on_key = {
        let number = number.clone();
        use_callback((), move |key: char, ()| number.press(key))
    };
    html! {
        <ScreenLayout title={texts.keypad_title} title_hidden=true focus={Focus::Own}>
            <div class={bar}>
                <Availability />
                <CallingWindowLink compact=true />
                <Button
                    variant={ButtonVariant::Link}
                    test_id="log-out"
                    onclick={Callback::from(move |_| cti.log_out())}
                >
                    { texts.log_out }
                </Button>
            </div>
            <form class={form} {onsubmit}>
                <NumberField handle={number.clone()} label={texts.phone_number} test_id="dial-number-input" />
                <DialPad label={texts.keys} {on_key} />
                <Button
                    r#type={ButtonType::Submit}
                    glyph={glyph::PHONE}
                    test_id="outgoing-call"
                    disabled={!can_dial || !number.is_dialable()}
                >
                    { texts.call }
                </Button>
            </form>
            <FromNumber />
        </ScreenLayout>
    }
}
