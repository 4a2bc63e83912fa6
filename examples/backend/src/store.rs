//! The SQLite file. Its queries stand in the modules that they belong to.

use rusqlite::Connection;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Why the data could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite reports an error.
    #[error("the database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// What is stored is not the JSON that was expected.
    #[error("the database holds invalid JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The file is of a newer version of this program.
    #[error("{path} was written by a newer version of this program (schema {found}): use that version")]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its schema.
        found: usize,
    },
    /// The file or its lock cannot be opened.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another server uses the file: two would send the same call to HubSpot.
    #[error("{0} is used by another server: stop that one first")]
    InUse(PathBuf),
    /// The system has no random numbers.
    #[error("the system has no random numbers")]
    Random,
    /// A password could not be hashed, or a stored hash cannot be read.
    #[error("a password hash: {0}")]
    Password(String),
    /// The task that used the database was cancelled.
    #[error("a query was cancelled")]
    Cancelled,
}

/// Each schema version as the statements that lead to it. Never change one that was released: append the next one.
const MIGRATIONS: [&str; 1] = [include_str!("schema.sql")];

/// The database. Clones share one connection.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the file, and creates it when it does not exist.
    ///
    /// # Errors
    /// When it cannot be opened, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // What is committed survives a power failure: a request to HubSpot follows some commits.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let version: usize = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let Some(missing) = MIGRATIONS.get(version..) else {
            return Err(StoreError::Newer { path: path.to_owned(), found: version });
        };
        let transaction = connection.transaction()?;
        for statements in missing {
            transaction.execute_batch(statements)?;
        }
        transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
        transaction.commit()?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Uses the connection on a thread that may block.
    ///
    /// # Errors
    /// Those of `query`, and when the runtime is shutting down.
    pub async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.run_now(query)).await.map_err(|_| StoreError::Cancelled)?
    }

    /// As [`Store::run`], on this thread.
    ///
    /// # Errors
    /// Those of `query`.
    pub fn run_now<T>(&self, query: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        // A panic in a query leaves no half-done change: its transaction is rolled back.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        query(&mut connection)
    }
}

/// Holds the file of the database for one server. It is free again when this is dropped, and when the process ends in any way.
pub struct ServerLock {
    _file: File,
}

impl ServerLock {
    /// Takes the lock.
    ///
    /// # Errors
    /// When another server has it, or the lock file cannot be opened.
    pub fn take(database: &Path) -> Result<Self, StoreError> {
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let options = File::options().create(true).truncate(false).write(true).open(&path);
        let file = options.map_err(|source| StoreError::File { path: path.clone(), source })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_owned())),
            Err(std::fs::TryLockError::Error(source)) => Err(StoreError::File { path, source }),
        }
    }
}

/// Milliseconds since 1970.
#[must_use]
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.sqlite");
        drop(Store::open(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = Store::open(&path).err().unwrap();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    }

    #[test]
    fn one_server_at_a_time_uses_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.sqlite");
        let first = ServerLock::take(&path).unwrap();
        let error = ServerLock::take(&path).err().unwrap();
        assert!(error.to_string().contains("stop that one first"), "{error}");
        drop(first);
        ServerLock::take(&path).unwrap();
    }
}
