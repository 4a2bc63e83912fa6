//! The seam to a phone system. A fork writes its own [`Telephony`] and deletes the folder `mock`.

pub mod mock;

use call_model::{CallId, Capabilities, PhoneCommand, PhoneEvent};
use std::rc::Rc;

/// A phone system. Results are events: nothing here waits.
pub trait Telephony {
    /// What it can do. Controls show where the capability is there.
    fn capabilities(&self) -> Capabilities;

    /// Does something with a call. What comes of it is told through [`PhoneEvents`], perhaps before this returns.
    fn send(&self, call: &CallId, command: PhoneCommand);

    /// Takes a call up again after the page was loaded anew, or says that it is over.
    fn resume(&self, call: &CallId);
}

/// Where a phone system tells what happens. Every event names its call.
pub type PhoneEvents = Rc<dyn Fn(PhoneEvent)>;
