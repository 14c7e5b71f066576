//! A model on disk: where its files are, whether they are the right ones, and the fingerprint of what they compute.
//!
//! # Layout
//! `MODEL_DIR/<name>-<precision>/{model.onnx,tokenizer.json}` is what `cinematch model fetch` writes
//! (`models/all-MiniLM-L6-v2-int8/model.onnx`). A folder that holds the two files itself is accepted as well. A
//! custom model is a folder with a `model.json` (a [`ModelSpec`]) beside its files.

use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};

use super::spec::{ModelFile, ModelSpec};
use crate::hex::hex;
use crate::{EngineError, Result};

const SPEC_FILE: &str = "model.json";

/// A model whose files were found, read and verified; what it computes with are the bytes that were verified.
#[derive(Debug)]
pub struct Model {
    spec: ModelSpec,
    onnx: VerifiedFile,
    tokenizer: VerifiedFile,
}

impl Model {
    /// What a setting means: the name of a built-in model whose files are under `model_dir` (see
    /// [`ModelSpec::find`]), or the path of a folder with a `model.json`.
    ///
    /// `invalid_argument` when it is neither; otherwise as [`Self::open`] and [`Self::load`].
    pub fn resolve(name_or_folder: &str, model_dir: &Path) -> Result<Self> {
        if let Some(spec) = ModelSpec::find(name_or_folder) {
            return Self::open(model_dir, spec);
        }
        let folder = Path::new(name_or_folder);
        if folder.join(SPEC_FILE).is_file() {
            return Self::load(folder);
        }
        Err(EngineError::InvalidArgument {
            field: "model".to_owned(),
            message: format!(
                "{name_or_folder:?} is neither a known model ({}) nor a folder with a {SPEC_FILE}",
                ModelSpec::names().join(", ")
            ),
        })
    }

    /// Finds the files of `spec` under `dir` and verifies their sizes and checksums.
    ///
    /// `model_missing`, `model_damaged`, or `storage_failed` when a file cannot be read.
    pub fn open(dir: &Path, spec: ModelSpec) -> Result<Self> {
        let own_folder = dir.join(spec.id());
        let folder = if !own_folder.is_dir() && dir.join(&spec.model.file).is_file() { dir } else { &own_folder };
        Self::verify(folder, spec)
    }

    /// Opens a custom model: `folder` holds a `model.json` and the files that it names.
    ///
    /// Errors as [`Self::open`]; a `model.json` that makes no sense is `model_damaged`.
    pub fn load(folder: &Path) -> Result<Self> {
        let path = folder.join(SPEC_FILE);
        let text = fs::read(&path).map_err(|cause| unreadable(&path, &cause))?;
        let spec: ModelSpec = serde_json::from_slice(&text).map_err(|cause| damaged(&path, cause.to_string()))?;
        match spec.problem() {
            Some(problem) => Err(damaged(&path, problem)),
            None => Self::verify(folder, spec),
        }
    }

    fn verify(folder: &Path, spec: ModelSpec) -> Result<Self> {
        let onnx = VerifiedFile::verify(folder, &spec.model)?;
        let tokenizer = VerifiedFile::verify(folder, &spec.tokenizer)?;
        Ok(Self { spec, onnx, tokenizer })
    }

    /// What the model is.
    pub fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    /// 16 hex digits that differ whenever the same film could get another vector: they cover both files, the pooling, the prefixes and
    /// the cut, and `texts`, the version of the texts that are embedded of a film. Stored beside every vector.
    pub fn fingerprint(&self, texts: u32) -> Result<String> {
        let spec = &self.spec;
        let (model, tokenizer) = (&self.onnx.sha256, &self.tokenizer.sha256);
        let parts = (model, tokenizer, spec.pooling, &spec.query_prefix, &spec.passage_prefix, spec.max_tokens, texts);
        let text = serde_json::to_vec(&parts).map_err(|cause| EngineError::Internal(cause.to_string()))?;
        Ok(hex(&Sha256::digest(text)[..8]))
    }

    /// The ONNX file.
    pub fn model_path(&self) -> &Path {
        &self.onnx.path
    }

    pub(super) fn tokenizer_path(&self) -> &Path {
        &self.tokenizer.path
    }

    /// The bytes of the ONNX file.
    pub(super) fn onnx(&self) -> &[u8] {
        &self.onnx.bytes
    }

    /// The bytes of the tokenizer.
    pub(super) fn tokenizer(&self) -> &[u8] {
        &self.tokenizer.bytes
    }
}

/// A file as it was when it was verified.
#[derive(Debug)]
struct VerifiedFile {
    path: PathBuf,
    sha256: String,
    bytes: Vec<u8>,
}

