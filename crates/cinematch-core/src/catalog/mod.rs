//! The catalogue: one SQLite file, the only truth on disk. Indexes are caches that are built from it.

mod data_dir;
mod films;
mod hash;
mod records;
mod schema;

use std::path::{Path, PathBuf};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::Connection;

pub use data_dir::DataDir;
pub use films::{CatalogChange, FilmWrite, VectorWrite};
#[cfg(feature = "testing")]
pub use hash::text_hash;
pub use hash::{ContentHash, content_hash, documents_hash};
#[cfg(test)]
pub use records::Record;

use crate::error::{EngineError, Result};

/// Films, their vectors and the service's records. One writer at a time; readers have their own connections and never wait for it.
pub struct Catalog {
    path: PathBuf,
    writer: Mutex<Connection>,
    idle_readers: Mutex<Vec<Connection>>,
}

impl Catalog {
    /// Opens or creates the file `path` and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self> {
        let writer = schema::open_writer(path)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), idle_readers: Mutex::new(Vec::new()) })
    }

    /// Version of the SQLite library in use.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    /// Grows with every change of films or vectors.
    pub fn generation(&self) -> Result<u64> {
        self.read(schema::generation)
    }

    /// Copies everything that is committed into the main file, so that the write-ahead log is empty.
    pub fn checkpoint(&self) -> Result<()> {
        self.writer()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(|cause| self.failed("checkpointing the catalogue", &cause))
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock()
    }

    /// Runs `work` on a reader's connection, which goes back to the idle ones afterwards.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        let idle = self.idle_readers.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => schema::open_reader(&self.path)?,
        };
        let value = work(&connection).map_err(|cause| self.failed("reading the catalogue", &cause))?;
        self.idle_readers.lock().push(connection);
        Ok(value)
    }

    /// Runs `work` in one transaction that is durable when this returns.
    fn write<T>(&self, work: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        let mut connection = self.writer();
        let attempt = || -> rusqlite::Result<T> {
            let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        attempt().map_err(|cause| self.failed("writing the catalogue", &cause))
    }

    fn failed(&self, action: &str, cause: &rusqlite::Error) -> EngineError {
        schema::to_engine_error(&self.path, action, cause)
    }
}
