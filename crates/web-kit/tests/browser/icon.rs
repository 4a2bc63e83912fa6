use super::page::show;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_kit::{Icon, IconProps, glyph};

#[test]
async fn an_icon_has_its_size_and_is_hidden_from_assistive_technology() {
    let page = show::<Icon>(IconProps { glyph: glyph::HANG_UP, size: 31 }).await;
    let icon = super::page::document().query_selector("svg").unwrap().unwrap();
    let rect = icon.get_bounding_client_rect();
    // It is turned by 135 degrees: its bounding box is wider than it is.
    assert!((rect.width() - 31.0 * std::f64::consts::SQRT_2).abs() < 0.01, "{}", rect.width());
    for (name, value) in
        [("aria-hidden", "true"), ("fill", "currentColor"), ("width", "31"), ("transform", "rotate(135)")]
    {
        assert_eq!(icon.get_attribute(name).as_deref(), Some(value), "{name}");
    }
    drop(page);
}

#[test]
async fn an_outline_is_not_filled() {
    let page = show::<Icon>(IconProps { glyph: glyph::CARET, size: 16 }).await;
    let icon = super::page::document().query_selector("svg").unwrap().unwrap();
    let style = gloo::utils::window().get_computed_style(icon.unchecked_ref()).unwrap().unwrap();
    assert_eq!(style.get_property_value("fill").unwrap(), "none");
    assert_eq!(icon.get_attribute("transform"), None);
    drop(page);
}
