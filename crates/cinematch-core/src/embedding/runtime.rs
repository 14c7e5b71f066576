//! ONNX Runtime, a shared library that is loaded once per process.

use std::ffi::{CStr, c_char, c_void};
use std::path::Path;
use std::sync::{Arc, Once, OnceLock};

use ort::environment::Environment;
use ort::logging::LogLevel;
use parking_lot::{Mutex, RwLock, RwLockReadGuard};

use crate::guard::guard;
use crate::{EngineError, Result, warnings};

/// Never dropped: ONNX Runtime allows one environment a process, and sessions need it.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// Version of the library that was loaded.
static VERSION: OnceLock<String> = OnceLock::new();

/// Held for reading while a thread is inside ONNX Runtime, and for good by a process that ends.
static GATE: RwLock<()> = RwLock::new(());

/// The right to be inside ONNX Runtime.
pub(super) fn enter() -> RwLockReadGuard<'static, ()> {
    GATE.read()
}

/// Has `exit` wait until no thread is inside ONNX Runtime, and let none in any more: it ends the process while other
/// threads run, and destroys the library's statics under them. Call it when the library has made its statics:
/// handlers run in the reverse order of their registration.
pub(super) fn close_at_exit() {
    static REGISTERED: Once = Once::new();
    extern "C" fn close() {
        std::mem::forget(GATE.write());
    }
    // SAFETY: the handler touches only a static, which is never destroyed.
    REGISTERED.call_once(|| {
        let _ = unsafe { libc::atexit(close) }; // refused only without memory
    });
}

/// `1.30.0`; `unknown` before the library is loaded.
pub(super) fn version() -> &'static str {
    VERSION.get().map_or("unknown", String::as_str)
}

/// The process's environment. The first call that succeeds decides which library that is; later calls get the same
/// one whatever they name. After a failure the next call tries again.
///
/// `runtime_unavailable` when `library` is missing, is not a library for this machine, is not ONNX Runtime or is too
/// old.
pub(super) fn environment(library: &Path) -> Result<Environment> {
    let mut environment = ENVIRONMENT.lock();
    if let Some(environment) = &*environment {
        return Ok(environment.clone());
    }
    let unavailable = |message: String| EngineError::RuntimeUnavailable { path: library.to_owned(), message };
    // Beside `node` is where a relative path would be looked for.
    let absolute = std::path::absolute(library).map_err(|cause| unavailable(cause.to_string()))?;
    if !absolute.is_file() {
        return Err(unavailable("there is no such file".to_owned()));
    }
    let loaded = guard(|| load(&absolute).map_err(&unavailable)).map_err(|error| match error {
        EngineError::Internal(message) => unavailable(message),
        other => other,
    })?;
    Ok(environment.insert(loaded).clone())
}

/// Official builds from 1.29 on send usage data to their maker and keep a database for it in the home directory. This
/// variable, read while the environment is made, is what keeps them from both; `with_telemetry` comes too late.
const NO_TELEMETRY: &str = "ORT_DISABLE_TELEMETRY";

fn load(library: &Path) -> Result<Environment, String> {
    // SAFETY: only a thread that reads the process's environment through the C library at this very moment could be
    // disturbed. This runs once, while a process opens its first engine, before ONNX Runtime has any thread.
    unsafe { std::env::set_var(NO_TELEMETRY, "1") };
    let environment = ort::init_from(library)
        .map_err(|cause| cause.to_string())?
        .with_name("cinematch")
        .with_telemetry(false)
        .with_logger(Arc::new(log))
        .build()
        .map_err(|cause| cause.to_string())?;
    // Its warnings are about options that ort sets twice and about optimised models being for this machine alone.
    environment.set_log_level(LogLevel::Error);
    if let Some(version) = read_version(library) {
        VERSION.get_or_init(|| version);
    }
    Ok(environment)
}

/// `OrtApiBase` of ONNX Runtime's C interface, which never changes (`onnxruntime_c_api.h`).
#[repr(C)]
struct ApiBase {
    get_api: extern "system" fn(u32) -> *const c_void,
    get_version_string: extern "system" fn() -> *const c_char,
}

/// What the library itself calls its version.
fn read_version(library: &Path) -> Option<String> {
    // SAFETY: the library is loaded already, so no code of it runs now; it exports `OrtGetApiBase` with this signature,
    // which gives a static table whose version is a static C string.
    unsafe {
        let library = libloading::Library::new(library).ok()?;
        let get_base: libloading::Symbol<'_, extern "system" fn() -> *const ApiBase> = library.get(b"OrtGetApiBase").ok()?;
        let version = (get_base().as_ref()?.get_version_string)();
        Some(CStr::from_ptr(version).to_string_lossy().into_owned())
    }
}

/// Looks at the level once more: what is said while the environment is made comes before its level is set.
fn log(level: LogLevel, _category: &str, _id: &str, location: &str, message: &str) {
    if matches!(level, LogLevel::Fatal | LogLevel::Error) {
        warnings::warn(format!("ONNX Runtime at {location}: {message}"));
    }
}
