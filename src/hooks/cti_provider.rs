use super::Cti;
use crate::providers::Providers;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CtiProviderProps {
    /// The phone, for tests and stories. By default it is made when the component is mounted, with the app's providers and the
    /// bridge to HubSpot.
    #[prop_or_default]
    pub cti: Option<Cti>,
    /// The phone system and the log-in of a phone that is made here.
    #[prop_or_default]
    pub providers: Providers,
    pub children: Html,
}

/// Owns the bridge to HubSpot, the phone system and the runtime, and gives the components below access to them through
/// [`use_cti`](super::use_cti) and [`use_cti_selector`](super::use_cti_selector).
#[component]
pub fn CtiProvider(props: &CtiProviderProps) -> Html {
    let cti = use_memo((), |()| props.cti.clone().or_else(|| start(&props.providers)));
    match &*cti {
        Some(cti) => {
            html! { <ContextProvider<Cti> context={cti.clone()}>{ props.children.clone() }</ContextProvider<Cti>> }
        }
        None => Html::default(),
    }
}

#[cfg(target_arch = "wasm32")]
fn start(providers: &Providers) -> Option<Cti> {
    Some(crate::runtime::browser::start(providers.clone()))
}

/// Without a browser there is nothing to connect to.
#[cfg(not(target_arch = "wasm32"))]
fn start(_providers: &Providers) -> Option<Cti> {
    None
}
