use stylist::yew::styled_component;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::i18n::{fill, texts};
use crate::telephony::media::{Device, available};

#[derive(Properties, PartialEq)]
pub struct DeviceSelectProps {
    /// The id of the list, and its `data-test-id`.
    pub id: AttrValue,
    pub label: AttrValue,
    /// What the user has chosen; it may be gone. Absent for the device that the system chooses.
    pub chosen: Option<Device>,
    /// The devices that are there.
    pub devices: Vec<Device>,
    /// Gets what the user chooses.
    pub onchange: Callback<Option<Device>>,
    /// Shown under the list: what tries the device out.
    pub children: Html,
}

/// The choice of a device.
#[styled_component]
pub fn DeviceSelect(props: &DeviceSelectProps) -> Html {
    let texts = &texts().audio;
    let DeviceSelectProps { id, label, chosen, devices, onchange, children } = props;
    let class = css!(
        r#"
        display: grid; grid-template-columns: 1fr auto; gap: 6px 8px;

        & > :not(select, button) { grid-column: 1 / -1; }
        label { font-size: 13px; font-weight: 600; }
        select {
            width: 100%; min-width: 0; height: 44px; padding: 0 10px; border: 1px solid var(--edge); border-radius: 12px;
            background: var(--surface); text-overflow: ellipsis;
        }
        select:not(:has(+ button)) { grid-column: 1 / -1; }
        & > button { padding: 0 14px; border-radius: 12px; font-size: 14px; }
        "#
    );
    let used = available(chosen.as_ref(), devices);
    let gone = chosen.as_ref().filter(|_| used.is_none());
    let name = |index: usize, device: &Device| match device.label.as_str() {
        "" => fill(texts.unnamed_device, &(index + 1).to_string()),
        label => label.to_owned(),
    };
    let onchange = {
        let (onchange, devices) = (onchange.clone(), devices.clone());
        move |event: Event| {
            let id = event.target_unchecked_into::<HtmlSelectElement>().value();
            onchange.emit(devices.iter().find(|device| device.id == id).cloned());
        }
    };
    let options = devices.iter().enumerate().map(|(index, device)| {
        let selected = used.is_some_and(|used| used.id == device.id);
        html! { <option key={device.id.clone()} value={device.id.clone()} {selected}>{ name(index, device) }</option> }
    });
    html! {
        <div {class}>
            <label for={id}>{ label }</label>
            <select {id} data-test-id={id} {onchange}>
                <option key="" value="" selected={chosen.is_none()}>{ texts.system_device }</option>
                { for options }
                if let Some(device) = gone {
                    <option value={device.id.clone()} selected=true disabled=true>
                        { fill(texts.disconnected_device, &device.label) }
                    </option>
                }
            </select>
            { children.clone() }
        </div>
    }
}
