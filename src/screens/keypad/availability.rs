use stylist::yew::styled_component;
use yew::prelude::*;

use crate::components::{Menu, MenuItem, MenuItemRole, glyph};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;
use crate::screens::number_field::{NumberForm, use_number_field};

/// The menu for availability and ringtone, with a form that simulates an incoming call.
#[styled_component]
pub fn Availability() -> Html {
    let texts = texts();
    let cti = use_cti();
    let (available, muted, can_simulate) =
        use_cti_selector(|state| (state.available, state.ringtone_muted, state.capabilities.simulate_incoming));
    let simulating = use_state_eq(|| false);
    // Here and not in the form, so that the number stays when the menu is closed.
    let caller = use_number_field();
    let class = css!(
        r#"
        .dot { flex: none; width: 10px; height: 10px; border-radius: 50%; background: var(--danger); }
        .dot.on { background: var(--ok); }
        @media (max-width: 160px) { .dot { display: inline-block; margin-inline-end: 4px; } }
        hr { height: 0; margin: 6px 12px; border: 0; border-top: 1px solid var(--line); }
        form { padding: 8px clamp(0px, 16vw - 24px, 12px) 12px; }
        @media (forced-colors: active) { .dot { forced-color-adjust: none; } }
        "#
    );
    let dot = |on: bool| html! { <span class={classes!("dot", on.then_some("on"))} aria-hidden="true" /> };
    let choice = |value: bool, text: &'static str, test_id: &'static str| {
        let (cti, simulating) = (cti.clone(), simulating.clone());
        let onclick = move |_| {
            if !value {
                simulating.set(false);
            }
            cti.set_available(value);
        };
        html! {
            <MenuItem role={MenuItemRole::Radio} checked={available == value} closes=false leading={dot(value)} {test_id} {onclick}>
                { text }
            </MenuItem>
        }
    };
    let toggle_form = {
        let (simulating, caller) = (simulating.clone(), caller.clone());
        move |_| {
            caller.set(None);
            simulating.set(!*simulating);
        }
    };
    let toggle_ringtone = {
        let cti = cti.clone();
        move |_| cti.set_ringtone(muted)
    };
    let simulate = {
        let cti = cti.clone();
        Callback::from(move |number: String| cti.simulate_incoming(&number))
    };
    let footer = html! {
        if *simulating {
            <NumberForm
                handle={caller}
                label={texts.incoming_number}
                field_test_id="incoming-number-input"
                glyph={glyph::PHONE}
                button_test_id="incoming-call"
                on_submit={simulate}
            >
                { texts.call_me }
            </NumberForm>
        }
    };
    html! {
        <div {class}>
            <Menu
                id="availability"
                test_id="toggle-availability"
                menu_label={texts.availability}
                label={html! { <>{ dot(available) }{ if available { texts.available } else { texts.unavailable } }</> }}
                {footer}
            >
                { choice(true, texts.available, "user-available") }
                { choice(false, texts.unavailable, "user-unavailable") }
                <hr />
                <MenuItem
                    role={MenuItemRole::Checkbox}
                    checked={!muted}
                    closes=false
                    test_id="ringing"
                    onclick={toggle_ringtone}
                >
                    { texts.ringtone }
                </MenuItem>
                if can_simulate {
                    <MenuItem
                        expanded={*simulating}
                        disabled={!available}
                        closes=false
                        test_id="toggle-incoming-call-option"
                        onclick={toggle_form}
                    >
                        { texts.trigger_incoming }
                    </MenuItem>
                }
            </Menu>
        </div>
    }
}
