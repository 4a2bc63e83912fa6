//! The users: their passwords, their accounts in HubSpot, their numbers.

use crate::store::{Store, StoreError};
use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use call_model::Account;
use rusqlite::{Connection, OptionalExtension, params};

/// A user, without the password.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The name for the log-in.
    pub name: String,
    /// The HubSpot account.
    pub portal_id: u64,
    /// The user in that account.
    pub hubspot_user_id: u64,
    /// What the widget offers.
    pub account: Account,
}

/// Adds a user, or changes the one with this name.
///
/// # Errors
/// When the database refuses it, for instance as another user has this id in HubSpot.
pub async fn save(store: &Store, user: User, password: String) -> Result<(), StoreError> {
    store
        .run(move |connection| {
            let salt = SaltString::generate(&mut OsRng);
            let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(password_error)?.to_string();
            connection.execute(
                "INSERT INTO users (name, password_hash, portal_id, hubspot_user_id, account) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (name) DO UPDATE SET password_hash = ?2, portal_id = ?3, hubspot_user_id = ?4, account = ?5",
                params![user.name, hash, user.portal_id, user.hubspot_user_id, serde_json::to_string(&user.account)?],
            )?;
            // Sessions that began with the old password end.
            connection.execute("DELETE FROM sessions WHERE user_name = ?1", [user.name])?;
            Ok(())
        })
        .await
}

/// A hash that no password has. It is checked for names that do not exist, so that the time of an answer does not show which
/// exist.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$WlrY1Hih16pYR3Dv7kCZZb36xnbDKJBX+pTXcbGXbUg";

/// The user with this name and password.
///
/// # Errors
/// When the database cannot be read.
pub async fn authenticate(store: &Store, name: String, password: String) -> Result<Option<User>, StoreError> {
    let query = move |connection: &mut Connection| {
        let mut statement = connection.prepare("SELECT password_hash FROM users WHERE name = ?1")?;
        let hash: Option<String> = statement.query_row([&name], |row| row.get(0)).optional()?;
        Ok((hash, find(connection, &name)?))
    };
    let (hash, user) = store.run(query).await?;
    // Hashing is slow on purpose: it must block neither other requests nor the database.
    let checked = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(hash.as_deref().unwrap_or(NOBODY)).map_err(password_error)?;
        Ok::<_, StoreError>(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    let is_right = checked.await.map_err(|_| StoreError::Cancelled)??;
    Ok(user.filter(|_| is_right))
}

/// The user with this name.
///
/// # Errors
/// When the database cannot be read.
pub fn find(connection: &Connection, name: &str) -> Result<Option<User>, StoreError> {
    one(connection, "SELECT name, portal_id, hubspot_user_id, account FROM users WHERE name = ?1", params![name])
}

/// The user with this id in a HubSpot account.
///
/// # Errors
/// When the database cannot be read.
pub fn find_in_hubspot(connection: &Connection, portal_id: u64, user_id: u64) -> Result<Option<User>, StoreError> {
    let query =
        "SELECT name, portal_id, hubspot_user_id, account FROM users WHERE portal_id = ?1 AND hubspot_user_id = ?2";
    one(connection, query, params![portal_id, user_id])
}

fn one(connection: &Connection, query: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Option<User>, StoreError> {
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?));
    let found = connection.query_row(query, values, read).optional()?;
    found
        .map(|(name, portal_id, hubspot_user_id, account)| {
            Ok(User { name, portal_id, hubspot_user_id, account: serde_json::from_str(&account)? })
        })
        .transpose()
}

fn password_error(error: argon2::password_hash::Error) -> StoreError {
    StoreError::Password(error.to_string())
}
