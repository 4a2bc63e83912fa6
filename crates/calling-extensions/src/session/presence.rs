use crate::codec::{Map, Value};

/// What the program last said of the user; nothing until it has.
#[derive(Default)]
pub struct Presence {
    logged_in: Option<bool>,
    available: Option<bool>,
}

impl Presence {
    /// Follows a message, if it is one of presence; tells whether it is.
    pub fn follow(&mut self, kind: &str) -> bool {
        match kind {
            "LOGGED_IN" => self.logged_in = Some(true),
            "LOGGED_OUT" => {
                self.logged_in = Some(false);
                // Nobody who is logged out takes calls.
                self.available = self.available.map(|_| false);
            }
            "USER_AVAILABLE" => self.available = Some(true),
            "USER_UNAVAILABLE" => self.available = Some(false),
            _ => return false,
        }
        true
    }

    /// Follows what the program itself says in INITIALIZED.
    pub fn learn(&mut self, initialized: &Map) {
        self.logged_in = initialized.get("isLoggedIn").and_then(Value::read).or(self.logged_in);
        self.available = initialized.get("isAvailable").and_then(Value::read).or(self.available);
    }

    /// Puts what is known into INITIALIZED.
    pub fn tell(&self, initialized: &mut Map) {
        if let Some(logged_in) = self.logged_in {
            initialized.set("isLoggedIn", logged_in);
        }
        if let Some(available) = self.available {
            initialized.set("isAvailable", available);
        }
    }
}
