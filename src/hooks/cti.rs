use crate::account::{Auth, Credentials};
use crate::runtime::Runtime;
use call_model::{Action, State, UserAction};
use calling_extensions::message::{Ms, OpenIn};
use std::rc::Rc;
use yew::platform::spawn_local;

/// The phone as components know it: the state and the verbs. It never changes itself, so it can be cloned into any callback.
///
/// A verb that makes no sense in the state (to answer when nobody calls) does nothing.
#[derive(Clone)]
pub struct Cti {
    runtime: Rc<Runtime>,
    auth: Rc<dyn Auth>,
}

/// Phones are compared by identity.
impl PartialEq for Cti {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.runtime, &other.runtime)
    }
}

impl Cti {
    /// The phone that this runtime drives; `auth` logs its users in.
    pub fn new(runtime: Rc<Runtime>, auth: Rc<dyn Auth>) -> Self {
        Cti { runtime, auth }
    }

    /// The current state. To render again when it changes, use [`use_cti_selector`](super::use_cti_selector).
    pub fn state(&self) -> Rc<State> {
        self.runtime.state()
    }

    /// The time, in milliseconds since 1970.
    pub fn now(&self) -> Ms {
        self.runtime.now()
    }

    /// Calls the listener after each change of the state, for as long as it is kept.
    pub fn subscribe(&self, listener: &Rc<dyn Fn()>) {
        self.runtime.subscribe(listener);
    }

    /// Logs the user in, unless that is already under way. The state shows the progress and the result.
    pub fn log_in(&self, credentials: Credentials) {
        if self.state().logging_in {
            return;
        }
        self.runtime.dispatch(Action::LogInRequested);
        let Cti { runtime, auth } = self.clone();
        spawn_local(async move {
            runtime.dispatch(match auth.log_in(credentials).await {
                Ok(session) => UserAction::LoggedIn(session),
                Err(error) => UserAction::LogInRefused(error.to_string()),
            });
        });
    }

    /// Ends and completes the call, if there is one, and logs out.
    pub fn log_out(&self) {
        self.runtime.dispatch(UserAction::LogOut);
    }

    /// Makes the user available for incoming calls, or not.
    pub fn set_available(&self, available: bool) {
        self.runtime.dispatch(UserAction::SetAvailable(available));
    }

    /// Chooses which of the user's numbers calls next.
    pub fn choose_from_number(&self, number: &str) {
        self.runtime.dispatch(UserAction::ChooseFromNumber(number.to_owned()));
    }

    /// Calls a number.
    pub fn dial(&self, number: &str) {
        self.runtime.dispatch(UserAction::Dial(number.to_owned()));
    }

    /// Answers the incoming call.
    pub fn answer(&self) {
        self.runtime.dispatch(UserAction::Answer);
    }

    /// Ends the call: declines it, cancels dialing, or hangs up.
    pub fn hang_up(&self) {
        self.runtime.dispatch(UserAction::HangUp);
    }

    /// Mutes the user's microphone, or unmutes it.
    pub fn mute(&self, on: bool) {
        self.runtime.dispatch(UserAction::Mute(on));
    }

    /// Puts the other side on hold, or resumes.
    pub fn hold(&self, on: bool) {
        self.runtime.dispatch(UserAction::Hold(on));
    }

    /// Starts recording, or stops.
    pub fn record(&self, on: bool) {
        self.runtime.dispatch(UserAction::Record(on));
    }

    /// Sends one of `0`-`9`, `*`, `#` during the call.
    pub fn send_digit(&self, digit: char) {
        self.runtime.dispatch(UserAction::SendDigit(digit));
    }

    /// Transfers the call to another number.
    pub fn transfer(&self, number: &str) {
        self.runtime.dispatch(UserAction::Transfer(number.to_owned()));
    }

    /// Asks somebody before the call is transferred to them.
    #[cfg(feature = "sip")]
    pub fn consult(&self, consult: call_model::Consult) {
        self.runtime.dispatch(UserAction::Consult(consult));
    }

    /// Replaces the notes of the call. Without a call it does nothing.
    pub fn set_notes(&self, notes: String) {
        let state = self.state();
        if let Some(call) = &state.call {
            let (call, revision) = (call.id.clone(), call.notes_revision + 1);
            self.runtime.dispatch(UserAction::SetNotes { call, text: notes, revision });
        }
    }

    /// Sets the outcome of the call: the id of one of the account's dispositions.
    pub fn set_disposition(&self, disposition: Option<String>) {
        self.runtime.dispatch(UserAction::SetDisposition(disposition));
    }

    /// Adds a property to the engagement of the call, or replaces it: see [`Call::properties`](call_model::Call::properties).
    /// Without a call it does nothing.
    ///
    /// ```
    /// use demo_app_rust::hooks::{use_cti, use_cti_selector};
    /// use web_sys::HtmlInputElement;
    /// use yew::prelude::*;
    ///
    /// /// A field for the number of the order that the call is about, for a screen of the call.
    /// #[component]
    /// fn OrderNumber() -> Html {
    ///     let cti = use_cti();
    ///     let order = use_cti_selector(|state| {
    ///         let call = state.call.as_ref();
    ///         call.and_then(|call| call.properties.get("order_number")?.as_text().map(str::to_owned))
    ///     });
    ///     let onchange = move |event: Event| {
    ///         cti.set_property("order_number", event.target_unchecked_into::<HtmlInputElement>().value());
    ///     };
    ///     html! { <label>{ "Order number" }<input value={order} {onchange} /></label> }
    /// }
    /// ```
    pub fn set_property(&self, name: &str, value: String) {
        self.runtime.dispatch(UserAction::SetProperty { name: name.to_owned(), value });
    }

    /// Saves the call and leaves wrap-up.
    pub fn save_call(&self) {
        self.runtime.dispatch(UserAction::SaveCall);
    }

    /// Asks HubSpot to finalize the engagement: it will not change any more.
    pub fn finalize(&self) {
        self.runtime.dispatch(UserAction::Finalize);
    }

    /// Lets HubSpot show a record of the caller, by its index among the matches.
    pub fn open_record(&self, index: usize, open_in: OpenIn) {
        self.runtime.dispatch(UserAction::OpenRecord(index, open_in));
    }

    /// Simulates an incoming call from that number.
    pub fn simulate_incoming(&self, number: &str) {
        self.runtime.dispatch(UserAction::SimulateIncoming(number.to_owned()));
    }

    /// Lets incoming calls ring, or not.
    pub fn set_ringtone(&self, on: bool) {
        self.runtime.dispatch(UserAction::SetRingtone(on));
    }

    /// Asks for the microphone again.
    pub fn retry_microphone(&self) {
        self.runtime.dispatch(UserAction::RetryMicrophone);
    }

    /// Removes the oldest notice.
    pub fn dismiss_notice(&self) {
        self.runtime.dispatch(UserAction::DismissNotice);
    }

    /// Stores a value beside the call: see [`use_persistent_state`](super::use_persistent_state).
    pub fn set_extra(&self, key: &str, json: String) {
        self.runtime.dispatch(UserAction::SetExtra { key: key.to_owned(), json });
    }
}
