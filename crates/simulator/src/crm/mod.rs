//! The simulated account with its records and phone numbers, from `account.json`, and caller matching.

mod id;
mod matching;
mod record;

pub use id::{NotARecordId, ObjectType, RecordId};
pub use matching::{callers, same_in_any_notation, same_number};
pub use record::{Account, PhoneNumber, Record, Task};

/// The id of the account. It is part of HubSpot's address of the calling window, so the folder with that page has this name.
pub const PORTAL_ID: u32 = 6_125_000;
/// The id of the user.
pub const USER_ID: u32 = 900_001;
/// The id of the user as an owner of records.
pub const OWNER_ID: u32 = 70_001;

/// The home country of the account, which is the country of a number that is in no record.
pub const HOME: &str = "US";

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
