use super::Cti;
use call_model::State;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The phone: its state and its verbs. The component is not rendered again when the state changes; for that there is
/// [`use_cti_selector`].
///
/// # Panics
/// Outside a [`CtiProvider`](super::CtiProvider).
#[hook]
pub fn use_cti() -> Cti {
    #[allow(
        clippy::expect_used,
        reason = "a component without its provider is a mistake in the code, found at the first render"
    )]
    use_context::<Cti>().expect("a component that uses the phone must be inside a CtiProvider")
}

/// A part of the state. The component is rendered again when that part changes, and only then.
///
/// ```
/// use demo_app_rust::hooks::use_cti_selector;
/// use yew::prelude::*;
///
/// #[component]
/// fn Digits() -> Html {
///     let digits = use_cti_selector(|state| state.call.as_ref().map(|call| call.digits.clone()));
///     html! { <output>{ digits }</output> }
/// }
/// ```
///
/// # Panics
/// Outside a [`CtiProvider`](super::CtiProvider).
#[hook]
pub fn use_cti_selector<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&State) -> T + 'static,
{
    let state = use_cti().state();
    let selected = select(&state);
    let rendered = selected.clone();
    use_render_when(Box::new(move |state| select(state) != rendered));
    selected
}

type IsStale = Box<dyn Fn(&State) -> bool>;

/// Renders the component again when `is_stale` says so after a change of the state. It is one function for all types of parts.
#[hook]
fn use_render_when(is_stale: IsStale) {
    let cti = use_cti();
    let update = use_force_update();
    let current = use_mut_ref(|| None::<IsStale>);
    current.replace(Some(is_stale));
    use_effect_with(cti, move |cti| {
        let check = {
            let cti = cti.clone();
            move || {
                if is_stale_now(&current, &cti.state()) {
                    update.force_update();
                }
            }
        };
        check(); // the state may have changed between the first render and now
        let listener: Rc<dyn Fn()> = Rc::new(check);
        cti.subscribe(&listener);
        move || drop(listener)
    });
}

fn is_stale_now(current: &RefCell<Option<IsStale>>, state: &State) -> bool {
    current.borrow().as_ref().is_some_and(|is_stale| is_stale(state))
}
