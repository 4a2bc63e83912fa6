//! Names that are not short and Latin: from right to left, and very long. A screenshot of each screen is written to `target/screens/`.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Frame, Host, Target, json, run_tour, tour};
use std::cell::RefCell;

/// A Hebrew name with a sign at its end, which is at its left.
const HEBREW: &str = "דוד לוי!";
const ARABIC: &str = "شركة النور!";

/// Makes a call that comes in from a contact and a company of these names, and visits its screens. `look` is called with the name of each. The
/// user is logged in.
async fn incoming_call(host: &Host<'_>, contact: &str, company: Option<&str>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    tour::simulate_incoming(&widget, async || {}).await;
    widget.see(Control::Answer).await;
    let coordinates = json!({"portalId": 62515, "objectId": 51, "objectTypeId": "0-1"});
    let contact =
        json!({"callerIdType": "CONTACT", "objectCoordinates": coordinates, "firstName": contact, "lastName": null});
    let company =
        company.map(|name| json!({"callerIdType": "COMPANY", "objectCoordinates": coordinates, "name": name}));
    let matches: Vec<_> = [contact].into_iter().chain(company).collect();
    host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": matches})).await;
    widget.see("//ul/li").await;
    widget.settle().await;
    look("incoming").await;
    widget.click(Control::Answer).await;
    widget.see(Control::Notes).await;
    widget.settle().await;
    look("calling").await;
    widget.click(Control::EndCall).await;
    widget.see(Control::SaveCall).await;
    widget.settle().await;
    look("call-ended").await;
    widget.click(Control::SaveCall).await;
    widget.see(Control::DialNumber).await;
}

async fn take_picture(widget: &Frame<'_>, name: &str) {
    let folder = e2e::target().join("screens/names");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), widget.picture().await).unwrap();
}

/// Whether the last character of this text is left of its first one, wherever the page shows the text on one line.
async fn runs_from_right_to_left(widget: &Frame<'_>, text: &str) -> Vec<bool> {
    let script = "
        const found = [];
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const node = texts.currentNode;
            const start = node.data.indexOf(arguments[0]);
            if (start < 0 || !node.parentElement.checkVisibility() || node.parentElement.closest('.visually-hidden')) continue;
            const left = index => {
                const range = document.createRange();
                range.setStart(node, index);
                range.setEnd(node, index + 1);
                return range.getBoundingClientRect().left;
            };
            found.push(left(start + arguments[0].length - 1) < left(start));
        }
        return found;";
    let found = widget.run(script, vec![json!(text)]).await;
    found.as_array().into_iter().flatten().map(|it| it.as_bool().unwrap()).collect()
}

/// The sign at the end of a name is where its language has it, and a number beside it runs from left to right.
#[test]
fn names_from_right_to_left_do_not_turn_what_is_around_them() {
    run_tour(async |harness| {
        harness.ring_on().await;
        let host = harness.logged_in().await;
        let widget = host.guest();
        let number = "+1 (617) 555-0142";
        incoming_call(&host, HEBREW, None, async |screen| {
            take_picture(&widget, &format!("hebrew-{screen}")).await;
            assert_eq!(runs_from_right_to_left(&widget, HEBREW).await, [true], "{screen}: the title");
            let numbers = runs_from_right_to_left(&widget, number).await;
            assert!(numbers.iter().all(|it| !it), "{screen}: the number");
            assert_eq!(numbers.is_empty(), screen != "incoming", "{screen}");
        })
        .await;
        incoming_call(&host, HEBREW, Some(ARABIC), async |screen| {
            take_picture(&widget, &format!("hebrew-and-arabic-{screen}")).await;
            let expected: &[bool] = if screen == "call-ended" { &[] } else { &[true] };
            assert_eq!(runs_from_right_to_left(&widget, HEBREW).await, expected, "{screen}: the list");
            assert_eq!(runs_from_right_to_left(&widget, ARABIC).await, expected, "{screen}: the list");
            assert_eq!(runs_from_right_to_left(&widget, number).await, [false], "{screen}: the number");
        })
        .await;

        // The names of the account, and notes.
        let names = format!(
            "state.session.account.numbers[0].name = '{HEBREW}'; state.session.account.dispositions[0].name = '{ARABIC}';
            state.notices = [{{SaveFailed: {{reason: null, notes: '{HEBREW}'}}}}];"
        );
        tour::restart_with(&host, &names).await;
        widget.click(Control::FromNumber).await;
        widget.see(Control::OwnNumber(1)).await;
        widget.settle().await;
        take_picture(&widget, "hebrew-own-number").await;
        assert_eq!(runs_from_right_to_left(&widget, HEBREW).await, [true, true], "the menu and the notice");
        assert_eq!(
            runs_from_right_to_left(&widget, "+1 (617) 948-3986").await,
            [false, false],
            "the menu and its button"
        );
    });
}

