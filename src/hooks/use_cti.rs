use crate::account::Credentials;
use crate::runtime::Runtime;
use call_model::{Action, State};
use calling_extensions::message::{Ms, OpenIn};
use std::rc::Rc;
use yew::prelude::*;
use yew_hooks::prelude::{use_effect_once, use_update};

/// The phone, as screens know it: verbs, and the state. It never changes, so it can be cloned into any callback.
///
/// What makes no sense at the moment (to answer when nobody calls) does nothing.
#[derive(Clone)]
pub struct Cti {
    runtime: Rc<Runtime>,
    log_in: Callback<Credentials>,
}

impl PartialEq for Cti {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.runtime, &other.runtime)
    }
}

impl Cti {
    /// The phone that this runtime drives; `log_in` asks whoever knows the users.
    pub fn new(runtime: Rc<Runtime>, log_in: Callback<Credentials>) -> Self {
        Cti { runtime, log_in }
    }

    /// The state as it is now. To follow it, see [`use_cti`].
    pub fn state(&self) -> Rc<State> {
        self.runtime.state()
    }

    /// The time, in milliseconds since 1970.
    pub fn now(&self) -> Ms {
        self.runtime.now()
    }

    /// Asks to be let in, unless the answer to that is still to come. The state shows both.
    pub fn log_in(&self, credentials: Credentials) {
        if !self.state().logging_in {
            self.runtime.dispatch(Action::AskToLogIn);
            self.log_in.emit(credentials);
        }
    }

    /// Ends and completes the call, if there is one, and logs out.
    pub fn log_out(&self) {
        self.runtime.dispatch(Action::LogOut);
    }

    /// Takes incoming calls, or not.
    pub fn set_available(&self, available: bool) {
        self.runtime.dispatch(Action::SetAvailable(available));
    }

    /// Chooses which of the user's numbers calls next.
    pub fn choose_from_number(&self, number: &str) {
        self.runtime.dispatch(Action::ChooseFromNumber(number.to_owned()));
    }

    /// Calls a number.
    pub fn dial(&self, number: &str) {
        self.runtime.dispatch(Action::Dial(number.to_owned()));
    }

    /// Takes the incoming call.
    pub fn answer(&self) {
        self.runtime.dispatch(Action::Answer);
    }

    /// Ends the call: declines it, gives up dialing, or hangs up.
    pub fn hang_up(&self) {
        self.runtime.dispatch(Action::HangUp);
    }

    /// Cuts the user's voice off, or lets it through.
    pub fn mute(&self, on: bool) {
        self.runtime.dispatch(Action::Mute(on));
    }

    /// Puts the other side on hold, or takes it back.
    pub fn hold(&self, on: bool) {
        self.runtime.dispatch(Action::Hold(on));
    }

    /// Records, or stops.
    pub fn record(&self, on: bool) {
        self.runtime.dispatch(Action::Record(on));
    }

    /// Sends one of `0`-`9`, `*`, `#` during the call.
    pub fn send_digit(&self, digit: char) {
        self.runtime.dispatch(Action::SendDigit(digit));
    }

    /// Gives the call to another number.
    pub fn transfer(&self, number: &str) {
        self.runtime.dispatch(Action::Transfer(number.to_owned()));
    }

    /// Replaces the notes of the call.
    pub fn set_notes(&self, notes: String) {
        let revision = self.state().call.as_ref().map_or(0, |call| call.notes_revision) + 1;
        self.runtime.dispatch(Action::SetNotes { text: notes, revision });
    }

    /// Says what came of the call: the id of one of the account's call outcomes.
    pub fn set_disposition(&self, disposition: Option<String>) {
        self.runtime.dispatch(Action::SetDisposition(disposition));
    }

    /// Saves the call and leaves wrap-up.
    pub fn save_call(&self) {
        self.runtime.dispatch(Action::SaveCall);
    }

    /// Tells HubSpot that the engagement will not change any more.
    pub fn finalize(&self) {
        self.runtime.dispatch(Action::Finalize);
    }

    /// Lets HubSpot show the record of the caller, by its place in the list of matches.
    pub fn open_record(&self, place: usize, open_in: OpenIn) {
        self.runtime.dispatch(Action::OpenRecord(place, open_in));
    }

    /// Makes up an incoming call from that number.
    pub fn test_incoming(&self, number: &str) {
        self.runtime.dispatch(Action::TestIncoming(number.to_owned()));
    }

    /// Lets incoming calls be heard, or not.
    pub fn set_ringing(&self, on: bool) {
        self.runtime.dispatch(Action::SetRinging(on));
    }

    /// Asks for the microphone once more.
    pub fn ask_again(&self) {
        self.runtime.dispatch(Action::AskAgain);
    }

    /// The user has read the oldest notice.
    pub fn dismiss_notice(&self) {
        self.runtime.dispatch(Action::DismissNotice);
    }
}

/// The heart of the app: the state of the phone. The component is rendered again whenever it changes; the verbs that change it
/// are [`Cti`]'s.
///
/// One component at the top uses it and hands both down: a screen is a function of the phone and its state.
#[hook]
pub fn use_cti(cti: &Cti) -> Rc<State> {
    let state = cti.state();
    let shown = use_mut_ref(|| state.clone());
    shown.replace(state.clone());
    let update = use_update();
    let cti = cti.clone();
    use_effect_once(move || {
        let changed = {
            let cti = cti.clone();
            move || {
                if !Rc::ptr_eq(&shown.borrow(), &cti.state()) {
                    update();
                }
            }
        };
        changed(); // it may have changed between the first render and now
        let listener: Rc<dyn Fn()> = Rc::new(changed);
        cti.runtime.subscribe(&listener);
        move || drop(listener)
    });
    state
}
