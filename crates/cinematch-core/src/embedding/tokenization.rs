//! From text to the token ids that the model reads.

use std::path::Path;

use tokenizers::{Tokenizer, TruncationParams};

use super::model::{Model, damaged};
use crate::{EngineError, Result};

/// The tokenizer of a model.
pub(super) struct Tokenization {
    tokenizer: Tokenizer,
}

impl Tokenization {
    /// Reads the tokenizer of `model`. A tokenizer file brings truncation and padding settings of its own (128
    /// tokens, padded, for all-MiniLM-L6-v2): the model's settings replace the first, and nothing is ever padded.
    pub fn open(model: &Model) -> Result<Self> {
        Self::parse(model.tokenizer(), model.spec().max_tokens, model.tokenizer_path())
    }

    fn parse(json: &[u8], max_tokens: usize, path: &Path) -> Result<Self> {
        let not_usable = |cause: tokenizers::Error| damaged(path, cause.to_string());
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(not_usable)?;
        let truncation = TruncationParams { max_length: max_tokens, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(not_usable)?;
        tokenizer.with_padding(None);
        Ok(Self { tokenizer })
    }

    /// The ids of `text` with the special tokens, at most `max_tokens` of them, at least one.
    pub fn encode(&self, text: &str) -> Result<Vec<i64>> {
        let encoding = self
            .tokenizer
            .encode_fast(text, true)
            .map_err(|cause| EngineError::EmbeddingFailed(format!("its tokenizer failed: {cause}")))?;
        match encoding.get_ids() {
            [] => Err(EngineError::EmbeddingFailed("its tokenizer made no token of the text".to_owned())),
            ids => Ok(ids.iter().map(|&id| i64::from(id)).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word tokenizer with the baked-in settings that must not survive.
    const WORDS: &str = r#"{
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
        "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
                    "pad_type_id": 0, "pad_token": "[PAD]"},
        "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
        "decoder": null,
        "model": {"type": "WordLevel", "vocab": {"[PAD]": 0, "[UNK]": 1, "one": 2, "two": 3}, "unk_token": "[UNK]"}
    }"#;

    #[test]
    fn the_files_own_truncation_and_padding_do_not_count() {
        let words = Tokenization::parse(WORDS.as_bytes(), 4, Path::new("tokenizer.json")).unwrap();
        assert_eq!(words.encode("one two three").unwrap(), [2, 3, 1]);
        assert_eq!(words.encode("one two one two one two").unwrap(), [2, 3, 2, 3]);
    }

    #[test]
    fn a_text_without_tokens_is_an_error() {
        let words = Tokenization::parse(WORDS.as_bytes(), 4, Path::new("tokenizer.json")).unwrap();
        assert_eq!(words.encode("").unwrap_err().code(), "embedding_failed");
    }

    #[test]
    fn garbage_is_a_damaged_model() {
        for json in [&b"garbage"[..], b"{}", b"", b"\xff\xfe"] {
            let error = Tokenization::parse(json, 4, Path::new("tokenizer.json")).err().unwrap();
            assert_eq!(error.code(), "model_damaged", "{json:?}");
        }
    }
}