/// Names of 500 letters are there as a whole, and no control is pushed out of a frame of the usual size.
#[test]
fn names_of_500_letters_push_nothing_out() {
    run_tour(async |harness| {
        harness.ring_on().await;
        let host = harness.logged_in().await;
        let widget = host.guest();
        let long = |letter: &str| letter.repeat(500);
        let words = "Marie-Louise ".repeat(39).trim().to_owned();
        let found = RefCell::new(Vec::new());
        let look = async |screen: &str, name: &str, controls: &[Control]| {
            host.resize((400, 650)).await;
            take_picture(&widget, &format!("long-{screen}")).await;
            let mut problems = widget.layout_problems().await;
            for control in controls {
                if !is_in_view(&widget, *control).await {
                    problems.push(format!("{control:?} is out of view"));
                }
            }
            let is_whole = "return document.body.textContent.includes(arguments[0]);";
            if widget.run(is_whole, vec![json!(name)]).await != true {
                problems.push("the name is not whole".to_owned());
            }
            found.borrow_mut().extend(problems.into_iter().map(|problem| format!("{screen}: {problem}")));
        };
        for (kind, name) in [("word", long("W")), ("words", words)] {
            incoming_call(&host, &name, None, async |screen| {
                let controls: &[Control] = match screen {
                    "incoming" => &[Control::Answer, Control::EndCall],
                    "calling" => &[Control::Mute, Control::Transfer, Control::EndCall, Control::Notes],
                    _ => &[Control::Notes, Control::SaveCall, Control::Finalize],
                };
                look(&format!("{kind}-{screen}"), &name, controls).await;
            })
            .await;
        }
        let (contact, company) = (long("W"), long("Q"));
        incoming_call(&host, &contact, Some(&company), async |screen| {
            let name = if screen == "call-ended" { "" } else { &company };
            let controls: &[Control] = match screen {
                "incoming" => &[Control::Answer, Control::EndCall],
                "calling" => &[Control::Mute, Control::Transfer, Control::EndCall],
                _ => &[Control::Notes, Control::SaveCall, Control::Finalize],
            };
            look(&format!("list-{screen}"), name, controls).await;
        })
        .await;

        let names = format!(
            "state.session.account.numbers[0].name = '{contact}'; state.session.account.dispositions[0].name = '{contact}';
            state.notices = [{{LogInRefused: {{reason: '{company}'}}}}];"
        );
        tour::restart_with(&host, &names).await;
        widget.click(Control::FromNumber).await;
        widget.see(Control::OwnNumber(1)).await;
        widget.settle().await;
        look("own-number", &contact, &[Control::CloseNotice]).await;
        let found = found.into_inner();
        assert!(found.is_empty(), "{found:#?}");
    });
}

/// Whether the control is wholly in the window, without being scrolled to.
async fn is_in_view(widget: &Frame<'_>, target: impl Into<Target<'_>>) -> bool {
    let script = "const box = arguments[0].getBoundingClientRect();
        return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;";
    widget.run_on(target, script, vec![]).await == true
}
