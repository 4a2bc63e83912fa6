use super::{Cti, use_cti, use_cti_selector};
use serde::{Serialize, de::DeserializeOwned};
use std::ops::Deref;
use web_kit::json;
use yew::prelude::*;

/// A value that outlives the component, and the means to replace it: see [`use_persistent_state`].
#[derive(Clone)]
pub struct PersistentState<T> {
    cti: Cti,
    key: &'static str,
    value: T,
}

impl<T> Deref for PersistentState<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize + DeserializeOwned + Clone> PersistentState<T> {
    /// Changes the value as it is now, which may be newer than the one that the component was rendered with.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        let newest = self.cti.state().extras.get(self.key).and_then(|text| json::from_str(text).ok());
        let mut value = newest.unwrap_or_else(|| self.value.clone());
        change(&mut value);
        self.set(&value);
    }
}

impl<T: Serialize> PersistentState<T> {
    /// Replaces the value, in this frame and in all others. A value that cannot be written as JSON is not stored.
    pub fn set(&self, value: &T) {
        if let Ok(text) = json::to_string(value) {
            self.cti.set_extra(self.key, text);
        }
    }
}

/// State that an app keeps beside the call: a list of recent calls, a chosen device.
///
/// Unlike `use_state` it survives the change of the screen, a reload, and the change of the leading frame; all frames show the
/// same value. It is removed when the user logs out. `key` names the value: components with the same key share it. `initial`
/// gives the value while none is stored, or when the stored one has another form.
///
/// ```
/// use demo_app_rust::hooks::use_persistent_state;
/// use yew::prelude::*;
///
/// #[component]
/// fn Favourites() -> Html {
///     let numbers = use_persistent_state("favourites", Vec::<String>::new);
///     let add = {
///         let numbers = numbers.clone();
///         move |_| numbers.set(&[&numbers[..], &["+16175550100".into()]].concat())
///     };
///     html! { <button onclick={add}>{ numbers.len() }</button> }
/// }
/// ```
///
/// A list of finished calls is recorded in the screen `CallEnded`, once for each id of a call, as a reload mounts the screen again:
/// the state itself keeps no call after its wrap-up.
///
/// # Panics
/// Outside a [`CtiProvider`](super::CtiProvider).
#[hook]
pub fn use_persistent_state<T, F>(key: &'static str, initial: F) -> PersistentState<T>
where
    T: Serialize + DeserializeOwned,
    F: FnOnce() -> T,
{
    let cti = use_cti();
    let text = use_cti_selector(move |state| state.extras.get(key).cloned());
    let value = text.and_then(|text| json::from_str(&text).ok()).unwrap_or_else(initial);
    PersistentState { cti, key, value }
}
