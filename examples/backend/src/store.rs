//! The SQLite file. Its queries stand in the modules that they belong to.

use crate::Error;
use rusqlite::{Connection, OptionalExtension, Params, types::FromSql};
use serde::de::DeserializeOwned;
use std::fs::{File, TryLockError};
use std::sync::{Arc, Mutex, PoisonError};
use std::{path::Path, time::Duration, time::UNIX_EPOCH};

/// The database. Clones share one connection. While it is used the thread is blocked, so the runtime must have several.
#[derive(Clone)]
pub struct Store(Arc<Mutex<Connection>>);

impl Store {
    /// Opens the file, and creates it when it does not exist.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        // What is committed survives a power failure: a request to HubSpot follows some commits.
        let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        connection.execute_batch(&format!("{pragmas}{}", include_str!("schema.sql")))?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    pub fn run<T>(&self, query: impl FnOnce(&mut Connection) -> Result<T, Error>) -> Result<T, Error> {
        tokio::task::block_in_place(|| query(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    pub fn execute(&self, statement: &str, values: impl Params) -> Result<usize, Error> {
        self.run(|connection| Ok(connection.execute(statement, values)?))
    }

    /// The first column of the first row, if there is one.
    pub fn value<T: FromSql>(&self, query: &str, values: impl Params) -> Result<Option<T>, Error> {
        self.run(|connection| Ok(connection.query_row(query, values, |row| row.get(0)).optional()?))
    }

    /// As `value`, for a column with JSON.
    pub fn json<T: DeserializeOwned>(&self, query: &str, values: impl Params) -> Result<Option<T>, Error> {
        Ok(self.value(query, values)?.map(serde_json::from_value).transpose()?)
    }
}

/// Reserves the database for one server, until the file is dropped or the process ends: two would send a call to HubSpot twice.
pub fn lock(database: &Path) -> Result<File, Error> {
    let cannot = |reason: String| Error::Setup(format!("{}: {reason}", database.display()));
    let file = File::create(database.with_extension("lock")).map_err(|error| cannot(error.to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(cannot("another server uses it: stop that one first".into())),
        Err(TryLockError::Error(error)) => Err(cannot(error.to_string())),
    }
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    millis(UNIX_EPOCH.elapsed().unwrap_or_default())
}

pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
