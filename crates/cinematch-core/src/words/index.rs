//! Words, the writer's side: a tantivy index over one field that holds all texts of a film.
//!
//! The index lives in memory, where a commit takes no sync and a search no page fault; the catalogue is the truth, and a checksummed copy
//! beside it only saves the time of building again. Only this file and `text_snapshot` name `tantivy`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, RamDirectory};
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::analysis::{self, Analyzer};
use super::snapshot::{ID, LENGTH, SegmentDocuments, TextSnapshot, failed};
use crate::cache_file::{self, Unusable};
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};
use crate::table::Row;

const FILE: &str = "text.tantivy";
const META: &str = "meta.json";
const MANAGED: &str = ".managed.json";
/// More segments than this are merged; a search pays some microseconds for each, a merge some milliseconds.
const MANY_SEGMENTS: usize = 8;

/// The writer's side; one per catalogue.
pub struct TextIndex {
    index: Index,
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
    analyzer: Analyzer,
    rows: HashMap<FilmId, Row>,
    row_count: usize,
    segments: HashMap<SegmentId, SegmentDocuments>,
}

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    words: Field,
    length: Field,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    stamp: String,
    analysis: u32,
    library: String,
    files: Vec<(String, usize)>,
}

impl TextIndex {
    /// An empty index.
    ///
    /// # Errors
    /// `index_failed` with what the library said, here and in all functions of this type.
    pub fn new() -> Result<Self> {
        Self::over(Index::create(RamDirectory::create(), schema().0, tantivy::IndexSettings::default()).map_err(failed)?)
    }

    fn over(index: Index) -> Result<Self> {
        let options = IndexWriterOptions::builder().num_worker_threads(1).num_merge_threads(1).build();
        let writer: IndexWriter = index.writer_with_options(options).map_err(failed)?;
        // Merges run inside `apply`, so that a snapshot never waits for one and tests see the same segments every time.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        let fields = schema().1;
        Ok(Self {
            index,
            writer,
            reader,
            fields,
            analyzer: Analyzer::default(),
            rows: HashMap::new(),
            row_count: 0,
            segments: HashMap::new(),
        })
    }

