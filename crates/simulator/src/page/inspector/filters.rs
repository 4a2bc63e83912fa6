use crate::{
    hubspot::FrameId,
    i18n::texts,
    transcript::{Direction, Filter},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub filter: Filter,
    /// The frames with their names.
    pub frames: Vec<(FrameId, String)>,
    pub on_change: Callback<Filter>,
}

/// The filter of the messages.
#[component]
pub fn Filters(props: &Props) -> Html {
    let text = &texts().inspector;
    let Props { filter, frames, on_change } = props;
    let typed = |change: fn(&mut Filter, String)| {
        let (filter, on_change) = (filter.clone(), on_change.clone());
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let mut filter = filter.clone();
                change(&mut filter, input.value());
                on_change.emit(filter);
            }
        }
    };
    let on_direction = {
        let (filter, on_change) = (filter.clone(), on_change.clone());
        move |event: Event| {
            let direction = match chosen(&event).as_str() {
                "to" => Some(Direction::ToWidget),
                "from" => Some(Direction::FromWidget),
                _ => None,
            };
            on_change.emit(Filter { direction, ..filter.clone() });
        }
    };
    let on_frame = {
        let (filter, on_change) = (filter.clone(), on_change.clone());
        move |event: Event| {
            let frame = Some(chosen(&event)).filter(|id| !id.is_empty()).map(FrameId);
            on_change.emit(Filter { frame, ..filter.clone() });
        }
    };
    let is = |direction| filter.direction == direction;
    html! {
        <div class="filters" role="group" aria-label={text.filter}>
            <input
                type="search"
                class="input wide"
                aria-label={text.search}
                placeholder={text.search}
                value={filter.text.clone()}
                data-test-id="search-messages"
                oninput={typed(|filter, value| filter.text = value)}
            />
            <input
                type="search"
                class="input"
                aria-label={text.kind}
                placeholder={text.kind}
                autocomplete="off"
                spellcheck="false"
                value={filter.kind.clone()}
                data-test-id="filter-type"
                oninput={typed(|filter, value| filter.kind = value)}
            />
            <select class="input" aria-label={text.direction} data-test-id="filter-direction" onchange={on_direction}>
                <option value="" selected={is(None)}>{ text.both_directions }</option>
                <option value="from" selected={is(Some(Direction::FromWidget))}>{ text.from_widget }</option>
                <option value="to" selected={is(Some(Direction::ToWidget))}>{ text.to_widget }</option>
            </select>
            if frames.len() > 1 {
                <select class="input" aria-label={text.frame} data-test-id="filter-frame" onchange={on_frame}>
                    <option value="" selected={filter.frame.is_none()}>{ text.all_frames }</option>
                    { for frames.iter().map(|(frame, name)| html! {
                        <option value={frame.0.clone()} selected={filter.frame.as_ref() == Some(frame)}>{ name }</option>
                    }) }
                </select>
            }
        </div>
    }
}

fn chosen(event: &Event) -> String {
    event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
}
