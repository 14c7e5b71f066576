//! ONNX Runtime's library, missing, wrong and right. One test, because a process keeps the first library that works.

#![allow(clippy::unwrap_used)]

use cinematch_core::testing::{Embedder, Model};
mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

fn open(library: &Path) -> Result<Embedder, (&'static str, String)> {
    let model = Model::resolve("fast", &common::model_dir()).unwrap();
    Embedder::open(model, 1, library, 1, 1).map_err(|error| (error.code(), error.to_string()))
}

fn assert_refused(library: &Path, because: &str) {
    let (code, message) = open(library).err().unwrap();
    assert_eq!(code, "runtime_unavailable", "{message}");
    assert!(message.contains(&*library.to_string_lossy()) && message.contains(because), "{message}");
}

#[test]
fn a_library_that_does_not_fit_is_refused_and_the_right_one_then_works() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    };

    assert_refused(&folder.path().join("missing.so"), "there is no such file");
    assert_refused(folder.path(), "there is no such file");
    assert_refused(&file("text.so", b"this is no library"), "failed to load");
    assert_refused(&file("empty.so", b""), "failed to load");

    #[cfg(target_os = "linux")]
    {
        // The machine that an ELF file is for is the number at byte 18; 8 is MIPS.
        let mut foreign = fs::read(common::runtime_library()).unwrap();
        foreign[18..20].copy_from_slice(&8_u16.to_le_bytes());
        assert_refused(&file("mips.so", &foreign), "failed to load");
    }

    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/old_onnxruntime.rs");
    let old = folder.path().join(format!("old{}", std::env::consts::DLL_SUFFIX));
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut build = Command::new(rustc);
    build.args(["--edition=2024", "--crate-type=cdylib", "-o"]).arg(&old).arg(source);
    assert!(build.status().unwrap().success());
    assert_refused(&old, "1.12.0");

    let embedder = open(&common::runtime_library()).unwrap();
    let again = open(&folder.path().join("missing.so")).unwrap();
    assert_eq!(embedder.embed_query("heat").unwrap(), again.embed_query("heat").unwrap());
}
