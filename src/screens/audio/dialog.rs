use std::rc::Rc;

use stylist::yew::styled_component;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::device_select::DeviceSelect;
use super::microphone_level::MicrophoneLevel;
use super::quality::QualityDetails;
use crate::components::{Button, ButtonRow, ButtonVariant};
use crate::hooks::{use_audio_devices, use_audio_settings};
use crate::i18n::texts;
use crate::telephony::media::{AudioSettings, Device, TestSound, can_choose_speaker};

#[derive(Properties, PartialEq)]
pub struct AudioDialogProps {
    /// Called when the user has closed it.
    pub on_close: Callback<()>,
}

/// The quality of the call that is on, the devices with a way to try them out, and what is done to the sound. The microphone is
/// open for as long as the dialog is.
#[styled_component]
pub fn AudioDialog(props: &AudioDialogProps) -> Html {
    let texts = &texts().audio;
    let settings = use_audio_settings();
    let can_name_devices = use_state_eq(|| false);
    let devices = use_audio_devices(*can_name_devices);
    let dialog = use_node_ref();
    let sound = use_mut_ref(|| None::<TestSound>);
    let is_silent = use_state_eq(|| false);
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // It is in the page and not open.
                let _ = dialog.show_modal();
            }
        });
    }
    // As a bottom sheet: the title of the screen stays in view.
    let class = css!(
        r#"
        width: 100%; max-width: 440px; max-height: 92%; margin: auto auto 0; padding: 16px clamp(12px, 6vw, 28px) 0; border: 0;
        border-radius: 18px 18px 0 0; background: var(--page); color: var(--text); text-align: start; box-shadow: var(--lift); overflow: auto;
        scrollbar-width: thin;

        &[open] { display: flex; flex-direction: column; gap: clamp(8px, 2vh, 14px); }
        &::backdrop { background: #0006; }
        h2 { font-size: 17px; font-weight: 600; text-align: center; }
        fieldset { display: flex; flex-direction: column; margin: 0; padding: 0; border: 0; }
        legend { padding: 0; font-size: 13px; font-weight: 600; }
        fieldset label { display: flex; align-items: center; gap: 10px; min-height: 44px; }
        [type="checkbox"] { flex: none; width: 20px; height: 20px; margin: 0; accent-color: var(--fill); }
        .done { position: sticky; bottom: 0; margin-top: -8px; padding: 8px 0 16px; background: var(--page); }
        .hint { font-size: 13px; color: var(--soft); }
        @media (forced-colors: active) { border-top: 1px solid CanvasText; }
        "#
    );
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close(); // gives the focus back, and calls `onclose`
            }
        })
    };
    let onclose = {
        let on_close = props.on_close.clone();
        move |_| on_close.emit(())
    };
    let on_permission = use_callback((), {
        let can_name_devices = can_name_devices.setter();
        move |(), ()| can_name_devices.set(true)
    });
    let change = |change: fn(&mut AudioSettings, Option<Device>)| {
        let settings = settings.clone();
        Callback::from(move |device: Option<Device>| settings.update(|settings| change(settings, device)))
    };
    let switch = |id: &'static str, text: &'static str, on: bool, change: fn(&mut AudioSettings, bool)| {
        let settings = settings.clone();
        let onchange = move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            settings.update(|settings| change(settings, on));
        };
        html! { <label><input type="checkbox" data-test-id={id} checked={on} {onchange} />{ text }</label> }
    };
    let test = |test_id: &'static str, device: Option<&Device>| {
        let (sound, is_silent, device) = (Rc::clone(&sound), is_silent.setter(), device.cloned());
        let onclick = Callback::from(move |_| {
            let playing = TestSound::play(device.as_ref());
            is_silent.set(playing.is_err());
            sound.replace(playing.ok());
        });
        html! { <Button variant={ButtonVariant::Secondary} {test_id} {onclick}>{ texts.test_sound }</Button> }
    };
    let AudioSettings { microphone, speaker, ringer, .. } = &*settings;
    html! {
        <dialog ref={dialog} {class} aria-labelledby="audio-title" {onclose}>
            <h2 id="audio-title">{ texts.title }</h2>
            <QualityDetails />
            <DeviceSelect
                id="microphone-select"
                label={texts.microphone}
                chosen={microphone.clone()}
                devices={devices.microphones.clone()}
                onchange={change(|settings, device| settings.microphone = device)}
            >
                <MicrophoneLevel settings={(*settings).clone()} {on_permission} />
            </DeviceSelect>
            if can_choose_speaker() {
                <DeviceSelect
                    id="speaker-select"
                    label={texts.speaker}
                    chosen={speaker.clone()}
                    devices={devices.speakers.clone()}
                    onchange={change(|settings, device| settings.speaker = device)}
                >
                    { test("test-speaker", speaker.as_ref()) }
                </DeviceSelect>
                <DeviceSelect
                    id="ringer-select"
                    label={texts.ringer}
                    chosen={ringer.clone()}
                    devices={devices.speakers.clone()}
                    onchange={change(|settings, device| settings.ringer = device)}
                >
                    { test("test-ringer", ringer.as_ref()) }
                </DeviceSelect>
            } else {
                <p class="hint">{ texts.not_chosen_here }</p>
                { test("test-speaker", None) }
            }
            if *is_silent { <p class="hint" role="alert">{ texts.no_test_sound }</p> }
            <fieldset>
                <legend>{ texts.switches }</legend>
                { switch("echo-cancellation", texts.echo_cancellation, settings.echo_cancellation, |settings, on| settings.echo_cancellation = on) }
                { switch("noise-suppression", texts.noise_suppression, settings.noise_suppression, |settings, on| settings.noise_suppression = on) }
                { switch("auto-gain-control", texts.auto_gain_control, settings.auto_gain_control, |settings, on| settings.auto_gain_control = on) }
            </fieldset>
            <div class="done">
                <ButtonRow><Button test_id="audio-done" onclick={close}>{ texts.done }</Button></ButtonRow>
            </div>
        </dialog>
    }
}
