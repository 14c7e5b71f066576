//! Content hashes: an unchanged film is not stored again, an unchanged text is not embedded again.

use sha2::{Digest, Sha256};

use crate::error::{EngineError, Result};
use crate::film::Film;

/// SHA-256 of a film's data or of a text.
pub type ContentHash = [u8; 32];

/// Hash of `text`.
pub fn text_hash(text: &str) -> ContentHash {
    Sha256::digest(text.as_bytes()).into()
}

/// Hash of the texts that make a film's vector.
pub fn documents_hash(documents: &[String]) -> ContentHash {
    text_hash(&documents.join("\0"))
}

/// The film's stored form (JSON without `fetched_at`, which says nothing about its content) and the hash of it.
pub fn content_hash(film: &Film) -> Result<(String, ContentHash)> {
    let content = Film { fetched_at: None, ..film.clone() };
    let json = serde_json::to_string(&content).map_err(|cause| EngineError::Internal(cause.to_string()))?;
    let hash = text_hash(&json);
    Ok((json, hash))
}
