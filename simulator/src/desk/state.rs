use crate::trouble::Trouble;
use serde::{Deserialize, Serialize};

/// What HubSpot knows. It is kept in the browser and shared by all pages of the simulator; what one page alone shows (the open
/// record, an open menu) is not in it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct State {
    /// What goes wrong on purpose.
    pub trouble: Trouble,
}
