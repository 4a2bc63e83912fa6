//! What goes wrong in a run.

/// How often something goes wrong, in percent of the occasions.
#[derive(Clone, Copy, Debug)]
pub struct Faults {
    /// An answer of HubSpot is lost.
    pub lost: u32,
    /// A message arrives twice.
    pub doubled: u32,
    /// A message arrives some seconds late.
    pub late: u32,
    /// HubSpot reports a failure.
    pub failing: u32,
    /// For each step of the user: something happens to a page, to the clock, to the session, or HubSpot sends a flood.
    pub around: u32,
    /// One of the pages is in HubSpot's calling window: it takes the lead whenever it is loaded.
    pub calling_window: bool,
    /// HubSpot names the call in its answers. Without that, an answer belongs to the oldest call that waits for one.
    pub names_calls: bool,
    /// Whether the browser stores the state.
    pub storage: Storage,
}

/// What the browser does with the stored state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// It works.
    Works,
    /// Writing fails in one of four cases.
    IsFull,
    /// It is cleared now and then.
    IsCleared,
}

impl Faults {
    pub const NONE: Self = Faults {
        lost: 0,
        doubled: 0,
        late: 0,
        failing: 0,
        around: 0,
        calling_window: false,
        names_calls: false,
        storage: Storage::Works,
    };

    /// Each seed has faults of its own, so that a few seeds cover their combinations.
    pub fn of(seed: u64) -> Self {
        let storage = [Storage::Works, Storage::IsFull, Storage::IsCleared][(seed % 3) as usize];
        let (names_calls, calling_window) = (seed.is_multiple_of(2), seed % 4 >= 2);
        Faults { lost: 5, doubled: 5, late: 10, failing: 5, around: 10, calling_window, names_calls, storage }
    }
}
