//! Thousands of calls with faults, against the runtime, both sessions of the protocol and the model of a call. Everything around
//! them is simulated here: browser tabs, HubSpot, the phone system, the user and the clock. A seed reproduces a run.
//!
//! `SOAK_CALLS=10000 SOAK_SEED=7 cargo test -p soak -- --nocapture` makes another run, and prints its figures;
//! with `SOAK_TRACE=1` also what happens in it.
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod exchange;
mod hubspot;
mod locks;
mod page;
mod user;
mod world;

use soak::faults::Faults;
use world::World;

fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// Makes this many calls, and checks that each is complete and that nothing has grown.
fn soak(seed: u64, calls: u64, faults: Faults) {
    println!("seed {seed}, {calls} calls, {faults:?}");
    let world = World::new(seed, faults);
    let size_before = world.size_when_idle();
    world.run(calls);
    let size_after = world.size_when_idle();
    world.ledger.borrow().check();
    assert!(size_after <= size_before + 512, "the idle state grew from {size_before} to {size_after} bytes");
    println!("    {}", world.ledger.borrow());
}

#[test]
fn without_faults_every_call_is_saved_with_its_engagement() {
    let world = World::new(1, Faults::NONE);
    world.run(100);
    let ledger = world.ledger.borrow();
    ledger.check();
    assert_eq!(ledger.completed_without_engagement(), 0, "{ledger}");
}

#[test]
fn every_call_completes_once_with_its_own_data_whatever_fails() {
    match (number_in("SOAK_SEED"), number_in("SOAK_CALLS")) {
        (None, None) => (1..=8).for_each(|seed| soak(seed, 100, Faults::of(seed))),
        (seed, calls) => {
            let seed = seed.unwrap_or(1);
            soak(seed, calls.unwrap_or(10_000), Faults::of(seed));
        }
    }
}
