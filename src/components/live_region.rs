use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// Read out when it changes; empty says nothing.
    pub text: AttrValue,
}

/// Tells a screen reader what has happened, out of sight. Keep it mounted: a region that comes with its text is often not read.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    html! { <div class="unseen" role="status">{ &props.text }</div> }
}
