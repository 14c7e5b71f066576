//! The data directory and its lock: it belongs to one process at a time, and a crash releases it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::{EngineError, Result};

const LOCK_FILE: &str = "cinematch.lock";

/// A data directory held by this process; dropping it lets go.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Creates the directory where it is missing and takes its lock. `role` (`serve`, `import`) tells a second process who holds it.
    pub fn acquire(path: &Path, role: &str) -> Result<Self> {
        std::fs::create_dir_all(path)
            .map_err(|cause| EngineError::storage(format!("creating the data directory {}", path.display()), &cause))?;
        let lock_path = path.join(LOCK_FILE);
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&lock_path);
        let mut lock = opened.map_err(|cause| EngineError::storage(format!("opening {}", lock_path.display()), &cause))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(EngineError::DataDirLocked { path: path.to_owned(), holder: holder(&mut lock) });
            }
            Err(TryLockError::Error(cause)) => {
                return Err(EngineError::storage(format!("locking {}", lock_path.display()), &cause));
            }
        }
        write_holder(&mut lock, role).map_err(|cause| EngineError::storage(format!("writing {}", lock_path.display()), &cause))?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// The catalogue's file.
    pub fn catalog_file(&self) -> PathBuf {
        self.path.join("catalogue.sqlite")
    }

    /// Where the indexes are kept; deleting it loses nothing.
    pub fn index_dir(&self) -> PathBuf {
        self.path.join("indexes")
    }
}

fn holder(lock: &mut File) -> String {
    let mut text = String::new();
    match lock.read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        _ => "another process".to_owned(),
    }
}

fn write_holder(lock: &mut File, role: &str) -> std::io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "process {} ({role})", std::process::id())?;
    lock.sync_all()
}
