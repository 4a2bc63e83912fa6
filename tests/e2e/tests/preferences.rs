//! What users set in their system: less motion, and colours of their own.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Frame, Host, Key, json, run, run_tour, tour};
use std::cell::RefCell;

/// How many animations and transitions run in the page now.
async fn animations(widget: &Frame<'_>) -> u64 {
    let running = "return document.getAnimations().filter(it => it.playState === 'running').length;";
    widget.run(running, vec![]).await.as_u64().unwrap()
}

#[test]
fn nothing_moves_where_less_motion_is_wanted() {
    run(async |harness| {
        harness.prefer("prefers-reduced-motion", "reduce").await;
        let host = harness.logged_in().await;
        let widget = host.guest();
        // A menu fades in, a button that is pressed shrinks, and waves go out from a phone that rings: none of it here.
        widget.click(Control::Availability).await;
        assert_eq!(animations(&widget).await, 0);
        widget.press(Key::Escape).await;
        host.dial("+16175550102").await;
        widget.see(Control::EndCall).await;
        assert_eq!(animations(&widget).await, 0);
        harness.prefer("prefers-reduced-motion", "no-preference").await;
        assert_ne!(animations(&widget).await, 0, "the phone that rings is animated");
    });
}

#[test]
fn controls_and_states_can_be_seen_in_forced_colors() {
    run_tour(async |harness| {
        harness.prefer("forced-colors", "active").await;
        harness.ring_on().await;
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        assert_eq!(
            host.guest().run("return matchMedia('(forced-colors: active)').matches;", vec![]).await,
            json!(true)
        );
        let found = RefCell::new(Vec::new());
        let look = async |screen: &str| {
            let problems = look_at(&host, screen).await;
            found.borrow_mut().extend(problems);
        };
        tour::outbound(&host, look).await;
        host.guest().click(Control::LogOut).await;
        tour::inbound(&host, look).await;
        let found = found.into_inner();
        assert!(found.is_empty(), "{found:#?}");
    });
}

/// A toggle that is pressed, and the dots of availability and recording, are more than a colour that is taken away.
#[test]
fn what_is_on_differs_from_what_is_off_in_forced_colors() {
    run(async |harness| {
        harness.prefer("forced-colors", "active").await;
        let host = harness.logged_in().await;
        let widget = host.guest();
        let color = "return getComputedStyle(arguments[0], arguments[1]).backgroundColor;";
        widget.click(Control::Availability).await;
        let dot = "//*[@role='menuitemradio'][@aria-checked='true']/span[1]";
        let unavailable = widget.run_on(dot, color, vec![]).await;
        widget.click(Control::Available).await;
        widget.see_attribute(Control::Available, "aria-checked", Some("true")).await;
        assert_ne!(widget.run_on(dot, color, vec![]).await, unavailable);
        widget.press(Key::Escape).await;

        host.next("USER_AVAILABLE").await;
        host.dial("+16175550100").await;
        widget.see(Control::Notes).await;
        widget.settle().await;
        let off = widget.run_on(Control::Record, color, vec![]).await;
        widget.click(Control::Record).await;
        widget.see_attribute(Control::Record, "aria-pressed", Some("true")).await;
        widget.settle().await;
        assert_ne!(widget.run_on(Control::Record, color, vec![]).await, off);
        let badge = widget.run_on(".state", color, vec![]).await;
        assert_ne!(widget.run_on(".state", color, vec![json!("::before")]).await, badge, "the dot of the recording");
        let file = e2e::target().join("screens/forced-colors/recording.png");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, widget.picture().await).unwrap();
    });
}

/// The controls without a border, and those whose focus cannot be seen.
async fn look_at(host: &Host<'_>, screen: &str) -> Vec<String> {
    let widget = host.guest();
    host.resize((400, 650)).await;
    let folder = e2e::target().join("screens/forced-colors");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{screen}.png")), widget.picture().await).unwrap();
    // The colours of borders and outlines are compared with the background of the page. The focus moves as by keyboard.
    let script = "
        const background = getComputedStyle(document.body).backgroundColor;
        const isLine = (style, width, color) => style !== 'none' && parseFloat(width) >= 1 && color !== background;
        const withParent = (element, test) => [element, element.parentElement].some(it => test(getComputedStyle(it)));
        const hasBorder = style => isLine(style.borderTopStyle, style.borderTopWidth, style.borderTopColor);
        const hasOutline = style => isLine(style.outlineStyle, style.outlineWidth, style.outlineColor);
        const before = document.activeElement;
        const found = [];
        // A menu closes when the focus leaves it.
        const open = document.querySelector('.popup') ?? document;
        for (const element of open.querySelectorAll('button, input, select, textarea')) {
            if (!element.checkVisibility() || element.disabled) continue;
            const name = element.ariaLabel ?? element.innerText ?? element.id;
            const isText = element.matches('[role], [aria-haspopup]');
            if (!isText && !withParent(element, hasBorder)) found.push(`${name} has no border`);
            // What has the focus already has it from the mouse.
            element.blur();
            element.focus({focusVisible: true});
            if (!withParent(element, hasOutline)) found.push(`${name} has no outline when it has the focus`);
        }
        before?.focus();
        return found;";
    let found = widget.run(script, vec![]).await;
    found.as_array().into_iter().flatten().map(|problem| format!("{screen}: {problem}")).collect()
}
