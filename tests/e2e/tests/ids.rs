//! The ids and `data-test-id`s of HubSpot's own demo app, screen by screen: scripts that drive the demo work with this app too.
//! The other tests do not use them, so a fork that changes an id changes this file alone.

use e2e::{Control, Frame, json, run, tour};

/// Asserts that each control is the element with this `data-test-id`, or with this id if it begins with `#`. Returns their number.
async fn assert_ids(widget: &Frame<'_>, controls: &[(Control, &str)]) -> usize {
    for (control, id) in controls {
        let script = "const [element, id] = arguments;
            return id.startsWith('#') ? '#' + element.id : element.getAttribute('data-test-id');";
        let found = widget.run_on(*control, script, vec![json!(id)]).await;
        assert_eq!(found, *id, "{control:?}");
    }
    controls.len()
}

#[test]
fn the_screens_of_an_outbound_call_have_the_ids_of_the_original() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        let widget = host.guest();
        let mut checked = 0;
        tour::outbound(&host, async |screen| {
            let controls: &[(Control, &str)] = match screen {
                "login" => &[(Control::LogIn, "log-in")],
                "keypad" => &[
                    (Control::Availability, "toggle-availability"),
                    (Control::LogOut, "log-out"),
                    (Control::DialNumber, "dial-number-input"),
                    (Control::Call, "outgoing-call"),
                ],
                "availability-menu" => &[
                    (Control::Available, "user-available"),
                    (Control::Unavailable, "user-unavailable"),
                    (Control::TriggerIncoming, "toggle-incoming-call-option"),
                ],
                "dialing" => &[(Control::EndCall, "end-call")],
                "calling" => &[
                    (Control::Record, "#record"),
                    (Control::Mute, "#mute"),
                    (Control::Keypad, "#keypad"),
                    (Control::EndCall, "end-call"),
                    (Control::Notes, "#callingnotes"),
                ],
                "call-ended" => &[
                    (Control::Notes, "#callingnotes"),
                    (Control::SaveCall, "complete-call"),
                    (Control::Finalize, "finalize-engagement"),
                ],
                _ => &[],
            };
            checked += assert_ids(&widget, controls).await;
        })
        .await;
        assert_eq!(checked, 17, "the tour shows each screen");
    });
}

#[test]
fn the_screens_of_an_incoming_call_have_the_ids_of_the_original() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        let widget = host.guest();
        let mut checked = 0;
        tour::inbound(&host, async |screen| {
            let controls: &[(Control, &str)] = match screen {
                "trigger-incoming" => {
                    &[(Control::IncomingNumber, "incoming-number-input"), (Control::CallMe, "incoming-call")]
                }
                "incoming" => &[(Control::Answer, "answer-call"), (Control::EndCall, "end-call")],
                _ => &[],
            };
            checked += assert_ids(&widget, controls).await;
        })
        .await;
        assert_eq!(checked, 4, "the tour shows each screen");
    });
}
