//! The `Engine` class of the addon. One engine a data directory and process: worker threads attach to it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cinematch_core::engine::{Engine, EngineSettings, Lane};
use cinematch_core::film::Film;
use cinematch_core::query::SearchRequest;
use cinematch_core::vectors::GRAPH_THRESHOLD;
use cinematch_core::{EngineError, guard, warnings};
use napi::bindgen_prelude::{Either, Object};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Result as NapiResult, Status};
use napi_derive::napi;

use crate::film::BindingFilm;
use crate::query::{
    BindingAnswer, BindingFetchTime, BindingListRequest, BindingMoviePage, BindingRecommendRequest, BindingResolution,
    BindingSearchRequest, BindingStatus, BindingSuggestion, BindingUpsertReport, reference,
};
use crate::records::BindingRecord;
use crate::tasks::{Outcome, outcome, promise};

/// Engines of this process by data directory; statics are shared by all worker threads.
static OPEN: std::sync::LazyLock<std::sync::Mutex<HashMap<PathBuf, Arc<Engine>>>> = std::sync::LazyLock::new(std::sync::Mutex::default);

fn open_engines() -> std::sync::MutexGuard<'static, HashMap<PathBuf, Arc<Engine>>> {
    OPEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn key(data_dir: &str) -> PathBuf {
    let path = Path::new(data_dir);
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[napi(object)]
pub struct BindingEngineOptions {
    pub data_dir: String,
    /// Name of a model (`fast`, `quality`) or a folder that holds one.
    pub model: String,
    /// Folder that holds the models.
    pub model_dir: String,
    /// Absolute path of ONNX Runtime's shared library.
    pub runtime_library: String,
    /// Who opens the directory (`serve`, `import`), told to a second process that wants it.
    pub role: String,
    /// 0: as many as there are cores.
    pub query_threads: u32,
    /// 0: as many as there are cores.
    pub bulk_threads: u32,
}

/// Told what goes wrong outside any call. Weak: it keeps no process alive.
type WarningListener = ThreadsafeFunction<String, (), String, Status, false, true>;

/// Opens a data directory. Blocks while the catalogue is read, so it is meant for the start of a process.
/// `on_warning` is told what goes wrong in the background.
#[napi(catch_unwind, ts_args_type = "options: BindingEngineOptions, onWarning: (message: string) => void")]
pub fn open_engine(options: BindingEngineOptions, on_warning: WarningListener) -> Outcome<BindingEngine> {
    warnings::listen(move |message| {
        on_warning.call(message, ThreadsafeFunctionCallMode::NonBlocking);
    });
    outcome(guard(|| {
        let engine = Engine::open(EngineSettings {
            data_dir: options.data_dir.clone().into(),
            role: options.role,
            model: options.model,
            model_dir: options.model_dir.into(),
            runtime_library: options.runtime_library.into(),
            query_threads: options.query_threads as usize,
            bulk_threads: options.bulk_threads as usize,
            graph_threshold: GRAPH_THRESHOLD,
        })?;
        open_engines().insert(key(&options.data_dir), Arc::clone(&engine));
        Ok(BindingEngine { engine })
    }))
}

/// The engine that this process already opened on a data directory; for worker threads.
#[napi(catch_unwind)]
pub fn attach_engine(data_dir: String) -> Outcome<BindingEngine> {
    outcome(open_engines().get(&key(&data_dir)).map(|engine| BindingEngine { engine: Arc::clone(engine) }).ok_or(EngineError::Closed))
}

/// The engine of one data directory.
#[napi]
pub struct BindingEngine {
    engine: Arc<Engine>,
}

#[napi]
impl BindingEngine {
    #[napi(catch_unwind)]
    pub fn status(&self) -> Outcome<BindingStatus> {
        outcome(guard(|| self.engine.stats().map(BindingStatus::from)))
    }

    #[napi(catch_unwind)]
    pub fn is_empty(&self) -> Outcome<bool> {
        outcome(guard(|| self.engine.is_empty()))
    }

    #[napi(ts_return_type = "Promise<BindingAnswer | BindingFailure>")]
    pub fn search<'env>(&self, env: &'env Env, request: BindingSearchRequest) -> NapiResult<Object<'env>> {
        let request = SearchRequest::from(request);
        promise(env, &self.engine, Lane::Query, move |engine| engine.search(&request).map(BindingAnswer::from))
    }

    #[napi(ts_return_type = "Promise<BindingAnswer | BindingFailure>")]
    pub fn recommend<'env>(&self, env: &'env Env, request: BindingRecommendRequest) -> NapiResult<Object<'env>> {
        let request = request.into();
        promise(env, &self.engine, Lane::Query, move |engine| engine.recommend(&request).map(BindingAnswer::from))
    }

    #[napi(ts_return_type = "Promise<BindingResolution[] | BindingFailure>")]
    pub fn resolve<'env>(&self, env: &'env Env, references: Vec<Either<String, u32>>) -> NapiResult<Object<'env>> {
        let references: Vec<_> = references.into_iter().map(reference).collect();
        promise(env, &self.engine, Lane::Query, move |engine| {
            Ok(engine.resolve(&references)?.into_iter().map(BindingResolution::from).collect::<Vec<_>>())
        })
    }

    #[napi(ts_return_type = "Promise<BindingSuggestion[] | BindingFailure>")]
    pub fn suggest<'env>(&self, env: &'env Env, prefix: String, limit: u32) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| {
            Ok(engine.suggest(&prefix, limit as usize)?.into_iter().map(BindingSuggestion::from).collect::<Vec<_>>())
        })
    }

    #[napi(ts_return_type = "Promise<Array<BindingFilm> | BindingFailure>")]
    pub fn get<'env>(&self, env: &'env Env, id: u32) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Query, move |engine| Ok(engine.film(id)?.map(BindingFilm::from).into_iter().collect::<Vec<_>>()))
    }

    #[napi(ts_return_type = "Promise<BindingMoviePage | BindingFailure>")]
    pub fn list<'env>(&self, env: &'env Env, request: BindingListRequest) -> NapiResult<Object<'env>> {
        let request = request.into();
        promise(env, &self.engine, Lane::Query, move |engine| engine.list(&request).map(BindingMoviePage::from))
    }

    #[napi(ts_return_type = "Promise<BindingFetchTime[] | BindingFailure>")]
    pub fn fetch_times<'env>(&self, env: &'env Env) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, |engine| {
            let times = engine.catalog().fetch_times()?;
            Ok(times.into_iter().map(|(id, fetched_at)| BindingFetchTime { id, fetched_at }).collect::<Vec<_>>())
        })
    }

    #[napi(ts_return_type = "Promise<BindingUpsertReport | BindingFailure>")]
    pub fn upsert<'env>(&self, env: &'env Env, films: Vec<BindingFilm>, background: bool) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.upsert(into_films(films), background).map(BindingUpsertReport::from))
    }

    #[napi(ts_return_type = "Promise<BindingUpsertReport | BindingFailure>")]
    pub fn replace_all<'env>(&self, env: &'env Env, films: Vec<BindingFilm>, background: bool) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| {
            engine.replace_all(into_films(films), background).map(BindingUpsertReport::from)
        })
    }

    #[napi(ts_return_type = "Promise<number | BindingFailure>")]
    pub fn delete<'env>(&self, env: &'env Env, ids: Vec<u32>) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.delete(&ids).map(|deleted| u32::try_from(deleted).unwrap_or(u32::MAX)))
    }

    #[napi(ts_return_type = "Promise<BindingRecord[] | BindingFailure>")]
    pub fn get_record<'env>(&self, env: &'env Env, collection: String, key: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| {
            let record = engine.catalog().record(&collection, &key)?;
            Ok(record.map(BindingRecord::from).into_iter().collect::<Vec<_>>())
        })
    }

    #[napi(ts_return_type = "Promise<BindingRecord[] | BindingFailure>")]
    pub fn list_records<'env>(&self, env: &'env Env, collection: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| {
            Ok(engine.catalog().records(&collection)?.into_iter().map(BindingRecord::from).collect::<Vec<_>>())
        })
    }

    /// `value` is JSON.
    #[napi(ts_return_type = "Promise<boolean | BindingFailure>")]
    pub fn put_record<'env>(&self, env: &'env Env, collection: String, key: String, value: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| {
            let value = serde_json::from_str(&value)
                .map_err(|cause| EngineError::InvalidArgument { field: "value".to_owned(), message: cause.to_string() })?;
            engine.catalog().put_record(&collection, &key, &value).map(|()| true)
        })
    }

    #[napi(ts_return_type = "Promise<boolean | BindingFailure>")]
    pub fn delete_record<'env>(&self, env: &'env Env, collection: String, key: String) -> NapiResult<Object<'env>> {
        promise(env, &self.engine, Lane::Bulk, move |engine| engine.catalog().delete_record(&collection, &key))
    }

    /// Finishes what runs, saves the indexes and lets go of the data directory. Every later call fails with `closed`.
    #[napi(ts_return_type = "Promise<boolean | BindingFailure>")]
    pub fn close<'env>(&self, env: &'env Env) -> NapiResult<Object<'env>> {
        open_engines().retain(|_, engine| !Arc::ptr_eq(engine, &self.engine));
        promise(env, &self.engine, Lane::Closing, |engine| engine.close().map(|()| true))
    }
}

fn into_films(films: Vec<BindingFilm>) -> Vec<Film> {
    films.into_iter().map(Film::from).collect()
}
