//! What a model is: its files, how its output becomes a vector, and the models that CineMatch knows by name.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// How the vectors of a text's tokens become the vector of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pooling {
    /// The mean over all tokens.
    Mean,
    /// The vector of the first token (`[CLS]`).
    Cls,
}

/// The numbers that a model computes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 8-bit integers with scales taken at run time: a quarter of the size, about three times the speed.
    Int8,
    /// 32-bit floats.
    F32,
}

impl Precision {
    /// The name in settings and folder names: `int8` or `f32`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Int8 => "int8",
            Self::F32 => "f32",
        }
    }
}

/// One file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Its path, relative to the model's folder.
    pub file: String,
    /// Its SHA-256 in lower-case hex. Without one, the file is taken as it is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

impl ModelFile {
    fn named(file: &str) -> Self {
        Self { file: file.to_owned(), sha256: None, bytes: None }
    }
}

/// What there is to know about a model. This is also the shape of a custom model's `model.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSpec {
    /// The model's own name (`all-MiniLM-L6-v2`).
    pub name: String,
    /// Length of its vectors.
    pub dimensions: usize,
    /// How tokens become one vector.
    pub pooling: Pooling,
    /// What the model wants to read before a question.
    #[serde(default)]
    pub query_prefix: String,
    /// What the model wants to read before a film.
    #[serde(default)]
    pub passage_prefix: String,
    /// Longer texts are cut here; counted with prefix and special tokens.
    #[serde(default = "default_max_tokens")]
    pub max_tokens: usize,
    /// The numbers it computes with.
    pub precision: Precision,
    /// The ONNX file.
    #[serde(default = "default_model_file")]
    pub model: ModelFile,
    /// The `tokenizer.json` of Hugging Face's `tokenizers`.
    #[serde(default = "default_tokenizer_file")]
    pub tokenizer: ModelFile,
}

/// `data/models.json`: the models that CineMatch knows by name. The service reads there, too, from where their files are to be had.
#[derive(Deserialize)]
struct Builtin {
    /// Short names, and the [ids](ModelSpec::id) that they mean.
    presets: BTreeMap<String, String>,
    models: Vec<Known>,
}

#[derive(Deserialize)]
struct Known {
    spec: ModelSpec,
}

#[expect(clippy::expect_used, reason = "the text is part of the program, and the tests below read it")]
static BUILTIN: LazyLock<Builtin> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../data/models.json")).expect("data/models.json is what it should be"));

const MODEL_FILE: &str = "model.onnx";
const TOKENIZER_FILE: &str = "tokenizer.json";

/// `max_seq_length` of the published sentence-transformers configuration of all-MiniLM-L6-v2.
const DEFAULT_MAX_TOKENS: usize = 256;

fn default_max_tokens() -> usize {
    DEFAULT_MAX_TOKENS
}

fn default_model_file() -> ModelFile {
    ModelFile::named(MODEL_FILE)
}

fn default_tokenizer_file() -> ModelFile {
    ModelFile::named(TOKENIZER_FILE)
}

impl ModelSpec {
    /// The models that need no `model.json`: small and fast first, the best one second, full precision last.
    pub fn builtin() -> impl Iterator<Item = &'static Self> {
        BUILTIN.models.iter().map(|known| &known.spec)
    }

    /// The built-in model that `name` means: a preset (`fast`, `quality`), a model's name (the int8 one) or its [`Self::id`].
    pub fn find(name: &str) -> Option<Self> {
        let wanted = BUILTIN.presets.get(name).map_or(name, String::as_str);
        Self::builtin().find(|spec| spec.name == wanted || spec.id() == wanted).cloned()
    }

    /// What a setting may call a built-in model: presets, then [ids](Self::id).
    pub(super) fn names() -> Vec<String> {
        BUILTIN.presets.keys().cloned().chain(Self::builtin().map(Self::id)).collect()
    }

    /// Whether the model was trained to match questions with passages; such models mark questions by a prefix. The others compare sentences.
    pub fn is_trained_for_questions(&self) -> bool {
        !self.query_prefix.is_empty()
    }

    /// Name and precision, which is also the name of the model's folder: `all-MiniLM-L6-v2-int8`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.name, self.precision.as_str())
    }

    /// What makes no sense in these settings, if anything.
    pub(super) fn problem(&self) -> Option<String> {
        let file_name = |path: &str| matches!(Path::new(path).components().collect::<Vec<_>>()[..], [Component::Normal(_)]);
        let inside = |path: &str| !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if !file_name(&self.name) {
            return Some(format!("name {:?} must be usable as a folder's name", self.name));
        }
        if let Some(file) = [&self.model, &self.tokenizer].into_iter().find(|file| !inside(&file.file)) {
            return Some(format!("file {:?} must be a path inside the model's folder", file.file));
        }
        if self.dimensions == 0 {
            return Some("dimensions must be 1 or more".to_owned());
        }
        (self.max_tokens < 3).then(|| "max_tokens must leave room for a word between the special tokens".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minilm() -> ModelSpec {
        ModelSpec::find("fast").unwrap()
    }

    #[test]
    fn every_builtin_model_is_found_by_id_and_is_complete() {
        assert_eq!(ModelSpec::builtin().count(), 3);
        assert_eq!(ModelSpec::names()[..2], ["fast", "quality"]);
        for spec in ModelSpec::builtin() {
            assert_eq!(ModelSpec::find(&spec.id()).as_ref(), Some(spec));
            assert_eq!(spec.problem(), None);
            for file in [&spec.model, &spec.tokenizer] {
                assert_eq!(file.sha256.as_ref().unwrap().len(), 64);
                assert!(file.bytes.unwrap() > 0);
            }
        }
    }

    #[test]
    fn short_names_mean_the_int8_models() {
        assert_eq!(ModelSpec::find("fast").unwrap().id(), "all-MiniLM-L6-v2-int8");
        assert_eq!(ModelSpec::find("all-MiniLM-L6-v2").unwrap().id(), "all-MiniLM-L6-v2-int8");
        assert_eq!(ModelSpec::find("quality").unwrap().id(), "bge-small-en-v1.5-int8");
        assert_eq!(ModelSpec::find("all-MiniLM-L6-v2-f32").unwrap().precision, Precision::F32);
        assert_eq!(ModelSpec::find("gpt"), None);
    }

    #[test]
    fn a_spec_survives_json_and_defaults_what_may_be_left_out() {
        let minilm = minilm();
        let json = serde_json::to_string(&minilm).unwrap();
        assert_eq!(serde_json::from_str::<ModelSpec>(&json).unwrap(), minilm);

        let short = r#"{"name": "mine", "dimensions": 8, "pooling": "cls", "precision": "f32"}"#;
        let spec: ModelSpec = serde_json::from_str(short).unwrap();
        assert_eq!((spec.max_tokens, spec.model.file.as_str()), (256, "model.onnx"));
        assert_eq!(spec.tokenizer, ModelFile { file: "tokenizer.json".to_owned(), sha256: None, bytes: None });
    }

    #[test]
    fn a_spec_may_not_leave_its_folder() {
        let minilm = minilm();
        for file in ["../model.onnx", "/etc/passwd", ""] {
            let spec = ModelSpec { model: ModelFile::named(file), ..minilm.clone() };
            assert!(spec.problem().is_some(), "{file:?}");
        }
        assert!(ModelSpec { name: "../x".to_owned(), ..minilm.clone() }.problem().is_some());
        assert!(ModelSpec { max_tokens: 2, ..minilm.clone() }.problem().is_some());
        assert!(ModelSpec { dimensions: 0, ..minilm }.problem().is_some());
    }
}
