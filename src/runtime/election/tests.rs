use super::*;
use call_model::UserAction;

fn handshake(location: IframeLocation) -> Ready {
    Ready { iframe_location: Some(location), ..Ready::default() }
}

fn joined(location: IframeLocation) -> Election {
    Election::join(handshake(location)).0
}

fn request() -> FrameRequest {
    FrameRequest::User(UserAction::HangUp)
}

fn state_of(changed_at: Ms) -> Box<State> {
    Box::new(State { changed_at, ..State::default() })
}

fn take_over(notify: bool) -> Effect {
    dispatch(Action::TakeOver { notify })
}

fn answer(location: IframeLocation) -> Effect {
    dispatch(Action::HubSpotReady(handshake(location)))
}

const FOLLOW: Effect = Effect::SetRole(FrameRole::Follower);
const LEAD: Effect = Effect::SetRole(FrameRole::Leader);
const HELLO: Effect = Effect::Post(SyncMessage::Hello { takes_over: false });

#[test]
fn a_frame_is_among_others_in_the_navigation_bar_and_in_the_calling_window() {
    for (location, among) in
        [(IframeLocation::Remote, true), (IframeLocation::Window, true), (IframeLocation::Widget, false)]
    {
        assert_eq!(Election::is_among_others(&handshake(location)), among, "{location:?}");
    }
    assert!(!Election::is_among_others(&Ready::default()));
}

#[test]
fn frames_of_one_user_share_a_name() {
    let ready = Ready { portal_id: Some(1.0.into()), user_id: Some("2".into()), ..Ready::default() };
    assert_eq!(Election::name(&ready), "cti:1:2");
    assert_eq!(Election::name(&Ready::default()), "cti::");
}

#[test]
fn the_first_frame_answers_the_handshake_when_it_has_the_lock() {
    let (mut election, effects) = Election::join(handshake(IframeLocation::Remote));
    assert_eq!(effects, [FOLLOW, Effect::RequestLock(LockRequest::Queue), HELLO, Effect::Start(Wait::State)]);
    assert_eq!(election.forward(request()), [], "nobody leads yet");
    let effects = election.on_lock(LockRequest::Queue, LockEvent::Granted);
    assert_eq!(effects, [answer(IframeLocation::Remote), LEAD, take_over(false), dispatch(request())]);
    assert_eq!(election.on_timeout(Wait::State), []);
}

#[test]
fn a_frame_that_follows_adopts_the_state_and_then_answers() {
    let mut election = joined(IframeLocation::Remote);
    assert_eq!(election.forward(request()), []);
    let asks = Effect::Post(SyncMessage::Request(request()));
    let effects = election.on_message(SyncMessage::State(state_of(5.0)), 0.0);
    assert_eq!(effects, [Effect::Adopt(state_of(5.0)), answer(IframeLocation::Remote), asks.clone()]);
    assert_eq!(election.forward(request()), [asks]);
    assert_eq!(election.on_message(SyncMessage::State(state_of(6.0)), 9.0), [Effect::Adopt(state_of(6.0))]);
    let effects = election.on_lock(LockRequest::Queue, LockEvent::Granted);
    assert_eq!(effects, [LEAD, take_over(true)], "the leader is gone, and the user is told");
}

#[test]
fn a_leader_that_says_nothing_is_waited_for_no_longer_than_the_time_limit() {
    let mut election = joined(IframeLocation::Remote);
    assert_eq!(election.on_timeout(Wait::State), [answer(IframeLocation::Remote)]);
    assert_eq!(election.on_timeout(Wait::State), [], "HubSpot gets one answer");
}

#[test]
fn a_handshake_that_was_repeated_is_answered_once() {
    let mut election = joined(IframeLocation::Remote);
    election.forget_handshake();
    assert_eq!(election.on_timeout(Wait::State), []);
}

