use std::cell::RefCell;
use std::rc::Rc;

use super::page::{Page, document, press, show};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_kit::{Menu, MenuItem, MenuItemRole, MenuPlacement};
use yew::prelude::*;

#[derive(Properties, PartialEq, Default)]
struct SampleProps {
    #[prop_or_default]
    placement: MenuPlacement,
    #[prop_or_default]
    button_class: Classes,
    /// The radio item that is checked.
    #[prop_or_default]
    chosen: Option<&'static str>,
    /// Receives the `data-test-id` of each item that is clicked.
    #[prop_or_default]
    onclick: Callback<&'static str>,
}

const ITEMS: [&str; 6] = ["off", "copy", "left", "right", "sound", "more"];

/// Two menus and an element beside them.
#[component]
fn Sample(props: &SampleProps) -> Html {
    let sound = use_state(|| true);
    let toggle_sound = {
        let (sound, onclick) = (sound.clone(), props.onclick.clone());
        move |_| {
            sound.set(!*sound);
            onclick.emit("sound");
        }
    };
    let onclick = |test_id: &'static str| props.onclick.reform(move |_: MouseEvent| test_id);
    let radio = |test_id: &'static str| {
        html! {
            <MenuItem
                role={MenuItemRole::Radio}
                checked={props.chosen == Some(test_id)}
                onclick={onclick(test_id)}
                {test_id}
            >
                { test_id }
            </MenuItem>
        }
    };
    html! {
        <div style="position: relative; margin: 300px 0 0 200px; width: 200px">
            <Menu
                id="first"
                label="First"
                menu_label="Actions"
                placement={props.placement}
                button_class={props.button_class.clone()}
                aria_describedby="description"
                test_id="button"
                footer={html! { <input data-test-id="field" value="text" /> }}
            >
                <MenuItem disabled={true} onclick={onclick("off")} test_id="off">{ "Off" }</MenuItem>
                <MenuItem leading={html! { <i data-test-id="leading" /> }} onclick={onclick("copy")} test_id="copy">
                    { "Copy" }
                </MenuItem>
                { radio("left") }
                { radio("right") }
                <hr />
                <MenuItem
                    role={MenuItemRole::Checkbox}
                    checked={*sound}
                    closes={false}
                    onclick={toggle_sound}
                    test_id="sound"
                >
                    { "Sound" }
                </MenuItem>
                <MenuItem expanded={false} closes={false} onclick={onclick("more")} test_id="more">{ "More" }</MenuItem>
            </Menu>
            <Menu label="Second" menu_label="Others" test_id="second">
                <MenuItem test_id="other">{ "Other" }</MenuItem>
            </Menu>
            <button type="button" data-test-id="beside">{ "Beside" }</button>
        </div>
    }
}

async fn sample(props: SampleProps) -> Page<Sample> {
    show::<Sample>(props).await
}

async fn opened(props: SampleProps) -> Page<Sample> {
    let page = sample(props).await;
    page.click("button");
    page.until("the menu", is_open).await;
    page
}

fn is_open(page: &Page<Sample>) -> bool {
    let is_expanded = page.attribute("button", "aria-expanded").as_deref() == Some("true");
    assert_eq!(is_expanded, page.find("[role=menu][aria-label=Actions]").is_some());
    is_expanded
}

async fn until_closed(page: &Page<Sample>) {
    page.until("the menu to close", |page| !is_open(page)).await;
}

/// Renders the items again, so that everything that was due before has happened. Fails when the menu is closed by then.
async fn settle(page: &Page<Sample>) {
    let before = page.attribute("sound", "aria-checked");
    page.click("sound");
    let has_changed = |page: &Page<Sample>| is_open(page) && page.attribute("sound", "aria-checked") != before;
    page.until("the switch in the open menu", has_changed).await;
}

#[test]
async fn the_button_says_what_it_opens() {
    let page = sample(SampleProps::default()).await;
    for (name, value) in [
        ("id", "first"),
        ("type", "button"),
        ("aria-haspopup", "menu"),
        ("aria-expanded", "false"),
        ("aria-describedby", "description"),
    ] {
        assert_eq!(page.attribute("button", name).as_deref(), Some(value), "{name}");
    }
    assert!(page.find("[role=menu]").is_none() && page.find("[data-test-id=field]").is_none());
}

