//! What happens in a run with faults. It follows from a seed alone, so the seed reproduces the run.

use fastrand::Rng;
use soak::faults::{Faults, Storage};

/// The tabs of a run; each has a page of HubSpot with the widget.
pub const TABS: usize = 2;

/// How often something goes wrong, in percent of the calls.
pub const FAULTS: Faults = Faults {
    lost: 10,
    doubled: 15,
    late: 15,
    failing: 10,
    around: 60,
    calling_window: false,
    names_calls: false,
    storage: Storage::IsCleared,
};

/// Few calls of this seed have much in them.
pub const SEED_OF_TESTS: u64 = 155;

/// One call.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedCall {
    pub course: Course,
    pub faults: HostFaults,
    /// The tab in which the user does each thing, in the order of the things.
    pub tabs: [usize; 6],
    pub disturbance: Option<(Moment, Disturbance)>,
    /// Seconds, after it was answered.
    pub talks: u64,
    /// The engagement is finalized instead of saved.
    pub finalizes: bool,
    /// The user logs out after the call, and in again.
    pub logs_out: bool,
}

/// How a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// An outgoing call is answered, and ends so.
    Answered(End),
    /// An incoming call is answered, and ends so.
    Incoming(End),
    /// An incoming call is not answered.
    RingsOut,
    Busy,
    NotAnswered,
    Fails,
}

/// How a call ends that was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    HangUp,
    ByHubSpot,
    Transfer,
}

/// When something happens to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Before,
    Dialing,
    Talking,
    WrapUp,
}

/// What happens to the page in a tab. The other one is there meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disturbance {
    ReloadFrame(usize),
    ReloadHost(usize),
    /// The frame is removed, and comes back with the page.
    RemoveFrame(usize),
    /// The page is left, and opened again.
    LeavePage(usize),
    /// What the widget has stored is removed, and the frame is loaded again.
    ClearStorage(usize),
    /// The storage of the widget is full, and the frame is loaded again.
    FillStorage(usize),
    /// A thousand messages within a second.
    Flood(usize),
    /// The tab goes to the background until the next one does.
    Background(usize),
}

/// The faults of the simulator during a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HostFaults {
    pub creation_fails: bool,
    pub update_fails: bool,
    pub finalizing_fails: bool,
    pub matching_fails: bool,
    pub duplicates: bool,
    pub reorders: bool,
    pub loses_next: bool,
    /// Milliseconds.
    pub delay: u32,
}

/// The calls of a run.
pub fn calls(seed: u64, faults: Faults) -> impl Iterator<Item = PlannedCall> {
    let mut rng = Rng::with_seed(seed);
    std::iter::repeat_with(move || call(&mut rng, faults))
}

fn call(rng: &mut Rng, faults: Faults) -> PlannedCall {
    let host = host_faults(rng, faults);
    let course = course(rng, host);
    PlannedCall {
        course,
        faults: host,
        tabs: std::array::from_fn(|_| rng.usize(..TABS)),
        disturbance: chance(rng, faults.around).then(|| (moment(rng, course), disturbance(rng))),
        talks: rng.u64(5..300),
        finalizes: chance(rng, 15),
        logs_out: chance(rng, 5),
    }
}

fn host_faults(rng: &mut Rng, faults: Faults) -> HostFaults {
    let mut fails = || chance(rng, faults.failing);
    HostFaults {
        creation_fails: fails(),
        update_fails: fails(),
        finalizing_fails: fails(),
        matching_fails: fails(),
        duplicates: chance(rng, faults.doubled),
        reorders: chance(rng, faults.late),
        loses_next: chance(rng, faults.lost),
        delay: if chance(rng, faults.late) { rng.u32(10..400) } else { 0 },
    }
}

fn course(rng: &mut Rng, faults: HostFaults) -> Course {
    let end = match rng.u32(..100) {
        0..60 => End::HangUp,
        // It would be lost, or wait for the next message.
        60..75 if !faults.loses_next && !faults.reorders => End::ByHubSpot,
        75..90 => End::Transfer,
        _ => End::HangUp,
    };
    match rng.u32(..100) {
        0..50 => Course::Answered(end),
        50..75 => Course::Incoming(end),
        75..80 => Course::RingsOut,
        80..87 => Course::Busy,
        87..94 => Course::NotAnswered,
        _ => Course::Fails,
    }
}

fn moment(rng: &mut Rng, course: Course) -> Moment {
    let moments: &[Moment] = match course {
        Course::Answered(_) => &[Moment::Before, Moment::Dialing, Moment::Talking, Moment::WrapUp],
        // It rings for some seconds only, and a page that is loaded again takes some of them.
        Course::Incoming(_) => &[Moment::Before, Moment::Talking, Moment::WrapUp],
        Course::RingsOut => &[Moment::Before],
        Course::NotAnswered => &[Moment::Before, Moment::Dialing, Moment::WrapUp],
        Course::Busy | Course::Fails => &[Moment::Before, Moment::WrapUp],
    };
    moments[rng.usize(..moments.len())]
}

fn disturbance(rng: &mut Rng) -> Disturbance {
    let tab = rng.usize(..TABS);
    match rng.u32(..100) {
        0..25 => Disturbance::ReloadFrame(tab),
        25..45 => Disturbance::ReloadHost(tab),
        45..55 => Disturbance::RemoveFrame(tab),
        55..65 => Disturbance::LeavePage(tab),
        65..75 => Disturbance::ClearStorage(tab),
        75..82 => Disturbance::FillStorage(tab),
        82..90 => Disturbance::Flood(tab),
        _ => Disturbance::Background(tab),
    }
}

fn chance(rng: &mut Rng, percent: u32) -> bool {
    rng.u32(..100) < percent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunLength;

    #[test]
    fn a_seed_makes_the_same_plan_and_another_seed_another_one() {
        let plan = |seed| calls(seed, FAULTS).take(50).collect::<Vec<_>>();
        assert_eq!(plan(1), plan(1));
        assert_ne!(plan(1), plan(2));
    }

    #[test]
    fn without_faults_nothing_is_disturbed() {
        let calm = calls(3, Faults::NONE)
            .take(200)
            .all(|call| call.faults == HostFaults::default() && call.disturbance.is_none());
        assert!(calm);
    }

    #[test]
    fn the_calls_of_the_tests_have_the_most_important_faults() {
        let plan: Vec<_> = calls(SEED_OF_TESTS, FAULTS).take(RunLength::SHORT.calls as usize).collect();
        let has = |what: fn(&PlannedCall) -> bool| plan.iter().any(what);
        let disturbed =
            |what: fn(Disturbance) -> bool| plan.iter().any(|call| call.disturbance.is_some_and(|(_, it)| what(it)));
        assert!(has(|call| matches!(call.course, Course::Answered(End::ByHubSpot))), "{plan:#?}");
        assert!(has(|call| matches!(call.course, Course::Incoming(_))), "{plan:#?}");
        assert!(has(|call| call.faults.loses_next) && has(|call| call.faults.update_fails), "{plan:#?}");
        assert!(disturbed(|it| matches!(it, Disturbance::Flood(_))), "{plan:#?}");
        assert!(disturbed(|it| matches!(it, Disturbance::ReloadFrame(_))), "{plan:#?}");
        assert!(disturbed(|it| matches!(it, Disturbance::ReloadHost(_))), "{plan:#?}");
        assert!(disturbed(|it| matches!(it, Disturbance::ClearStorage(_))), "{plan:#?}");
        assert!(disturbed(|it| matches!(it, Disturbance::RemoveFrame(_) | Disturbance::LeavePage(_))), "{plan:#?}");
    }
}
