//! How the app starts, and one match from the state to the screen.

use call_model::{Screen, State};
use stylist::yew::styled_component;
use web_kit::AdoptedStyles;
use yew::prelude::*;
use yew_hooks::prelude::use_effect_once;

use crate::components::ScreenRef;
use crate::hooks::{Cti, CtiProvider, use_cti_selector};
use crate::i18n::texts;
use crate::screens::{Announcer, CallEnded, Calling, Dialing, Incoming, Keypad, Login, NoMicrophone, Notices};

/// Connects to HubSpot with this phone system and log-in, and mounts the app.
#[cfg(target_arch = "wasm32")]
pub fn start(providers: crate::providers::Providers) {
    crate::runtime::browser::start(providers, |cti| {
        // HubSpot waits for the handshake: it is answered in this task, and the first screen is built in the next.
        let mount = move || drop(yew::Renderer::<App>::with_props(AppProps { cti }).render());
        gloo::timers::callback::Timeout::new(0, mount).forget();
    });
}

#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// The phone.
    pub cti: Cti,
}

/// The widget.
#[component]
pub fn App(props: &AppProps) -> Html {
    use_effect_once(|| {
        if let Some(root) = gloo::utils::document().document_element() {
            // Without it the page is read with the wrong voice, and still works.
            let _ = root.set_attribute("lang", texts().lang);
        }
        || ()
    });
    html! {
        <AdoptedStyles>
            <CtiProvider cti={props.cti.clone()}>
                <Frame />
            </CtiProvider>
        </AdoptedStyles>
    }
}

/// The current screen, the notices below it, and the announcements for screen readers.
#[styled_component]
fn Frame() -> Html {
    // In a very low frame, or a page that is zoomed far, all of it scrolls: a notice would leave the screen no height.
    let class = css!(
        r#"
        display: flex; flex-direction: column; height: 100vh; height: 100dvh; overflow: hidden;

        @media (max-height: 400px) {
            height: auto; min-height: 100vh; overflow: visible;
            & > main { flex: 1 0 auto; overflow: visible; }
        }
        "#
    );
    let screen = use_cti_selector(State::screen);
    let element = ScreenRef(use_node_ref());
    html! {
        <div {class}>
            <ContextProvider<ScreenRef> context={element}>
                { match screen {
                    Screen::Login => html! { <Login /> },
                    Screen::NoMicrophone => html! { <NoMicrophone /> },
                    Screen::Keypad => html! { <Keypad /> },
                    Screen::Incoming => html! { <Incoming /> },
                    Screen::Dialing => html! { <Dialing /> },
                    Screen::Calling => html! { <Calling /> },
                    Screen::CallEnded => html! { <CallEnded /> },
                } }
                <Notices />
            </ContextProvider<ScreenRef>>
            <Announcer />
        </div>
    }
}