#[test]
async fn items_have_their_roles_and_states() {
    let page = opened(SampleProps { chosen: Some("right"), ..Default::default() }).await;
    for (item, role, checked, expanded) in [
        ("off", "menuitem", None, None),
        ("copy", "menuitem", None, None),
        ("left", "menuitemradio", Some("false"), None),
        ("right", "menuitemradio", Some("true"), None),
        ("sound", "menuitemcheckbox", Some("true"), None),
        ("more", "menuitem", None, Some("false")),
    ] {
        assert_eq!(page.attribute(item, "role").as_deref(), Some(role), "{item}");
        assert_eq!(page.attribute(item, "aria-checked").as_deref(), checked, "{item}");
        assert_eq!(page.attribute(item, "aria-expanded").as_deref(), expanded, "{item}");
        assert_eq!(page.attribute(item, "disabled").is_some(), item == "off", "{item}");
        let has_mark = page.get(item).query_selector("svg").unwrap().is_some();
        assert_eq!(has_mark, checked == Some("true"), "{item}");
    }
    let leading = page.get("leading");
    assert_eq!(leading.parent_element().as_ref(), Some(&*page.get("copy")));
}

#[test]
async fn items_are_reached_by_the_arrow_keys_and_the_footer_by_tab() {
    let page = opened(SampleProps::default()).await;
    for item in ITEMS {
        assert_eq!(page.get(item).tab_index(), -1, "{item}");
    }
    assert_eq!(page.get("field").tab_index(), 0);
    // Tab goes on from the focused item: the footer has to follow the items.
    const FOLLOWS: u16 = 4;
    assert_eq!(page.get("more").compare_document_position(&page.get("field")), FOLLOWS);
    assert!(page.find("[role=menu] [data-test-id=field]").is_none(), "a menu may contain items only");
}

#[test]
async fn opening_moves_the_focus_to_the_checked_choice() {
    let page = opened(SampleProps { chosen: Some("right"), ..Default::default() }).await;
    page.until_focused("right").await;
}

#[test]
async fn without_a_checked_choice_the_first_enabled_item_gets_the_focus() {
    let page = opened(SampleProps::default()).await;
    page.until_focused("copy").await;
}

#[test]
async fn both_arrow_keys_open_a_menu() {
    for key in ["ArrowDown", "ArrowUp"] {
        let page = sample(SampleProps::default()).await;
        page.focus("button");
        assert!(!press("Home"), "Home scrolls while the menu is closed");
        assert!(press(key), "{key} would scroll the page");
        page.until_focused("copy").await;
    }
}

#[test]
async fn keys_move_the_focus_between_enabled_items() {
    let page = opened(SampleProps::default()).await;
    page.until_focused("copy").await;
    for (key, item) in [
        ("ArrowDown", "left"),
        ("ArrowDown", "right"),
        ("End", "more"),
        ("ArrowDown", "copy"),
        ("ArrowUp", "more"),
        ("ArrowUp", "sound"),
        ("Home", "copy"),
    ] {
        assert!(press(key), "{key}");
        assert!(page.has_focus(item), "{key} to {item}");
    }
    assert!(!press("a"), "other keys are left to the browser");
}

#[test]
async fn the_arrow_keys_lead_from_the_button_back_to_the_items() {
    let page = opened(SampleProps::default()).await;
    page.until_focused("copy").await;
    for (key, item) in [("ArrowDown", "copy"), ("ArrowUp", "more")] {
        page.focus("button");
        assert!(press(key));
        assert!(page.has_focus(item), "{key}");
    }
}

#[test]
async fn escape_closes_and_returns_the_focus() {
    let page = opened(SampleProps::default()).await;
    page.until_focused("copy").await;
    assert!(press("Escape"));
    until_closed(&page).await;
    assert!(page.has_focus("button"));
    assert!(!press("Escape"), "a closed menu leaves Escape to others");
}

#[test]
async fn a_second_click_on_the_button_closes() {
    let page = opened(SampleProps::default()).await;
    page.mouse_down("button");
    page.click("button");
    until_closed(&page).await;
}

