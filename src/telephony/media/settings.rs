use serde::{Deserialize, Serialize};

/// The user's devices, and what the browser does to the sound of the microphone. Kept beside the call under [`AudioSettings::KEY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioSettings {
    /// The user speaks into it; absent for the one that the system chooses.
    pub microphone: Option<Device>,
    /// The user hears the other side with it; absent for the one that the system chooses.
    pub speaker: Option<Device>,
    /// Incoming calls ring on it; absent for the one that the system chooses.
    pub ringer: Option<Device>,
    /// The other side does not hear itself when its voice gets from the speaker into the microphone.
    pub echo_cancellation: bool,
    /// Steady noise is removed.
    pub noise_suppression: bool,
    /// A low voice is made louder, and a loud one lower.
    pub auto_gain_control: bool,
}

impl AudioSettings {
    /// The name of the settings among the values beside the call: see [`State::extras`](call_model::State::extras).
    pub const KEY: &str = "audio";
}

impl Default for AudioSettings {
    /// The devices of the system, and everything on that makes speech clearer.
    fn default() -> Self {
        AudioSettings {
            microphone: None,
            speaker: None,
            ringer: None,
            echo_cancellation: true,
            noise_suppression: true,
            auto_gain_control: true,
        }
    }
}

/// An audio device, as the browser names it to this page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The browser's id. It is another one after the user has cleared the site's data.
    pub id: String,
    /// The name that the user sees; empty before the page may use the microphone.
    pub label: String,
}

/// The device to use: the chosen one if it is there; one of the same name, as ids change when the site's data are cleared; else
/// none, which stands for the one that the system chooses.
pub fn available<'a>(chosen: Option<&Device>, devices: &'a [Device]) -> Option<&'a Device> {
    let chosen = chosen?;
    let of_same_name = || devices.iter().find(|device| !device.label.is_empty() && device.label == chosen.label);
    devices.iter().find(|device| device.id == chosen.id).or_else(of_same_name)
}

#[cfg(test)]
mod tests {
    use super::{AudioSettings, Device, available};
    use web_kit::json;

    fn device(id: &str, label: &str) -> Device {
        Device { id: id.into(), label: label.into() }
    }

    #[test]
    fn the_chosen_device_is_used_while_it_is_there() {
        let (built_in, headset) = (device("a", "Built-in"), device("b", "Headset"));
        let both = [built_in.clone(), headset.clone()];
        type Row<'a> = (&'a str, Option<Device>, &'a [Device], Option<&'a Device>);
        let rows: [Row; 7] = [
            ("nothing is chosen", None, &both, None),
            ("it is there", Some(headset.clone()), &both, Some(&headset)),
            ("it is gone", Some(headset.clone()), &both[..1], None),
            ("there is no device", Some(headset.clone()), &[], None),
            ("it has another id", Some(device("c", "Headset")), &both, Some(&headset)),
            ("it has another name", Some(device("b", "Kopfhörer")), &both, Some(&headset)),
            ("names are not known", Some(device("c", "")), &[device("d", "")], None),
        ];
        for (name, chosen, devices, expected) in rows {
            assert_eq!(available(chosen.as_ref(), devices), expected, "{name}");
        }
    }

    #[test]
    fn settings_are_read_as_they_were_written() {
        let settings = AudioSettings {
            microphone: Some(device("b", "Headset")),
            noise_suppression: false,
            ..AudioSettings::default()
        };
        let text = json::to_string(&settings).unwrap();
        assert_eq!(json::from_str::<AudioSettings>(&text), Ok(settings));
    }

    #[test]
    fn what_an_earlier_version_did_not_write_has_its_default() {
        let read: AudioSettings = json::from_str(r#"{"echo_cancellation":false}"#).unwrap();
        assert_eq!(read, AudioSettings { echo_cancellation: false, ..AudioSettings::default() });
    }
}
