use std::cell::RefCell;
use std::rc::Rc;

use super::page::wait_for;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_kit::Channel;
use web_sys::BroadcastChannel;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Message {
    Hello,
    Count { count: u32 },
}

#[derive(Clone, Default)]
struct Received(Rc<RefCell<Vec<Message>>>);

impl Received {
    fn open(&self, name: &str) -> Channel<Message> {
        let received = self.clone();
        Channel::open(name, move |message| received.0.borrow_mut().push(message)).unwrap()
    }

    async fn until_count(&self, count: usize) {
        wait_for("the messages", || self.0.borrow().len() >= count).await;
    }
}

#[test]
async fn messages_reach_all_others_in_order_and_not_the_sender() {
    let [first, second, third] = [(); 3].map(|()| Received::default());
    let channels = [first.open("order"), second.open("order"), third.open("order")];
    let messages = [Message::Hello, Message::Count { count: 7 }];
    messages.iter().for_each(|message| channels[0].post(message));
    channels[1].post(&Message::Count { count: 8 });
    second.until_count(2).await;
    third.until_count(3).await;
    first.until_count(1).await;
    assert_eq!(*second.0.borrow(), messages);
    assert_eq!(third.0.borrow()[..2], messages);
    assert_eq!(*first.0.borrow(), [Message::Count { count: 8 }]);
}

#[test]
async fn other_names_and_unknown_messages_are_ignored() {
    let received = Received::default();
    let _channel = received.open("known");
    let other = Received::default().open("unknown");
    let raw = BroadcastChannel::new("known").unwrap();
    other.post(&Message::Hello);
    for message in [JsValue::NULL, 5.into(), "Hello".into(), r#"{"Later":1}"#.into(), r#"{"Count":{}}"#.into()] {
        raw.post_message(&message).unwrap();
    }
    raw.post_message(&r#"{"Count":{"count":1,"new":2}}"#.into()).unwrap();
    received.until_count(1).await;
    assert_eq!(*received.0.borrow(), [Message::Count { count: 1 }]);
    raw.close();
}

#[test]
async fn a_dropped_channel_receives_nothing() {
    let [dropped, kept] = [(); 2].map(|()| Received::default());
    drop(dropped.open("dropped"));
    let _kept = kept.open("dropped");
    Received::default().open("dropped").post(&Message::Hello);
    kept.until_count(1).await;
    assert!(dropped.0.borrow().is_empty());
}
