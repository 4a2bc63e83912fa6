use stylist::yew::styled_component;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Where the focus goes when a screen comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Focus {
    /// To its heading, so that a screen reader says where one is and Tab goes on from there.
    #[default]
    Heading,
    /// The screen sees to it, with a field of its own.
    Own,
}

#[derive(Properties, PartialEq)]
pub struct ScreenProps {
    pub title: AttrValue,
    /// The title is spoken but not shown.
    #[prop_or_default]
    pub title_hidden: bool,
    /// Shown above the title.
    #[prop_or_default]
    pub top: Html,
    /// Shown right under the title.
    #[prop_or_default]
    pub subtitle: Html,
    #[prop_or_default]
    pub focus: Focus,
    pub children: Html,
}

/// A screen: the main landmark with its heading. It fills its frame, and scrolls inside where the frame is small.
#[styled_component]
pub fn Screen(props: &ScreenProps) -> Html {
    let class = css!(
        r#"
        position: relative; display: flex; flex: 1; flex-direction: column; gap: clamp(8px, 2.2vh, 16px); min-height: 0;
        padding: clamp(8px, 5vh - 17px, 18px) clamp(12px, 6vw, 28px); overflow: auto;
        scrollbar-width: thin;

        > header { display: flex; flex: none; flex-direction: column; align-items: center; gap: 2px; text-align: center; }
        h1 { max-width: 100%; font-size: 20px; font-weight: 600; line-height: 1.3; text-wrap: balance; overflow-wrap: anywhere; }
        "#
    );
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        use_effect_with(props.focus, move |focus| {
            if let (Focus::Heading, Some(heading)) = (focus, heading.cast::<HtmlElement>()) {
                // Nothing is lost where an element refuses the focus.
                let _ = heading.focus();
            }
        });
    }
    // A click beside all controls keeps the focus inside: main takes it, not the page.
    html! {
        <main {class} tabindex="-1">
            <header class={props.title_hidden.then_some("unseen")}>
                { props.top.clone() }
                <h1 ref={heading} tabindex="-1">{ &props.title }</h1>
                { props.subtitle.clone() }
            </header>
            { props.children.clone() }
        </main>
    }
}
