use crate::codec::{Map, Value};

/// Whether the user is logged in and available, as last sent by the program; absent until it has sent that.
#[derive(Debug, Default)]
pub struct Presence {
    logged_in: Option<bool>,
    available: Option<bool>,
}

impl Presence {
    /// Updates the presence from a message type. False when the message is not about presence.
    pub fn update(&mut self, kind: &str) -> bool {
        match kind {
            "LOGGED_IN" => self.logged_in = Some(true),
            "LOGGED_OUT" => {
                self.logged_in = Some(false);
                // A user who is logged out cannot take calls.
                self.available = self.available.map(|_| false);
            }
            "USER_AVAILABLE" => self.available = Some(true),
            "USER_UNAVAILABLE" => self.available = Some(false),
            _ => return false,
        }
        true
    }

    /// Updates the presence from the fields of an INITIALIZED that the program sends.
    pub fn update_from_initialized(&mut self, initialized: &Map) {
        self.logged_in = initialized.get("isLoggedIn").and_then(Value::read).or(self.logged_in);
        self.available = initialized.get("isAvailable").and_then(Value::read).or(self.available);
    }

    /// Writes the known presence into an INITIALIZED.
    pub fn write_to(&self, initialized: &mut Map) {
        if let Some(logged_in) = self.logged_in {
            initialized.set("isLoggedIn", logged_in);
        }
        if let Some(available) = self.available {
            initialized.set("isAvailable", available);
        }
    }
}
