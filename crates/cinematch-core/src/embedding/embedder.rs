//! The facade: texts in, unit vectors out, from any thread.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::model::Model;
use super::pool::Pool;
use super::prepared::PreparedModel;
use super::runtime;
use super::session::ModelSession;
use super::spec::ModelSpec;
use super::tokenization::Tokenization;
use crate::guard::guard;
use crate::priority::give_way;
use crate::{EngineError, Result};

/// A model ready to embed. Queries and bulk work have lanes of their own, each a pool of one-thread sessions: bulk
/// work never takes a session that a query could need.
pub struct Embedder {
    spec: ModelSpec,
    fingerprint: String,
    tokenization: Tokenization,
    queries: Pool<ModelSession>,
    bulk: Pool<ModelSession>,
}

impl Embedder {
    /// Loads ONNX Runtime from `runtime_library` (once per process: see below), the tokenizer, and `query_sessions`
    /// sessions of the model; one per core is right. Up to `bulk_sessions` more are made when bulk work first needs them.
    ///
    /// The first library that a process loads is the one that it keeps, whatever later calls name.
    ///
    /// `texts` is the version of the texts that the caller embeds (see [`Model::fingerprint`]).
    ///
    /// `runtime_unavailable`, `model_missing`, `model_damaged`, or `embedding_failed` when the model does not do what
    /// its settings say.
    pub fn open(model: Model, texts: u32, runtime_library: &Path, query_sessions: usize, bulk_sessions: usize) -> Result<Self> {
        guard(|| {
            let environment = runtime::environment(runtime_library)?;
            let fingerprint = model.fingerprint(texts)?;
            let tokenization = Tokenization::open(&model)?;
            let prepared = Arc::new(PreparedModel::new(&environment, &model)?);
            let spec = model.spec().clone();
            drop(model); // the bytes of its files are not needed any more
            let lane = |sessions| {
                let prepared = Arc::clone(&prepared);
                Pool::new(sessions, move || prepared.session())
            };
            let embedder = Self { queries: lane(query_sessions), bulk: lane(bulk_sessions), tokenization, fingerprint, spec };
            embedder.queries.fill()?;
            embedder.embed_query("")?; // a model that does not fit its settings fails here, not at the first question
            runtime::close_at_exit();
            return_freed_memory();
            Ok(embedder)
        })
    }

    /// What the model is.
    pub fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    /// See [`Model::fingerprint`].
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Length of the vectors.
    pub fn dimensions(&self) -> usize {
        self.spec().dimensions
    }

    /// How many tokens of `text` the model reads, the special ones included: at most [`ModelSpec::max_tokens`].
    #[cfg(feature = "testing")]
    pub fn count_tokens(&self, text: &str) -> Result<usize> {
        guard(|| Ok(self.tokenization.encode(text)?.len()))
    }

    /// The unit vector of a question, [`Self::dimensions`] long. Waits while all query sessions are in use.
    ///
    /// `embedding_failed`, or `internal` after a panic.
    pub fn embed_query(&self, text: &str) -> Result<Vec<f32>> {
        self.embed(&self.queries, &self.spec().query_prefix, text)
    }

    /// The unit vectors of `texts`, in their order, computed by up to `threads` threads on bulk sessions. The same text
    /// gets the same vector whatever its neighbours and the number of threads. `background` threads give way to
    /// everything else on the machine (Linux only).
    ///
    /// The first failure ends the work: `embedding_failed`, or `internal` after a panic.
    pub fn embed_passages(&self, texts: &[String], threads: usize, background: bool) -> Result<Vec<Vec<f32>>> {
        let mut longest_first: Vec<usize> = (0..texts.len()).collect();
        longest_first.sort_by_key(|&index| Reverse(texts[index].len())); // so that no thread is left with a long one
        let next = AtomicUsize::new(0);
        let work = || {
            if background {
                give_way();
            }
            let mut vectors = Vec::new();
            while let Some(&index) = longest_first.get(next.fetch_add(1, Ordering::Relaxed)) {
                let vector = self.embed(&self.bulk, &self.spec().passage_prefix, &texts[index]);
                if vector.is_err() {
                    next.store(texts.len(), Ordering::Relaxed);
                }
                vectors.push((index, vector?));
            }
            Ok(vectors)
        };
        let threads = threads.clamp(1, self.bulk.capacity()).min(texts.len());
        let mut vectors = on_threads(threads, work)?;
        vectors.sort_unstable_by_key(|&(index, _)| index);
        Ok(vectors.into_iter().map(|(_, vector)| vector).collect())
    }

    /// Gives back the memory of bulk sessions that nobody used for `idle_for`; says how many that were. To be called
    /// now and then: an import needs them, a server at rest does not.
    pub fn release_idle(&self, idle_for: Duration) -> usize {
        let _inside = runtime::enter();
        let released = self.bulk.release_idle(idle_for);
        if released > 0 {
            return_freed_memory();
        }
        released
    }

    fn embed(&self, lane: &Pool<ModelSession>, prefix: &str, text: &str) -> Result<Vec<f32>> {
        guard(|| {
            let ids =
                if prefix.is_empty() { self.tokenization.encode(text) } else { self.tokenization.encode(&format!("{prefix}{text}")) }?;
            let _inside = runtime::enter();
            lane.checkout()?.embed(&ids)
        })
    }
}

/// Runs `work` on each of `threads` new threads and joins what they return.
fn on_threads<T: Send>(threads: usize, work: impl Fn() -> Result<Vec<T>> + Sync) -> Result<Vec<T>> {
    thread::scope(|scope| {
        let start = |_| thread::Builder::new().name("embedding".to_owned()).spawn_scoped(scope, &work);
        let running: Vec<_> = (0..threads).map(start).collect();
        let mut all = Vec::new();
        for worker in running {
            let worker = worker.map_err(|cause| EngineError::Internal(format!("no thread could be started: {cause}")))?;
            all.extend(worker.join().map_err(|_| EngineError::Internal("an embedding thread panicked".to_owned()))??);
        }
        Ok(all)
    })
}

/// Asks glibc to give freed memory back to the system: loading a model needs far more than a session keeps.
fn return_freed_memory() {
    // SAFETY: may be called at any time, from any thread.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_answered_while_all_bulk_sessions_are_in_use() {
        let variable = |name: &str| std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set"));
        let model = Model::resolve("fast", Path::new(&variable("CINEMATCH_TEST_MODEL_DIR"))).unwrap();
        let library = variable("CINEMATCH_TEST_ORT_LIBRARY");
        let embedder = Embedder::open(model, 1, Path::new(&library), 1, 2).unwrap();
        let all_bulk: Vec<_> = (0..2).map(|_| embedder.bulk.checkout().unwrap()).collect();
        assert_eq!(embedder.embed_query("heat").unwrap().len(), 384);
        drop(all_bulk);
        let texts = ["heat".to_owned()];
        assert_eq!(embedder.embed_passages(&texts, 2, true).unwrap(), [embedder.embed_query("heat").unwrap()]);
    }
}