#[test]
async fn a_choice_closes_and_returns_the_focus_before_it_is_reported() {
    let clicks = Rc::new(RefCell::new(Vec::new()));
    let onclick = {
        let clicks = clicks.clone();
        Callback::from(move |item: &'static str| {
            let focused = document().active_element().and_then(|element| element.get_attribute("data-test-id"));
            clicks.borrow_mut().push((item, focused.unwrap_or_default()));
        })
    };
    let page = opened(SampleProps { onclick, ..Default::default() }).await;
    page.until_focused("copy").await;
    page.click("left");
    until_closed(&page).await;
    assert_eq!(*clicks.borrow(), [("left", "button".to_owned())]);
}

#[test]
async fn an_item_that_does_not_close_leaves_the_menu_open() {
    let clicks = Rc::new(RefCell::new(Vec::new()));
    let onclick = {
        let clicks = clicks.clone();
        Callback::from(move |item| clicks.borrow_mut().push(item))
    };
    let page = opened(SampleProps { onclick, ..Default::default() }).await;
    page.until_focused("copy").await;
    for item in ["more", "off"] {
        page.click(item);
    }
    settle(&page).await;
    assert_eq!(*clicks.borrow(), ["more", "sound"], "a disabled item does nothing");
}

#[test]
async fn pressing_the_mouse_outside_closes_and_inside_does_not() {
    let page = opened(SampleProps::default()).await;
    for inside in ["sound", "field", "button"] {
        page.mouse_down(inside);
    }
    settle(&page).await;
    page.mouse_down("beside");
    until_closed(&page).await;
}

#[test]
async fn opening_another_menu_closes() {
    let page = opened(SampleProps::default()).await;
    page.click("second");
    page.until_focused("other").await;
    until_closed(&page).await;
    assert!(page.has_focus("other"));
}

#[test]
async fn focus_outside_closes_and_in_the_footer_does_not() {
    let page = opened(SampleProps::default()).await;
    page.until_focused("copy").await;
    page.focus("field");
    for key in ["ArrowDown", "ArrowUp", "Home", "End"] {
        assert!(!press(key), "{key} belongs to the field");
        assert!(page.has_focus("field"));
    }
    page.focus("button");
    assert!(is_open(&page));
    page.focus("beside");
    until_closed(&page).await;
    assert!(page.has_focus("beside"), "the focus stays where the user moved it");
}

#[test]
async fn escape_in_the_footer_closes() {
    let page = opened(SampleProps::default()).await;
    page.focus("field");
    assert!(press("Escape"));
    until_closed(&page).await;
    assert!(page.has_focus("button"));
}

#[test]
async fn the_popup_appears_where_it_should() {
    const TOLERANCE: f64 = 1.0;
    for placement in [MenuPlacement::BelowStart, MenuPlacement::BelowEnd, MenuPlacement::Above] {
        let page = opened(SampleProps { placement, ..Default::default() }).await;
        let button = page.get("button");
        let menu = page.find("[role=menu]").unwrap();
        let popup = menu.parent_element().unwrap();
        // The popup moves while it appears.
        page.until("the end of the animation", |_| {
            let around = button.parent_element().unwrap();
            let (popup, button, root) = (
                popup.get_bounding_client_rect(),
                button.get_bounding_client_rect(),
                around.get_bounding_client_rect(),
            );
            match placement {
                MenuPlacement::BelowStart => {
                    (popup.top() - root.bottom() - 4.0).abs() < TOLERANCE
                        && (popup.left() - root.left()).abs() < TOLERANCE
                }
                MenuPlacement::BelowEnd => {
                    (popup.top() - root.bottom() - 4.0).abs() < TOLERANCE
                        && (popup.right() - root.right()).abs() < TOLERANCE
                }
                MenuPlacement::Above => popup.bottom() < button.top(),
            }
        })
        .await;
    }
}

#[test]
async fn the_button_looks_like_a_link_unless_it_has_classes() {
    let height = |page: &Page<Sample>| {
        let style = gloo::utils::window().get_computed_style(&page.get("button")).unwrap().unwrap();
        style.get_property_value("min-height").unwrap()
    };
    let page = sample(SampleProps::default()).await;
    assert_eq!(height(&page), "44px");
    drop(page);
    let page = sample(SampleProps { button_class: classes!("own"), ..Default::default() }).await;
    assert_eq!(page.attribute("button", "class").as_deref(), Some("own"));
    assert_ne!(height(&page), "44px");
}
