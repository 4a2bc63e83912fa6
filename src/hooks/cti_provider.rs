use super::Cti;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CtiProviderProps {
    /// The phone: the bridge to HubSpot, the phone system and the runtime.
    pub cti: Cti,
    pub children: Html,
}

/// Gives the components below access to the phone through [`use_cti`](super::use_cti) and
/// [`use_cti_selector`](super::use_cti_selector).
#[component]
pub fn CtiProvider(props: &CtiProviderProps) -> Html {
    html! { <ContextProvider<Cti> context={props.cti.clone()}>{ props.children.clone() }</ContextProvider<Cti>> }
}
