//! The `Engine` class of the addon. One engine per data directory and process: worker threads attach to it.
//! Requests and answers are JSON text of the types in `src/store/contract.generated.ts`; answers are outcomes, `{"Ok": …}` or `{"Err": Failure}`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cinematch_core::engine::{Engine, EngineSettings, Lane};
use cinematch_core::query::{Idea, ListRequest, RecommendRequest, Reference, SearchRequest};
use cinematch_core::{EngineError, Result, guard, warnings};
use napi::bindgen_prelude::{Either, Object};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Result as NapiResult, Status};
use napi_derive::napi;

use crate::json::{outcome, read};
use crate::tasks::promise;

/// Engines of this process by data directory; statics are shared by all worker threads.
static OPEN: std::sync::LazyLock<std::sync::Mutex<HashMap<PathBuf, Arc<Engine>>>> = std::sync::LazyLock::new(std::sync::Mutex::default);

fn open_engines() -> std::sync::MutexGuard<'static, HashMap<PathBuf, Arc<Engine>>> {
    OPEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn key(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Told what goes wrong outside any call. Weak: it keeps no process alive.
type WarningListener = ThreadsafeFunction<String, (), String, Status, false, true>;

/// Opens a data directory. Blocks while the catalogue is read, so it is meant for the start of a process. `settings` is an `EngineSettings`.
/// `on_warning` is told what goes wrong in the background. A text is the outcome of a failure.
#[napi(catch_unwind, ts_args_type = "settings: string, onWarning: (message: string) => void")]
pub fn open_engine(settings: String, on_warning: WarningListener) -> Either<BindingEngine, String> {
    warnings::listen(move |message| {
        on_warning.call(message, ThreadsafeFunctionCallMode::NonBlocking);
    });
    engine_or_failure(guard(|| {
        let settings: EngineSettings = read(&settings)?;
        let data_dir = settings.data_dir.clone();
        let engine = Engine::open(settings)?;
        open_engines().insert(key(&data_dir), Arc::clone(&engine));
        Ok(engine)
    }))
}

/// The engine that this process already opened on a data directory; for worker threads. A text is the outcome of a failure.
#[napi(catch_unwind)]
pub fn attach_engine(data_dir: String) -> Either<BindingEngine, String> {
    engine_or_failure(open_engines().get(&key(Path::new(&data_dir))).map(Arc::clone).ok_or(EngineError::Closed))
}

fn engine_or_failure(engine: Result<Arc<Engine>>) -> Either<BindingEngine, String> {
    match engine {
        Ok(engine) => Either::A(BindingEngine { engine }),
        Err(error) => Either::B(outcome::<()>(Err(error))),
    }
}

/// The engine of one data directory.
#[napi]
pub struct BindingEngine {
    engine: Arc<Engine>,
}

#[napi]
impl BindingEngine {
    /// A `StoreStatus`.
    #[napi(catch_unwind)]
    pub fn status(&self) -> String {
        outcome(guard(|| self.engine.status()))
    }

    /// A boolean.
    #[napi(catch_unwind)]
    pub fn is_empty(&self) -> String {
        outcome(guard(|| self.engine.is_empty()))
    }

    /// A `SearchRequest`; an `Answer`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn search<'env>(&self, env: &'env Env, request: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| engine.search(&read(&request)?))
    }

    /// As `search`, the hybrid mode without one of its ideas: for measuring what the idea brings (bench/relevance/ablation.ts). `idea` is JSON.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn search_without<'env>(&self, env: &'env Env, request: String, idea: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| {
            let request: SearchRequest = read(&request)?;
            engine.search_without(&request, Some(read::<Idea>(&idea)?))
        })
    }

    /// A `RecommendRequest`; an `Answer`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn recommend<'env>(&self, env: &'env Env, request: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| engine.recommend(&read::<RecommendRequest>(&request)?))
    }

    /// `MovieReferences`; `Resolutions`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn resolve<'env>(&self, env: &'env Env, references: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| engine.resolve(&read::<Vec<Reference>>(&references)?))
    }

    /// Suggestions.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn suggest<'env>(&self, env: &'env Env, prefix: String, limit: u32) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| engine.suggest(&prefix, limit as usize))
    }

    /// A Movie or null.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn get<'env>(&self, env: &'env Env, id: u32) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| engine.film(id))
    }

    /// A `ListRequest`; a `MoviePage`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn list<'env>(&self, env: &'env Env, request: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| engine.list(&read::<ListRequest>(&request)?))
    }

    /// `FetchTimes`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn fetch_times<'env>(&self, env: &'env Env) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, Engine::fetch_times)
    }

    /// Movies; an `UpsertReport`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn upsert<'env>(&self, env: &'env Env, movies: String, background: bool) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.upsert(read(&movies)?, background))
    }

    /// Movies; an `UpsertReport`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn replace_all<'env>(&self, env: &'env Env, movies: String, background: bool) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.replace_all(read(&movies)?, background))
    }

    /// A number.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn delete<'env>(&self, env: &'env Env, ids: Vec<u32>) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.delete(&ids))
    }

    /// A `StoredRecord` or null.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn get_record<'env>(&self, env: &'env Env, collection: String, key: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.catalog().record(&collection, &key))
    }

    /// `StoredRecords`.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn list_records<'env>(&self, env: &'env Env, collection: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.catalog().records(&collection))
    }

    /// `value` is JSON; null.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn put_record<'env>(&self, env: &'env Env, collection: String, key: String, value: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.catalog().put_record(&collection, &key, &read(&value)?))
    }

    /// A boolean.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn delete_record<'env>(&self, env: &'env Env, collection: String, key: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.catalog().delete_record(&collection, &key))
    }

    /// Finishes what runs, saves the indexes and lets go of the data directory. Every later call fails with `closed`. Null.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn close<'env>(&self, env: &'env Env) -> NapiResult<Object<'env>> {
        open_engines().retain(|_, engine| !Arc::ptr_eq(engine, &self.engine));
        promise(env, &self.engine, Lane::Closing, Engine::close)
    }
}
