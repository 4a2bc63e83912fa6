//! The made-up account: its records and their numbers.

use serde::{Deserialize, Serialize};

/// The account. HubSpot's own address of a calling window has it in it, so the built page for that lies in a folder of this name.
pub const PORTAL_ID: u32 = 6_125_000;
/// The user.
pub const USER_ID: u32 = 900_001;
/// The user as an owner of records.
pub const OWNER_ID: u32 = 70_001;

/// Which record: the type (`0-1` contact, `0-2` company, `0-5` ticket, `2-…` a custom object's) and the number in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordId {
    /// The type of the object.
    pub object_type_id: String,
    /// The record among those of its type.
    pub object_id: u64,
}
