//! Files that can always be made again: written whole or not at all, and never believed without their checksum.
//!
//! Layout: the SHA-256 of all that follows in hexadecimal, a line feed, one line of JSON (the manifest), the payload.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::error::{EngineError, Result};
use crate::hex::hex;

/// Why a cached index cannot be used. The index is then built again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// There is no file.
    Missing,
    /// The file is whole, but made for something else; says for what.
    Stale(String),
    /// The file is not what was written; says how.
    Damaged(String),
}

impl std::fmt::Display for Unusable {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => to.write_str("there is none yet"),
            Self::Stale(what) => write!(to, "it is stale: {what}"),
            Self::Damaged(what) => write!(to, "it is damaged: {what}"),
        }
    }
}

/// Writes `manifest` and `payload` to `path` through a temporary file, a sync and a rename, so that a crash leaves the old file or the new one.
///
/// # Errors
/// `storage_failed`; the file that was there stays.
pub(crate) fn write(path: &Path, manifest: &impl Serialize, payload: &[u8]) -> Result<()> {
    let failed = |cause: &dyn std::fmt::Display| EngineError::storage(format!("writing {}", path.display()), cause);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut line = serde_json::to_vec(manifest).map_err(|cause| failed(&cause))?;
    line.push(b'\n');
    fs::create_dir_all(folder).map_err(|cause| failed(&cause))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|cause| failed(&cause))?;
    let sum = checksum(&[&line, payload]);
    for part in [sum.as_bytes(), b"\n", &line, payload] {
        file.write_all(part).map_err(|cause| failed(&cause))?;
    }
    file.as_file().sync_all().map_err(|cause| failed(&cause))?;
    file.persist(path).map_err(|cause| failed(&cause.error))?;
    sync_folder(folder).map_err(|cause| failed(&cause))
}

/// Reads what [`write`] wrote.
pub(crate) fn read<M: DeserializeOwned>(path: &Path) -> Result<(M, Vec<u8>), Unusable> {
    let mut bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Err(Unusable::Missing),
        Err(cause) => return Err(Unusable::Damaged(format!("{} cannot be read: {cause}", path.display()))),
    };
    let damaged = |what: &str| Unusable::Damaged(format!("{} {what}", path.display()));
    let (sum, body) = split_line(&bytes).ok_or_else(|| damaged("has no checksum"))?;
    if checksum(&[body]).as_bytes() != sum {
        return Err(damaged("does not match its checksum"));
    }
    let (line, payload) = split_line(body).ok_or_else(|| damaged("has no manifest"))?;
    let manifest =
        serde_json::from_slice(line).map_err(|cause| Unusable::Stale(format!("another version wrote {}: {cause}", path.display())))?;
    let payload_at = bytes.len() - payload.len();
    bytes.drain(..payload_at);
    Ok((manifest, bytes))
}

fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

fn checksum(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// A rename is on disk only once its folder is; Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_written_and_replaces_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/cache");
        assert_eq!(read::<u32>(&path), Err(Unusable::Missing));
        write(&path, &7u32, b"old\nbytes").unwrap();
        write(&path, &8u32, b"new\nbytes").unwrap();
        assert_eq!(read::<u32>(&path), Ok((8, b"new\nbytes".to_vec())));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn any_change_of_the_file_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache");
        write(&path, &7u32, b"payload").unwrap();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            for damaged in [&flipped[..], &whole[..at]] {
                fs::write(&path, damaged).unwrap();
                assert!(matches!(read::<u32>(&path), Err(Unusable::Damaged(_))), "byte {at}");
            }
        }
        fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
        assert!(matches!(read::<u32>(&path), Err(Unusable::Damaged(_))));
    }
}
