//! Words, the readers' side: BM25 over one state of the index.
//!
//! Scores are taken for every film that has a word of the question (term at a time): a catalogue of films is small enough, and the caller gets
//! exact scores for films that other searches found, too.

use std::sync::Arc;

use frostem::{Algorithm, Stemmer};
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::bm25::{Bm25, LexicalScores, SYNONYM};
use super::query::LexicalQuery;
use crate::error::{EngineError, Result};
use crate::film::FilmId;
use crate::lexicon::is_stop_word;
use crate::table::Row;

/// Field of a document's film.
pub(super) const ID: &str = "id";
/// Field of the number of its words.
pub(super) const LENGTH: &str = "length";
/// Row of a document that was deleted.
const DEAD: Row = Row::MAX;

/// What a score needs of every document of a segment, in arrays that snapshots share.
#[derive(Clone)]
pub(super) struct SegmentDocuments {
    deleted: u32,
    rows: Arc<[Row]>,
    lengths: Arc<[f32]>,
}

impl SegmentDocuments {
    /// Reads them; `known` is what is known of the segment. A document keeps its row as long as it lives, so only its death can be new.
    pub fn read(segment: &SegmentReader, known: Option<&Self>, row_of: impl Fn(FilmId) -> Option<Row>) -> Result<Self> {
        let deleted = segment.num_deleted_docs();
        let alive = |document: u32, row: Row| if segment.is_deleted(document) { DEAD } else { row };
        match known {
            Some(known) if known.deleted == deleted => Ok(known.clone()),
            Some(known) => {
                let rows = (0..).zip(known.rows.iter()).map(|(document, &row)| alive(document, row)).collect();
                Ok(Self { deleted, rows, lengths: Arc::clone(&known.lengths) })
            }
            None => {
                let ids = segment.fast_fields().u64(ID).map_err(failed)?;
                let lengths = segment.fast_fields().u64(LENGTH).map_err(failed)?;
                let row = |document| ids.first(document).and_then(|id| row_of(id as FilmId)).unwrap_or(DEAD);
                let rows = (0..segment.max_doc()).map(|document| alive(document, row(document))).collect();
                let lengths = (0..segment.max_doc()).map(|document| lengths.first(document).unwrap_or(0) as f32).collect();
                Ok(Self { deleted, rows, lengths })
            }
        }
    }

    /// Films alive, and the number of their words.
    fn size(&self) -> (usize, f64) {
        let alive = self.rows.iter().zip(self.lengths.iter()).filter(|&(&row, _)| row != DEAD);
        alive.fold((0, 0.0), |(films, words), (_, &length)| (films + 1, words + f64::from(length)))
    }

    /// Calls `visit` with the row of every film of the postings, and what the frequency of the word in it makes of a weight.
    fn visit(&self, postings: &mut BlockSegmentPostings, bm25: &Bm25, visit: &mut impl FnMut(usize, f32)) {
        while !postings.docs().is_empty() {
            for (&document, &frequency) in postings.docs().iter().zip(postings.freqs()) {
                visit(self.rows[document as usize] as usize, bm25.saturation(frequency as f32, self.lengths[document as usize]));
            }
            postings.advance();
        }
    }
}

/// A stem as the segments have it.
struct Word {
    found: Vec<Option<TermInfo>>,
    idf: f32,
}

/// What a word and its synonyms make of films: the best of them counts.
struct BestOf {
    by_row: Vec<f32>,
    touched: Vec<usize>,
}

impl BestOf {
    fn new(row_count: usize) -> Self {
        Self { by_row: vec![0.0; row_count], touched: Vec::new() }
    }

    fn offer(&mut self, row: usize, score: f32) {
        // A dead document's row is beyond the end.
        let Some(best) = self.by_row.get_mut(row) else { return };
        if *best <= 0.0 {
            self.touched.push(row);
        }
        *best = best.max(score);
    }

    fn add_to(&mut self, scores: &mut [f32]) {
        for row in self.touched.drain(..) {
            scores[row] += std::mem::take(&mut self.by_row[row]);
        }
    }
}

