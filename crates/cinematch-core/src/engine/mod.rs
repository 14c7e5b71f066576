//! The one facade of the core: open a data directory, change its films, ask questions, close.

mod alike;
mod executor;
mod hits;
mod maintenance;
mod models;
mod read;
mod recommend;
mod search;
mod settings;
mod snapshot;
mod understanding;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::{Condvar, Mutex, MutexGuard, RwLock};

pub use executor::Lane;
pub use settings::EngineSettings;

use crate::catalog::{Catalog, DataDir};
use crate::embedding::Embedder;
use crate::error::{EngineError, Result};
use crate::words::TextIndex;
use executor::Executor;
use models::Models;
use settings::or_cores;
use snapshot::{IndexSettings, Snapshot};

/// Films, their indexes and the model of one data directory. Share it in an `Arc`: questions from any number of threads
/// read an immutable snapshot, changes go one after the other and swap in the next snapshot.
pub struct Engine {
    settings: EngineSettings,
    /// Gone once the engine is closed.
    data_dir: Mutex<Option<DataDir>>,
    indexes: IndexSettings,
    catalog: Catalog,
    snapshot: RwLock<Arc<Snapshot>>,
    writer: Mutex<Writer>,
    /// Held by the change whose films are embedded. Changes that come together would share the cores and be ready
    /// together, and the cores would rest while one after the other is stored.
    embedding: Mutex<()>,
    /// The model that will answer once every film has a vector of it.
    next_model: Mutex<Option<Arc<Embedder>>>,
    pending_reembedding: AtomicBool,
    notices: Vec<String>,
    executor: Executor,
    maintenance: Mutex<Option<JoinHandle<()>>>,
    stop_signal: Arc<StopSignal>,
    stopping: AtomicBool,
}

/// What only the one change under way may touch.
struct Writer {
    text: TextIndex,
    /// The catalogue has films that the indexes could not take in; they are built anew before anything is added.
    behind: bool,
}

impl Engine {
    /// Opens a data directory: takes its lock, brings the catalogue up to date, loads the model, builds the indexes.
    pub fn open(settings: EngineSettings) -> Result<Arc<Self>> {
        let data_dir = DataDir::acquire(&settings.data_dir, &settings.role)?;
        let catalog = Catalog::open(&data_dir.catalog_file())?;
        let models = Models::open(&settings, &catalog)?;
        let indexes = IndexSettings {
            dir: data_dir.index_dir(),
            readers: or_cores(settings.query_threads),
            graph_threshold: settings.graph_threshold,
        };
        let mut notices: Vec<String> = models.notice.into_iter().collect();
        let (snapshot, text, unusable) = Snapshot::load(&catalog, &models.serving, &indexes)?;
        notices.extend(unusable);
        let pending = models.next.is_some() || catalog.count_without_vector(models.serving.fingerprint())? > 0;
        let executor = Executor::start(or_cores(settings.query_threads))?;
        let engine = Arc::new(Self {
            indexes,
            data_dir: Mutex::new(Some(data_dir)),
            catalog,
            snapshot: RwLock::new(Arc::new(snapshot)),
            writer: Mutex::new(Writer { text, behind: false }),
            embedding: Mutex::new(()),
            next_model: Mutex::new(models.next),
            pending_reembedding: AtomicBool::new(pending),
            notices,
            executor,
            maintenance: Mutex::new(None),
            stop_signal: Arc::new(StopSignal::default()),
            stopping: AtomicBool::new(false),
            settings,
        });
        engine.start_maintenance()?;
        Ok(engine)
    }

    /// Gives `job` to a thread of the lane. The job is always called, once: with the reason where it was refused.
    pub fn submit(&self, lane: Lane, job: impl FnOnce(Result<()>) + Send + 'static) {
        self.executor.submit(lane, Box::new(job));
    }

    /// The catalogue, for what is not a question: fetch times, records of the service.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Finishes what runs, empties the write-ahead log and lets go of the data directory. Closing twice is no error.
    pub fn close(&self) -> Result<()> {
        self.stopping.store(true, Ordering::Relaxed);
        self.stop_signal.stop();
        if let Some(thread) = self.maintenance.lock().take() {
            // Its panics were caught.
            let _ = thread.join();
        }
        self.executor.stop();
        let writer = self.writer.lock();
        let Some(data_dir) = self.data_dir.lock().take() else { return Ok(()) };
        let saved = writer.text.save(&self.indexes.dir, &self.snapshot().text_stamp());
        let checkpointed = self.catalog.checkpoint();
        drop(data_dir);
        checkpointed.and(saved)
    }

    fn settings(&self) -> &EngineSettings {
        &self.settings
    }

    fn bulk_threads(&self) -> usize {
        or_cores(self.settings.bulk_threads)
    }

    fn check_open(&self) -> Result<()> {
        if self.stopping.load(Ordering::Relaxed) { Err(EngineError::Closed) } else { Ok(()) }
    }

    /// The present state; it stays as it is for as long as the caller holds it.
    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read())
    }

    fn show(&self, next: Snapshot) {
        *self.snapshot.write() = Arc::new(next);
    }

    /// The right to change the catalogue, waited for.
    fn writer(&self) -> Result<MutexGuard<'_, Writer>> {
        let writer = self.writer.lock();
        self.check_open()?;
        Ok(writer)
    }

    /// Builds everything anew from the catalogue and shows it.
    fn reload(&self, writer: &mut Writer) -> Result<()> {
        let embedder = self.serving();
        self.reload_with(writer, &embedder)
    }

    fn reload_with(&self, writer: &mut Writer, embedder: &Arc<Embedder>) -> Result<()> {
        let (snapshot, text, _) = Snapshot::load(&self.catalog, embedder, &self.indexes)?;
        writer.text = text;
        writer.behind = false;
        self.show(snapshot);
        Ok(())
    }

    /// The model whose vectors answer.
    fn serving(&self) -> Arc<Embedder> {
        Arc::clone(&self.snapshot.read().embedder)
    }

    /// The model of which films lack vectors, if there is one.
    fn target_model(&self) -> Option<Arc<Embedder>> {
        let pending = self.pending_reembedding.load(Ordering::Relaxed);
        pending.then(|| self.next_model.lock().clone().unwrap_or_else(|| self.serving()))
    }

    /// Lets a model answer of which every film has a vector.
    fn adopt(&self, writer: &mut Writer, target: &Arc<Embedder>) -> Result<()> {
        self.reload_with(writer, target)?;
        self.catalog.activate_model(target.fingerprint())?;
        *self.next_model.lock() = None;
        self.pending_reembedding.store(false, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Without `close`, the threads still end; the lock goes with the data directory.
        self.stop_signal.stop();
    }
}

/// Wakes the maintenance thread when the engine closes.
#[derive(Default)]
struct StopSignal {
    stopped: Mutex<bool>,
    changed: Condvar,
}

impl StopSignal {
    fn stop(&self) {
        *self.stopped.lock() = true;
        self.changed.notify_all();
    }

    /// Waits; whether it was stopped.
    fn wait(&self, at_most: Duration) -> bool {
        let mut stopped = self.stopped.lock();
        if !*stopped {
            self.changed.wait_for(&mut stopped, at_most);
        }
        *stopped
    }
}