impl VerifiedFile {
    fn verify(folder: &Path, expected: &ModelFile) -> Result<Self> {
        let path = folder.join(&expected.file);
        let bytes = fs::read(&path).map_err(|cause| unreadable(&path, &cause))?;
        if let Some(right) = expected.bytes.filter(|&right| right != bytes.len() as u64) {
            return Err(damaged(&path, format!("it has {} bytes, it should have {right}", bytes.len())));
        }
        let sha256 = hex(&Sha256::digest(&bytes));
        match expected.sha256.as_ref().filter(|right| !right.eq_ignore_ascii_case(&sha256)) {
            Some(right) => Err(wrong_checksum(&path, &sha256, right)),
            None => Ok(Self { path, sha256, bytes }),
        }
    }
}

fn wrong_checksum(path: &Path, found: &str, right: &str) -> EngineError {
    damaged(path, format!("its SHA-256 is {found}, it should be {right}"))
}

pub(super) fn damaged(path: &Path, message: String) -> EngineError {
    EngineError::ModelDamaged { path: path.to_owned(), message }
}

fn unreadable(path: &Path, cause: &io::Error) -> EngineError {
    match cause.kind() {
        io::ErrorKind::NotFound => EngineError::ModelMissing { path: path.to_owned() },
        _ => EngineError::storage(format!("reading {}", path.display()), cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a custom model whose two files are not real ones.
    fn folder(model: &[u8], extra: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("model.onnx"), model).unwrap();
        fs::write(folder.path().join("tokenizer.json"), "{}").unwrap();
        let spec = format!(r#"{{"name": "mine", "dimensions": 8, "pooling": "mean", "precision": "f32"{extra}}}"#);
        fs::write(folder.path().join("model.json"), spec).unwrap();
        folder
    }

    #[test]
    fn the_fingerprint_follows_files_and_settings_and_nothing_else() {
        let of = |model: &[u8], extra: &str| Model::load(folder(model, extra).path()).unwrap().fingerprint(1).unwrap();
        let plain = of(b"weights", "");
        assert_eq!(plain.len(), 16);
        assert_eq!(of(b"weights", ""), plain);
        assert_eq!(of(b"weights", r#", "passage_prefix": """#), plain);
        assert_ne!(of(b"other weights", ""), plain);
        assert_ne!(of(b"weights", r#", "query_prefix": "question: ""#), plain);
        assert_ne!(of(b"weights", r#", "passage_prefix": "question: ""#), of(b"weights", r#", "query_prefix": "question: ""#));
        assert_ne!(of(b"weights", r#", "max_tokens": 128"#), plain);
    }

    #[test]
    fn what_was_verified_is_what_computes_whatever_happens_to_the_file() {
        let folder = folder(b"weights", "");
        let model = Model::load(folder.path()).unwrap();
        fs::write(folder.path().join("model.onnx"), b"Weights").unwrap();
        assert_eq!(model.onnx(), b"weights");
    }

    #[test]
    fn size_and_checksum_are_verified() {
        let wrong_size = r#", "model": {"file": "model.onnx", "bytes": 8}"#;
        let error = Model::load(folder(b"weights", wrong_size).path()).unwrap_err();
        assert_eq!(error.code(), "model_damaged");
        assert!(error.to_string().contains("it has 7 bytes, it should have 8"), "{error}");

        let wrong_sum = format!(r#", "model": {{"file": "model.onnx", "sha256": "{}"}}"#, "0".repeat(64));
        let error = Model::load(folder(b"weights", &wrong_sum).path()).unwrap_err();
        assert_eq!(error.code(), "model_damaged");
        assert!(error.to_string().contains("SHA-256"), "{error}");

        let right_sum = hex(&Sha256::digest(b"weights")).to_uppercase();
        let right = format!(r#", "model": {{"file": "model.onnx", "sha256": "{right_sum}", "bytes": 7}}"#);
        assert!(Model::load(folder(b"weights", &right).path()).is_ok());
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = folder(b"weights", "");
        fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
        let error = Model::load(folder.path()).unwrap_err();
        assert_eq!(error.code(), "model_missing");
        assert!(error.to_string().contains("tokenizer.json"), "{error}");

        let empty = tempfile::tempdir().unwrap();
        let error = Model::resolve("fast", empty.path()).unwrap_err();
        assert_eq!(error.code(), "model_missing");
        assert!(error.to_string().contains("all-MiniLM-L6-v2-int8/model.onnx"), "{error}");
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        for extra in [r#", "poolling": "cls""#, r#", "max_tokens": 1"#, r#", "model": {"file": "../x"}"#] {
            assert_eq!(Model::load(folder(b"weights", extra).path()).unwrap_err().code(), "model_damaged", "{extra}");
        }
        let error = Model::resolve("gpt", Path::new("models")).unwrap_err();
        assert_eq!(error.code(), "invalid_argument");
        assert!(error.to_string().contains("fast, quality"), "{error}");
    }

    #[test]
    fn a_setting_may_name_a_folder() {
        let folder = folder(b"weights", "");
        let model = Model::resolve(folder.path().to_str().unwrap(), Path::new("elsewhere")).unwrap();
        assert_eq!(model.spec().name, "mine");
    }
}
