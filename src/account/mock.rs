//! An account that everybody has.

use super::{Admission, Auth, Credentials, Disposition, OwnNumber};

/// Lets everybody in, with any name and any password.
pub struct OpenDoor;

impl Auth for OpenDoor {
    fn log_in(&self, _credentials: Credentials, answer: Box<dyn FnOnce(Admission)>) {
        answer(Admission::Granted);
    }
}

/// The user's numbers; the first one calls unless the user chooses another.
pub const OWN_NUMBERS: &[OwnNumber] =
    &[OwnNumber { id: "us-number", number: "+16179483986" }, OwnNumber { id: "uk-number", number: "+442073238299" }];

/// The outcomes that every HubSpot account begins with; the ids are the same in all of them.
pub const DISPOSITIONS: &[Disposition] = &[
    Disposition { id: "9d9162e7-6cf3-4944-bf63-4dff82258764", name: "busy" },
    Disposition { id: "f240bbac-87c9-4f6e-bf70-924b57d47db7", name: "connected" },
    Disposition { id: "a4c4c377-d246-4b32-a13b-75a56a4cd0ff", name: "left-live-message" },
    Disposition { id: "b2cf5968-551e-4856-9783-52b3da59a7d0", name: "left-voicemail" },
    Disposition { id: "73a0d17f-1163-4015-bdd5-ec830791da20", name: "no-answer" },
    Disposition { id: "17b47fee-58de-441e-a44c-c6300d46f273", name: "wrong-number" },
];