/// The words of one state of the catalogue. Clones share everything.
#[derive(Clone)]
pub struct TextSnapshot {
    searcher: Searcher,
    segments: Arc<[SegmentDocuments]>,
    words: Field,
    row_count: usize,
    films: usize,
    bm25: Bm25,
}

impl TextSnapshot {
    pub(super) fn new(searcher: Searcher, segments: Vec<SegmentDocuments>, words: Field, row_count: usize) -> Self {
        let sizes = segments.iter().map(SegmentDocuments::size);
        let (films, total) = sizes.fold((0, 0.0), |(films, words), (more, length)| (films + more, words + length));
        Self { searcher, segments: segments.into(), words, row_count, films, bm25: Bm25::new(films as f32, total as f32) }
    }

    /// The BM25 score of every film that has a word of the question, or one that stands for it: of a word and its synonyms the best counts,
    /// and a synonym is never worth more than the word.
    ///
    /// # Errors
    /// `index_failed` with what the library said.
    pub fn scores(&self, query: &LexicalQuery) -> Result<LexicalScores> {
        let readers = self.searcher.segment_readers().iter();
        let indexes = readers.map(|segment| segment.inverted_index(self.words)).collect::<tantivy::Result<Vec<_>>>().map_err(failed)?;
        let mut by_row = vec![0.0; self.row_count];
        let mut best = BestOf::new(self.row_count);
        for term in &query.terms {
            let word = self.look_up(&indexes, &term.stem)?;
            let weight = term.weight * word.idf;
            if term.synonyms.is_empty() {
                self.visit(&indexes, &word, |row, saturation| {
                    if let Some(score) = by_row.get_mut(row) {
                        *score += weight * saturation;
                    }
                })?;
                continue;
            }
            self.visit(&indexes, &word, |row, saturation| best.offer(row, weight * saturation))?;
            for stem in term.synonyms.iter().filter(|&stem| query.terms.iter().all(|asked| asked.stem != *stem)) {
                let synonym = self.look_up(&indexes, stem)?;
                let weight = SYNONYM * term.weight * synonym.idf.min(word.idf);
                self.visit(&indexes, &synonym, |row, saturation| best.offer(row, weight * saturation))?;
            }
            best.add_to(&mut by_row);
        }
        Ok(LexicalScores::new(by_row))
    }

    /// Whether the texts of several films have the word (normalised or folded), or it is a function word or a number.
    ///
    /// # Errors
    /// `index_failed` with what the library said.
    pub fn knows(&self, word: &str) -> Result<bool> {
        /// Films from which on a word is no slip of the pen in one of them.
        const FILMS: u32 = 3;
        if is_stop_word(word) || word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(true);
        }
        let key = Term::from_field_text(self.words, &Stemmer::new(Algorithm::English).stem(word));
        let mut films = 0;
        for segment in self.searcher.segment_readers() {
            films += segment.inverted_index(self.words).map_err(failed)?.doc_freq(&key).map_err(failed)?;
        }
        Ok(films >= FILMS)
    }

    fn look_up(&self, indexes: &[Arc<InvertedIndexReader>], stem: &str) -> Result<Word> {
        let key = Term::from_field_text(self.words, stem);
        let found = indexes.iter().map(|index| index.get_term_info(&key)).collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
        let films: u32 = found.iter().flatten().map(|info| info.doc_freq).sum();
        Ok(Word { found, idf: self.bm25.idf(films as f32) })
    }

    fn visit(&self, indexes: &[Arc<InvertedIndexReader>], word: &Word, mut visit: impl FnMut(usize, f32)) -> Result<()> {
        for ((index, info), segment) in indexes.iter().zip(&word.found).zip(self.segments.iter()) {
            if let Some(info) = info {
                let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs).map_err(failed)?;
                segment.visit(&mut postings, &self.bm25, &mut visit);
            }
        }
        Ok(())
    }

    /// How many films there are.
    pub fn film_count(&self) -> usize {
        self.searcher.num_docs() as usize
    }

    /// How many films have a row.
    pub(super) fn placed(&self) -> usize {
        self.films
    }
}

pub(super) fn failed(cause: impl std::fmt::Display) -> EngineError {
    EngineError::IndexFailed { index: "text", message: cause.to_string() }
}