    /// Adds or replaces films under their new rows, deletes others, and returns the state after it. One call is one step for readers.
    pub fn apply<'a>(&mut self, upserts: impl IntoIterator<Item = (Row, &'a Film)>, deleted: &[FilmId]) -> Result<TextSnapshot> {
        for id in deleted {
            if self.rows.remove(id).is_some() {
                self.writer.delete_term(Term::from_field_u64(self.fields.id, u64::from(*id)));
            }
        }
        for (row, film) in upserts {
            if self.rows.insert(film.tmdb_id, row).is_some() {
                self.writer.delete_term(Term::from_field_u64(self.fields.id, u64::from(film.tmdb_id)));
            }
            self.row_count = self.row_count.max(row as usize + 1);
            let mut document = TantivyDocument::default();
            document.add_u64(self.fields.id, u64::from(film.tmdb_id));
            let words = self.analyzer.document(film);
            document.add_u64(self.fields.length, words.split_whitespace().count() as u64);
            document.add_text(self.fields.words, words);
            self.writer.add_document(document).map_err(failed)?;
        }
        self.writer.commit().map_err(failed)?;
        self.merge_small_segments()?;
        self.snapshot()
    }

    fn merge_small_segments(&mut self) -> Result<()> {
        let segments = self.index.searchable_segment_metas().map_err(failed)?;
        let sizes = segments.iter().map(|segment| (segment.id(), segment.num_docs(), segment.num_deleted_docs())).collect();
        let chosen = to_merge(sizes);
        if chosen.is_empty() { Ok(()) } else { self.writer.merge(&chosen).wait().map(drop).map_err(failed) }
    }

    fn snapshot(&mut self) -> Result<TextSnapshot> {
        self.reader.reload().map_err(failed)?;
        let searcher = self.reader.searcher();
        let mut segments = HashMap::new();
        for segment in searcher.segment_readers() {
            let known = self.segments.get(&segment.segment_id());
            let documents = SegmentDocuments::read(segment, known, |id| self.rows.get(&id).copied())?;
            segments.insert(segment.segment_id(), documents);
        }
        let documents = searcher.segment_readers().iter().map(|segment| segments[&segment.segment_id()].clone()).collect();
        self.segments = segments;
        Ok(TextSnapshot::new(searcher, documents, self.fields.words, self.row_count))
    }

    /// Writes the index into `folder` in one step. `stamp` names the state of the catalogue that it was made from.
    ///
    /// # Errors
    /// `storage_failed` too; the copy that was there stays.
    pub fn save(&self, folder: &Path, stamp: &str) -> Result<()> {
        let directory = self.index.directory();
        let mut names: Vec<PathBuf> =
            directory.list_managed_files().into_iter().filter(|name| directory.exists(name).unwrap_or(false)).collect();
        names.retain(|name| name != Path::new(META));
        names.extend([META, MANAGED].map(PathBuf::from));
        let (mut files, mut payload) = (Vec::new(), Vec::new());
        for name in names {
            let bytes = directory.atomic_read(&name).map_err(|cause| EngineError::storage("copying the text index", &cause))?;
            files.push((name.to_string_lossy().into_owned(), bytes.len()));
            payload.extend(bytes);
        }
        let about = About { stamp: stamp.to_owned(), analysis: analysis::VERSION, library: tantivy::version_string().to_owned(), files };
        cache_file::write(&Self::path(folder), &about, &payload)
    }

    /// Reads the index from `folder`; `films` are the catalogue's films with their rows. The library sees only bytes that match their checksum.
    pub fn load(folder: &Path, stamp: &str, films: impl IntoIterator<Item = (FilmId, Row)>) -> Result<(Self, TextSnapshot), Unusable> {
        let (about, payload) = cache_file::read::<About>(&Self::path(folder))?;
        if about.analysis != analysis::VERSION || about.library != tantivy::version_string() {
            return Err(Unusable::Stale("another version made it".to_owned()));
        }
        if about.stamp != stamp {
            return Err(Unusable::Stale(format!("it was made from {}, the catalogue is at {stamp}", about.stamp)));
        }
        let damaged = |cause: String| Unusable::Damaged(cause);
        let directory = RamDirectory::create();
        let mut rest = &payload[..];
        for (name, length) in &about.files {
            let (bytes, after) = rest.split_at_checked(*length).ok_or_else(|| damaged(format!("{name} is too short")))?;
            directory.atomic_write(Path::new(name), bytes).map_err(|cause| damaged(cause.to_string()))?;
            rest = after;
        }
        let index = Index::open(directory).map_err(|cause| damaged(cause.to_string()))?;
        if index.schema() != schema().0 {
            return Err(Unusable::Stale("it has other fields".to_owned()));
        }
        let mut text = Self::over(index).map_err(|cause| damaged(cause.to_string()))?;
        text.rows = films.into_iter().collect();
        text.row_count = text.rows.values().max().map_or(0, |&row| row as usize + 1);
        let snapshot = text.snapshot().map_err(|cause| damaged(cause.to_string()))?;
        let placed = snapshot.placed();
        if placed != text.rows.len() || placed != snapshot.film_count() {
            return Err(Unusable::Stale(format!(
                "it has {} films, {placed} of the catalogue's {}",
                snapshot.film_count(),
                text.rows.len()
            )));
        }
        Ok((text, snapshot))
    }

    /// Where the copy lies in `folder`.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }
}

/// A film's number, its words (stems separated by blanks, frequencies without positions), and how many they are: exactly, because the
/// library's own lengths are rounded to a byte.
fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words =
        TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs).set_fieldnorms(false);
    let id = schema.add_u64_field(ID, INDEXED | FAST);
    let length = schema.add_u64_field(LENGTH, FAST);
    let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(words));
    (schema.build(), Fields { id, words, length })
}

/// Which segments to merge, given their documents alive and dead: those with many dead, and where there are too many segments the run of the
/// smallest ones in which none is larger than twice the smaller ones together, so that a document is copied a logarithmic number of times.
fn to_merge(mut segments: Vec<(SegmentId, u32, u32)>) -> Vec<SegmentId> {
    segments.sort_unstable_by_key(|&(_, alive, _)| alive);
    let mut total = 0;
    let run = segments.iter().take_while(|&&(_, alive, _)| {
        let fits = total == 0 || alive <= 2 * total;
        total += alive;
        fits
    });
    let small = if segments.len() > MANY_SEGMENTS { run.count().max(2) } else { 0 };
    let chosen = segments.iter().enumerate().filter(|&(place, &(_, alive, dead))| place < small || dead > alive / 2);
    chosen.map(|(_, &(id, ..))| id).collect()
}
