use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Glyph, Icon, focus};

/// Where the focus goes when a screen appears.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Focus {
    /// To its heading, so that a screen reader reads it and Tab continues from there.
    #[default]
    Heading,
    /// The screen moves it, for instance into its first field.
    Own,
}

/// The picture above the title of a screen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Portrait {
    pub glyph: Glyph,
    /// Waves go out from it: a phone rings.
    pub rings: bool,
}

/// The element of the current screen, for what is beside it and has to give the focus back. Provided above all screens.
#[derive(Clone, PartialEq, Default)]
pub struct ScreenRef(pub NodeRef);

#[derive(Properties, PartialEq)]
pub struct ScreenLayoutProps {
    pub title: Html,
    /// The title is for assistive technology only.
    #[prop_or_default]
    pub title_hidden: bool,
    /// Shown at the very top.
    #[prop_or_default]
    pub portrait: Option<Portrait>,
    /// Shown above the title.
    #[prop_or_default]
    pub above: Html,
    /// Shown under the title, its elements in one line; those of the class `state` look like badges.
    #[prop_or_default]
    pub status: Html,
    #[prop_or_default]
    pub focus: Focus,
    pub children: Html,
}

/// A screen: the main landmark with its heading. It fills its frame, and scrolls inside where the frame is small.
#[styled_component]
pub fn ScreenLayout(props: &ScreenLayoutProps) -> Html {
    let class = css!(
        r#"
        position: relative; display: flex; flex: 1; flex-direction: column; gap: clamp(8px, 2.2vh, 16px); min-height: 0;
        padding: clamp(8px, 5vh - 17px, 18px) clamp(8px, 6vw, 28px); overflow: auto; scrollbar-width: thin;

        & > header { display: flex; flex: none; flex-direction: column; align-items: center; gap: 2px; text-align: center; }
        h1 {
            max-width: 100%; max-height: 3.9em; font-size: clamp(16px, 5vw, 20px); font-weight: 600; line-height: 1.3;
            text-wrap: balance; overflow: auto; overflow-wrap: anywhere; scrollbar-width: thin;
        }
        @media (max-height: 400px) { h1 { max-height: none; } }
        & > .visually-hidden h1 { max-height: none; overflow: visible; }
        & > p { color: var(--soft); text-align: center; text-wrap: balance; }
        .portrait {
            position: relative; display: grid; place-items: center; width: 64px; height: 64px; margin: 4px 0 8px;
            border-radius: 50%; background: var(--accent-soft); color: var(--accent);
        }
        .rings::before, .rings::after {
            content: ""; position: absolute; inset: 0; border: 2px solid var(--accent); border-radius: 50%; opacity: 0;
            animation: wave 2s ease-out infinite;
        }
        .rings::after { animation-delay: 1s; }
        @keyframes wave { from { opacity: .7; } to { opacity: 0; transform: scale(1.7); } }
        @media (max-height: 560px) { .portrait { display: none; } }
        .status {
            display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 8px; min-height: 24px;
            color: var(--soft); font-variant-numeric: tabular-nums;
        }
        .status > * + *:not(.state)::before { content: "·" / ""; margin-inline-end: 8px; }
        .state {
            display: inline-flex; align-items: center; gap: 6px; padding: 0 10px; border-radius: 12px; font-size: 13px;
            background: var(--hover); color: var(--text);
        }
        "#
    );
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        use_effect_with(props.focus, move |wanted| {
            if *wanted == Focus::Heading {
                focus(&heading);
            }
        });
    }
    let ScreenRef(screen) = use_context().unwrap_or_default();
    // A click beside all controls keeps the focus inside: main takes it, not the page.
    html! {
        <main {class} ref={screen} tabindex="-1">
            <header class={props.title_hidden.then_some("visually-hidden")}>
                if let Some(Portrait { glyph, rings }) = props.portrait {
                    <div class={classes!("portrait", rings.then_some("rings"))} aria-hidden="true">
                        <Icon {glyph} size={30} />
                    </div>
                }
                { props.above.clone() }
                <h1 ref={heading} tabindex="-1">{ props.title.clone() }</h1>
                if props.status != Html::default() {
                    <div class="status">{ props.status.clone() }</div>
                }
            </header>
            { props.children.clone() }
        </main>
    }
}
