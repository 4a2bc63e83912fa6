//! The user, and what happens around the calls. Both follow from what a page shows.

use crate::page::Page;
use crate::world::{TABS, World};
use crate::{exchange, hubspot};
use call_model::{Account, Disposition, OwnNumber, Screen, Session, State, UserAction};
use soak::faults::Storage;
use std::rc::Rc;

const NUMBERS: [&str; 3] = ["+16175550104", "+442073238299", "+4915112345678"];

/// Nobody does anything in a page that has been there for less, in milliseconds: so long it may show what it was when it was left.
const REACTION_TIME: f64 = 100.0;

pub fn session() -> Session {
    let number = OwnNumber { id: "us".into(), name: "Mine".into(), number: "+16179483986".into() };
    let disposition = Disposition { id: "sold".into(), name: "Sold".into() };
    let account = Account { numbers: vec![number], dispositions: vec![disposition], ..Account::default() };
    Session { account, ..Session::default() }
}

/// Does one thing in one of the pages, and later the next.
pub fn step(world: &Rc<World>) {
    world.plan(world.time_between(200, 3_000), step);
    if world.chance(world.faults.around) {
        around(world);
    }
    let mut pages = world.pages();
    pages.retain(|page| page.age(world) > REACTION_TIME);
    if pages.is_empty() {
        return;
    }
    let page = world.one_of(&pages).clone();
    let state = page.runtime.state();
    if !state.notices.is_empty() && world.chance(50) {
        page.runtime.dispatch(UserAction::DismissNotice);
    }
    match state.screen() {
        Screen::Login => log_in(world, &page, &state),
        Screen::Keypad if !state.available => page.runtime.dispatch(UserAction::SetAvailable(true)),
        Screen::Keypad if world.is_closing.get() => {}
        Screen::Keypad => begin(world, &page),
        Screen::Dialing | Screen::Calling | Screen::Incoming if world.is_closing.get() => {
            page.runtime.dispatch(UserAction::HangUp);
        }
        Screen::Incoming if world.chance(25) => page.runtime.dispatch(UserAction::Answer),
        Screen::Incoming | Screen::Dialing if world.chance(10) => page.runtime.dispatch(UserAction::HangUp),
        Screen::Incoming | Screen::Dialing | Screen::NoMicrophone => {}
        Screen::Calling => talk(world, &page, &state),
        Screen::CallEnded => wrap_up(world, &page, &state),
    }
}

fn log_in(world: &Rc<World>, page: &Rc<Page>, state: &State) {
    // Nobody is faster: until then, a page that was loaded again at the same time has shown its session.
    if !state.logging_in && page.age(world) > 3_000.0 {
        page.runtime.dispatch(call_model::Action::LogInRequested);
        let runtime = Rc::downgrade(&page.runtime);
        world.plan(100.0, move |_| {
            if let Some(runtime) = runtime.upgrade() {
                runtime.dispatch(UserAction::LoggedIn(session()));
            }
        });
    }
}

fn begin(world: &Rc<World>, page: &Rc<Page>) {
    let number = *world.one_of(&NUMBERS);
    match world.time_between(0, 100) as u32 {
        0..40 => {
            hubspot::send(world, page.tab(), "DIAL_NUMBER", &[("phoneNumber", number.into())]);
            let runtime = Rc::downgrade(&page.runtime);
            world.plan(150.0, move |_| {
                if let Some(runtime) = runtime.upgrade() {
                    runtime.dispatch(UserAction::Dial(number.into()));
                }
            });
        }
        40..70 => page.runtime.dispatch(UserAction::Dial(number.into())),
        _ => exchange::ring(world),
    }
}

fn talk(world: &Rc<World>, page: &Rc<Page>, state: &State) {
    let action = match world.time_between(0, 100) as u32 {
        0..30 => return take_notes(world, page, state),
        30..38 => UserAction::Mute(world.chance(50)),
        38..46 => UserAction::Hold(world.chance(50)),
        46..54 => UserAction::Record(world.chance(50)),
        54..62 => UserAction::SendDigit('5'),
        62..67 => UserAction::Transfer(NUMBERS[0].into()),
        67..72 => return hubspot::send(world, page.tab(), "END_CALL", &[]),
        72..74 => UserAction::LogOut,
        74..94 => UserAction::HangUp,
        _ => return,
    };
    page.runtime.dispatch(action);
}

fn wrap_up(world: &World, page: &Rc<Page>, state: &State) {
    let action = match world.time_between(0, 100) as u32 {
        _ if world.is_closing.get() => UserAction::SaveCall,
        0..30 => return take_notes(world, page, state),
        30..40 => UserAction::SetDisposition(Some("sold".into())),
        40..55 => UserAction::Finalize,
        55..57 => UserAction::LogOut,
        _ => UserAction::SaveCall,
    };
    page.runtime.dispatch(action);
}

fn take_notes(world: &World, page: &Rc<Page>, state: &State) {
    let Some(call) = &state.call else { return };
    let revision = call.notes_revision + 1;
    let text = format!("{} {}, notes of {}", call.notes.len(), revision, call.id.0);
    page.runtime.dispatch(UserAction::SetNotes { call: call.id.clone(), text: text.clone(), revision });
    world.trace(|| format!("the user types {text} in page {}", page.tab()));
    world.ledger.borrow_mut().typed(&call.id.0, &text);
}

/// Something happens that is no part of a call.
fn around(world: &Rc<World>) {
    let tab = *world.one_of(&[0, 1]);
    // Two pages that are away at the same time are another test.
    let may_reload = world.pages().len() == TABS;
    match world.time_between(0, 100) as u32 {
        0..35 if may_reload => reload_frame(world, tab),
        35..50 if may_reload => reload_hubspot(world, tab),
        50..60 => exchange::expire(world),
        60..70 => exchange::lose_line(world),
        70..75 => flood(world, tab),
        75..85 => {
            if let Some(page) = world.page(tab) {
                page.is_in_background.set(!page.is_in_background.get());
            }
        }
        // Without names, an answer that comes after such a jump would belong to another call.
        85..95 if world.faults.names_calls => world.clock_error.set(world.time_between(0, 7_200_000) - 3_600_000.0),
        _ if world.faults.storage == Storage::IsCleared => drop(world.tabs[tab].stored.take()),
        _ => {}
    }
}

/// The frame alone is loaded again: the user goes to another record.
fn reload_frame(world: &Rc<World>, tab: usize) {
    Page::unload(world, tab);
    // What the earlier page has planned is over.
    world.tabs[tab].loads.set(world.tabs[tab].loads.get() + 1);
    world.plan(world.time_between(20, 1_500), move |world| {
        if world.page(tab).is_none() {
            Page::load(world, tab);
        }
    });
}

/// The whole page of HubSpot is loaded again.
fn reload_hubspot(world: &Rc<World>, tab: usize) {
    let loads = world.tabs[tab].hubspot.borrow().loads + 1;
    world.tabs[tab].in_history.take();
    world.tabs[tab].hubspot.replace(hubspot::HubSpot::new(tab, loads, &world.faults));
    reload_frame(world, tab);
}

/// A thousand messages within a second.
fn flood(world: &Rc<World>, tab: usize) {
    for message in 0..1_000 {
        world.plan(f64::from(message), move |world| {
            let kind = if message % 2 == 0 { "VISIBILITY_CHANGED" } else { "NOBODY_KNOWS_THIS" };
            hubspot::send(world, tab, kind, &[("isHidden", (message % 4 == 0).into())]);
        });
    }
}
