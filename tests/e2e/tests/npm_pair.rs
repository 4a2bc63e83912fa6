//! The npm package on both sides: what the harness itself must be able to show.

use e2e::{Direction, json, run};

#[test]
fn npm_guest_and_npm_host_shake_hands_on_two_origins() {
    run(async |stage| {
        let mut page = stage.guest_at("/pages/npm-guest.html");
        page.sync = json!({"portalId": 62515});
        let host = page.open(stage).await;
        host.next("READY").await;
        host.guest().run("cti.initialized({isLoggedIn: false});", vec![]).await;
        let initialized = host.next("INITIALIZED").await;
        assert_eq!(initialized["data"], json!({"isLoggedIn": false}));
        host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
        let acknowledged = host.wait_for(1, Direction::Received, "SYNC_ACK").await;
        assert_eq!(acknowledged[0].origin, stage.guest_origin());
        assert_eq!(acknowledged[0].message["portalId"], 62515);
        host.nothing_more().await;
    });
}

#[test]
fn any_name_can_be_played_over_tls() {
    run(async |stage| {
        let mut page = stage.guest_at("/pages/npm-guest.html");
        page.origin = "https://app.hubspot.com".into();
        page.guest = "https://widget.example/pages/npm-guest.html".into();
        let host = page.open(stage).await;
        host.next("READY").await;
        let acknowledged = host.wait_for(1, Direction::Received, "SYNC_ACK").await;
        assert_eq!(acknowledged[0].origin, "https://widget.example");
        assert_eq!(acknowledged[0].message["hostUrl"], "https://app.hubspot.com");
    });
}
