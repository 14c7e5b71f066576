//! Schema, migrations and connection settings of the catalogue's file.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use crate::error::{EngineError, Result};

/// Marks the file as CineMatch's (`PRAGMA application_id`): the letters `CMdb`.
const APPLICATION_ID: i32 = 0x434d_6462;

/// SQLite before 3.51.3 can lose committed writes in WAL mode with two connections (its release notes).
const OLDEST_SQLITE: i32 = 3_051_003;

/// Step `n` brings a file from version `n` to `n + 1`. Never edit a step that was released: add one.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE films (
        id           INTEGER PRIMARY KEY,
        data         TEXT NOT NULL,     -- the film as JSON, without fetched_at
        content_hash BLOB NOT NULL,     -- of data
        fetched_at   TEXT               -- RFC 3339
    ) STRICT;
    CREATE TABLE vectors (
        film_id       INTEGER NOT NULL REFERENCES films (id) ON DELETE CASCADE,
        model         TEXT NOT NULL,    -- fingerprint
        document_hash BLOB NOT NULL,    -- of the text that was embedded
        generation    INTEGER NOT NULL, -- of the catalogue when the vector was written
        vector        BLOB NOT NULL,    -- f16, little endian
        PRIMARY KEY (film_id, model)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX vectors_by_model ON vectors (model);
    CREATE TABLE records (
        collection TEXT NOT NULL,
        key        TEXT NOT NULL,
        value      TEXT NOT NULL,       -- JSON
        updated_at TEXT NOT NULL,       -- RFC 3339
        PRIMARY KEY (collection, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE state (
        only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
        generation   INTEGER NOT NULL,
        active_model TEXT               -- fingerprint of the model whose vectors answer
    ) STRICT;
    INSERT INTO state VALUES (1, 0, NULL);
"];

/// Opens the one connection that writes, creating or migrating the file.
pub fn open_writer(path: &Path) -> Result<Connection> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(EngineError::Internal(format!("SQLite {} is too old to be safe", rusqlite::version())));
    }
    let attempt = || -> rusqlite::Result<Connection> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL survives a power cut, NORMAL only a killed process.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(connection)
    };
    let mut connection = attempt().map_err(|cause| to_engine_error(path, "opening the catalogue", &cause))?;
    migrate(&mut connection, path)?;
    Ok(connection)
}

/// Opens a connection that cannot write.
pub fn open_reader(path: &Path) -> Result<Connection> {
    let attempt = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(connection)
    };
    attempt().map_err(|cause| to_engine_error(path, "opening the catalogue for reading", &cause))
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    let known = MIGRATIONS.len().cast_signed() as i64;
    let failed = |cause: rusqlite::Error| to_engine_error(path, "migrating the catalogue", &cause);
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    if found > known {
        return Err(EngineError::CatalogueTooNew { found, known });
    }
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(failed)?;
    if found > 0 && owner != APPLICATION_ID {
        return Err(EngineError::CatalogueDamaged { path: path.to_owned(), message: "it is a database of another program".to_owned() });
    }
    let mut apply = || -> rusqlite::Result<()> {
        for (step, sql) in MIGRATIONS.iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
            let transaction = connection.transaction()?;
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", step.cast_signed() as i64 + 1)?;
            transaction.commit()?;
        }
        Ok(())
    };
    apply().map_err(failed)
}

/// The catalogue's generation as this connection sees it.
pub fn generation(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT generation FROM state", [], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
}

/// Begins a new generation and returns its number.
pub fn next_generation(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .query_row("UPDATE state SET generation = generation + 1 RETURNING generation", [], |row| row.get::<_, i64>(0))
        .map(i64::cast_unsigned)
}

/// Fingerprint of the model whose vectors answer; `None` before the first one.
pub fn active_model(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection.query_row("SELECT active_model FROM state", [], |row| row.get(0)).optional().map(Option::flatten)
}

/// Tells a damaged file from a failing disk.
pub fn to_engine_error(path: &Path, action: &str, cause: &rusqlite::Error) -> EngineError {
    match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            EngineError::CatalogueDamaged { path: path.to_owned(), message: cause.to_string() }
        }
        _ => EngineError::storage(action, cause),
    }
}