#[test]
fn a_calling_window_takes_the_lock_when_it_knows_the_state() {
    let (mut election, effects) = Election::join(handshake(IframeLocation::Window));
    assert_eq!(effects, [FOLLOW, Effect::RequestLock(LockRequest::IfFree), Effect::Start(Wait::State)]);
    let hello = Effect::Post(SyncMessage::Hello { takes_over: true });
    assert_eq!(election.on_lock(LockRequest::IfFree, LockEvent::Unavailable), [hello]);
    let effects = election.on_message(SyncMessage::State(state_of(5.0)), 0.0);
    let steal = Effect::RequestLock(LockRequest::Steal);
    assert_eq!(effects, [Effect::Adopt(state_of(5.0)), answer(IframeLocation::Window), steal]);
    assert_eq!(election.on_lock(LockRequest::Steal, LockEvent::Granted), [LEAD, take_over(false)]);
}

#[test]
fn a_calling_window_takes_a_free_lock_at_once() {
    let mut election = joined(IframeLocation::Window);
    let effects = election.on_lock(LockRequest::IfFree, LockEvent::Granted);
    assert_eq!(effects, [answer(IframeLocation::Window), LEAD, take_over(false)]);
}

#[test]
fn an_app_without_calling_window_queues_in_it_as_well() {
    let ready = Ready { uses_calling_window: Some(false), ..handshake(IframeLocation::Window) };
    let (_, effects) = Election::join(ready);
    assert!(effects.contains(&Effect::RequestLock(LockRequest::Queue)), "{effects:?}");
}

#[test]
fn a_leader_shows_its_state_and_processes_what_others_ask_for() {
    let mut election = joined(IframeLocation::Remote);
    election.on_lock(LockRequest::Queue, LockEvent::Granted);
    assert_eq!(election.on_message(SyncMessage::Hello { takes_over: false }, 0.0), [Effect::ShowState]);
    assert_eq!(election.on_message(SyncMessage::Request(request()), 0.0), [dispatch(request())]);
    assert_eq!(election.on_message(SyncMessage::State(state_of(9.0)), 0.0), [], "a frame that led before");
}

#[test]
fn a_leader_hands_over_and_keeps_requests_until_the_lock_is_taken() {
    let mut election = joined(IframeLocation::Remote);
    election.on_lock(LockRequest::Queue, LockEvent::Granted);
    let effects = election.on_message(SyncMessage::Hello { takes_over: true }, 0.0);
    assert_eq!(effects, [Effect::ShowState, FOLLOW, Effect::Start(Wait::Handover)]);
    assert_eq!(election.on_message(SyncMessage::Request(request()), 0.0), []);
    // The other frame never comes.
    assert_eq!(election.on_timeout(Wait::Handover), [LEAD, take_over(false), dispatch(request())]);
    assert_eq!(election.on_timeout(Wait::Handover), []);

    election.on_message(SyncMessage::Hello { takes_over: true }, 0.0);
    let effects = election.on_lock(LockRequest::Queue, LockEvent::Lost);
    assert_eq!(effects, [FOLLOW, Effect::RequestLock(LockRequest::Queue)]);
    assert_eq!(election.on_timeout(Wait::Handover), [], "it has come");
}

#[test]
fn a_frame_whose_stored_state_is_later_leads_instead() {
    let mut election = joined(IframeLocation::Remote);
    let effects = election.on_message(SyncMessage::State(state_of(5.0)), 6.0);
    assert_eq!(effects, [answer(IframeLocation::Remote), Effect::RequestLock(LockRequest::Steal)]);
}

#[test]
fn a_frame_without_locks_runs_standalone() {
    let mut election = joined(IframeLocation::Remote);
    election.forward(request());
    let effects = election.on_lock(LockRequest::Queue, LockEvent::Denied);
    let expected = [Effect::Leave, LEAD, answer(IframeLocation::Remote), take_over(false), dispatch(request())];
    assert_eq!(effects, expected);
}
