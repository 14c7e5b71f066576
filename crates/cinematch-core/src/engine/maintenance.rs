//! What the engine does by itself: embed films again after a change of model, build and save the graph, give memory back.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Engine;
use crate::catalog::{VectorWrite, content_hash, documents_hash};
use crate::document::{documents, film_vectors};
use crate::embedding::Embedder;
use crate::error::Result;
use crate::film::FilmId;
use crate::guard::guard;
use crate::vectors::in_halves;
use crate::warnings;

/// How often it looks whether there is something to do.
const INTERVAL: Duration = Duration::from_secs(2);
/// After how long without bulk work its sessions' memory is given back.
const IDLE: Duration = Duration::from_secs(30);
/// Fewer dead rows than this are left alone.
const DEAD_ROWS: usize = 20_000;
/// Films embedded again in one step.
const REEMBED_BATCH: usize = 64;
/// After so many steps the films embedded so far are shown, where no older model answers.
const RELOAD_EVERY: usize = 16;

impl Engine {
    /// Starts the maintenance thread, which ends when the engine closes or is dropped.
    pub(super) fn start_maintenance(self: &Arc<Self>) -> Result<()> {
        let engine = Arc::downgrade(self);
        let stop = Arc::clone(&self.stop_signal);
        let thread = std::thread::Builder::new().name("cinematch-upkeep".to_owned()).spawn(move || {
            while !stop.wait(INTERVAL) {
                let Some(engine) = engine.upgrade() else { return };
                if let Err(error) = guard(|| engine.maintain()) {
                    warnings::warn(format!("the engine's upkeep failed and is tried again: {error}"));
                }
            }
        });
        let thread = thread.map_err(|cause| crate::EngineError::storage("starting a thread", &cause))?;
        *self.maintenance.lock() = Some(thread);
        Ok(())
    }

    fn maintain(&self) -> Result<()> {
        self.serving().release_idle(IDLE);
        self.repair()?;
        self.reembed()?;
        self.compact()?;
        if self.snapshot().vectors.wants_graph(self.snapshot().table.live()) {
            self.build_graph()?;
        }
        Ok(())
    }

    /// Builds the indexes anew where a change could not be added to them.
    fn repair(&self) -> Result<()> {
        let mut writer = self.writer()?;
        if writer.behind { self.reload(&mut writer) } else { Ok(()) }
    }

    /// Numbers the rows anew where most of them belong to films that were updated or deleted.
    fn compact(&self) -> Result<()> {
        let snapshot = self.snapshot();
        let dead = snapshot.table.row_count() - snapshot.table.len();
        if dead > DEAD_ROWS.max(snapshot.table.len()) {
            drop(snapshot);
            self.reload(&mut *self.writer()?)?;
        }
        Ok(())
    }

    /// Embeds what lacks a vector of the wanted model, then lets that model answer.
    fn reembed(&self) -> Result<()> {
        let Some(target) = self.target_model() else { return Ok(()) };
        let mut last = 0;
        for batch in 1.. {
            if self.stopping.load(Ordering::Relaxed) {
                break;
            }
            let embedded = self.reembed_batch(&target, last)?;
            last = embedded.unwrap_or(0);
            if embedded.is_none() {
                let mut writer = self.writer()?;
                // Films before the last one may have been added or changed meanwhile.
                if self.catalog().count_without_vector(target.fingerprint())? == 0 {
                    self.adopt(&mut writer, &target)?;
                    return Ok(());
                }
            } else if batch % RELOAD_EVERY == 0 && target.fingerprint() == self.serving().fingerprint() {
                self.reload(&mut *self.writer()?)?; // nothing else answers: show what there is
            }
        }
        Ok(())
    }

    /// Embeds the next films after `last`; the last one of them, or `None` where there are no more.
    fn reembed_batch(&self, target: &Embedder, last: FilmId) -> Result<Option<FilmId>> {
        let films = self.catalog().films_without_vector(target.fingerprint(), last, REEMBED_BATCH)?;
        let texts: Vec<Vec<String>> = films.iter().map(|film| documents(film, target.spec())).collect();
        let vectors = film_vectors(target, &texts, self.bulk_width(true), true)?;
        let mut writes = Vec::with_capacity(films.len());
        for ((film, text), vector) in films.iter().zip(&texts).zip(vectors) {
            let write = VectorWrite { document_hash: documents_hash(text), vector: in_halves(&vector) };
            writes.push((film.tmdb_id, write, content_hash(film)?.1));
        }
        if !writes.is_empty() {
            self.catalog().put_vectors(target.fingerprint(), &writes)?;
        }
        Ok(films.last().map(|film| film.tmdb_id))
    }

    /// Builds the graph aside, swaps it in and saves it.
    fn build_graph(&self) -> Result<()> {
        let snapshot = self.snapshot();
        let settings = self.indexes.graph(&snapshot.embedder);
        let live = snapshot.table.live();
        let threads = self.bulk_width(true);
        let Some(graph) = snapshot.vectors.build_graph(live, snapshot.generation, &settings, threads, &self.stopping)? else {
            return Ok(());
        };
        let graph = Arc::new(graph);
        {
            let _writer = self.writer()?;
            let mut next = (*self.snapshot()).clone();
            if next.embedder.fingerprint() != settings.fingerprint {
                return Ok(());
            }
            next.vectors.attach(Arc::clone(&graph));
            self.show(next);
        }
        graph.save(&self.indexes.dir)
    }
}
