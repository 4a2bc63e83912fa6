//! The scenarios: listed, run, with their results.

use super::Panel;
use yew::prelude::*;

/// The scenarios that there are.
#[component]
pub fn Scenarios(_panel: &Panel) -> Html {
    Html::default()
}
