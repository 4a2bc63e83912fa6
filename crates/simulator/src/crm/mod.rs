//! The made-up account: its records, their numbers, and who has which number. All of it is in `account.json`.

mod id;
mod matching;
mod record;

pub use id::{NotARecordId, ObjectType, RecordId};
pub use matching::{callers, same_number};
pub use record::{Account, PhoneNumber, Record, Task};

/// The account. HubSpot's own address of a calling window has it in it, so the built page for that lies in a folder of this name.
pub const PORTAL_ID: u32 = 6_125_000;
/// The user.
pub const USER_ID: u32 = 900_001;
/// The user as an owner of records.
pub const OWNER_ID: u32 = 70_001;

#[cfg(test)]
mod tests {
    use super::PORTAL_ID;
    use std::path::Path;

    #[test]
    fn the_page_at_hubspots_address_of_the_calling_window_is_in_the_folder_of_the_account() {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("calling-integration-popup-ui").join(PORTAL_ID.to_string());
        assert!(folder.join("index.html").exists(), "{}", folder.display());
    }
}
