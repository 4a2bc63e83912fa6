//! The user's audio settings, for the phone system and the ringtone.

use crate::telephony::media::{AudioSettings, Device, Output};
use call_model::State;
use std::cell::RefCell;
use web_kit::json;
use web_sys::{AudioContext, AudioNode};

/// The settings that were applied last, as they are in the state; absent while the user has changed nothing.
#[derive(Default)]
pub struct AppliedSettings(RefCell<Option<String>>);

impl AppliedSettings {
    /// The settings of this state, unless they are applied already.
    pub fn changed(&self, state: &State) -> Option<AudioSettings> {
        let stored = state.extras.get(AudioSettings::KEY);
        if self.0.borrow().as_ref() == stored {
            return None;
        }
        self.0.replace(stored.cloned());
        Some(stored.and_then(|text| json::from_str(text).ok()).unwrap_or_default())
    }
}

/// Where the ringtone is heard.
#[derive(Default)]
pub struct Ringer {
    device: RefCell<Option<Device>>,
    /// Made with the first ring on the device.
    output: RefCell<Option<Output>>,
}

impl Ringer {
    /// From now on the ringtone is heard on this device; absent for the one that the system chooses.
    pub fn set_device(&self, device: Option<Device>) {
        self.device.replace(device);
        self.output.replace(None);
    }

    /// Where tones go: the ringtone to its device, all others to the one that the system chooses.
    pub fn destination(&self, context: &AudioContext, is_ringtone: bool) -> AudioNode {
        let device = self.device.borrow();
        let Some(device) = device.as_ref().filter(|_| is_ringtone) else { return context.destination().into() };
        let mut output = self.output.borrow_mut();
        if output.is_none() {
            *output = Output::new(context, device).ok();
        }
        output.as_ref().map_or_else(|| context.destination().into(), |output| output.node().clone())
    }
}
