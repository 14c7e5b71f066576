//! Where the tests find the model and ONNX Runtime.

use std::path::PathBuf;

fn path(variable: &str, what: &str) -> PathBuf {
    match std::env::var_os(variable) {
        Some(path) => path.into(),
        None => panic!("{variable} is not set: these tests need {what}"),
    }
}

/// The folder with the folders of the models.
pub fn model_dir() -> PathBuf {
    path("CINEMATCH_TEST_MODEL_DIR", "the folder into which `cinematch model fetch` puts the models")
}

/// The library of ONNX Runtime.
pub fn runtime_library() -> PathBuf {
    path("CINEMATCH_TEST_ORT_LIBRARY", "ONNX Runtime's library, which `npm ci` puts into node_modules/onnxruntime-node")
}
