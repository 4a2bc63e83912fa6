//! The frame with the widget.

use crate::{
    rim::{Handle, Opening},
    texts::texts,
};
use calling_extensions::message::{IframeLocation, Size};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Handle,
    pub url: AttrValue,
}

/// A window over the page with the widget in it.
#[component]
pub fn Widget(props: &Props) -> Html {
    let container = use_node_ref();
    {
        let (container, desk) = (container.clone(), props.desk.clone());
        use_effect_with(props.url.clone(), move |url| {
            let opened = container.cast().map(|container| {
                desk.open_frame(Opening {
                    container,
                    url: url.to_string(),
                    size: Size::new(400.0, 650.0),
                    location: IframeLocation::Widget,
                    uses_calling_window: None,
                })
            });
            move || {
                if let Some(frame) = opened {
                    desk.close_frame(&frame);
                }
            }
        });
    }
    html! {
        <section class="widget" aria-label={texts().shell.widget}>
            <div class="hole" ref={container}></div>
        </section>
    }
}
