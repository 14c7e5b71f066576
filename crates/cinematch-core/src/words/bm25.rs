//! BM25, and the scores that it gives the films of a catalogue.

use crate::table::{Row, RowSet, TopRows};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What a synonym counts of what the word itself would.
pub(crate) const SYNONYM: f32 = 0.8;

/// BM25 (Robertson, Zaragoza 2009) with the usual k1 = 1.2 and b = 0.75.
#[derive(Clone)]
pub(crate) struct Bm25 {
    documents: f32,
    mean_length: f32,
}

impl Bm25 {
    /// For a collection of so many documents with so many words in all.
    pub fn new(documents: f32, words: f32) -> Self {
        Self { documents, mean_length: (words / documents.max(1.0)).max(1.0) }
    }

    /// What a word is worth that so many documents have. The index counts replaced documents until it merges them, hence the limit.
    pub fn idf(&self, documents: f32) -> f32 {
        let documents = documents.min(self.documents);
        ((self.documents - documents + 0.5) / (documents + 0.5)).ln_1p()
    }

    /// What the word's frequency in a document of so many words makes of it.
    pub fn saturation(&self, frequency: f32, length: f32) -> f32 {
        frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * length / self.mean_length))
    }
}

/// The BM25 scores of all rows for one question; 0 where no word occurs.
pub struct LexicalScores {
    by_row: Vec<f32>,
    highest: f32,
}

impl LexicalScores {
    pub(crate) fn new(by_row: Vec<f32>) -> Self {
        let highest = by_row.iter().copied().fold(0.0, f32::max);
        Self { by_row, highest }
    }

    /// The score of a row.
    pub fn of(&self, row: Row) -> f32 {
        self.by_row.get(row as usize).copied().unwrap_or(0.0)
    }

    /// The highest score of any live film, allowed or not; 0 where no film has a word of the question.
    pub fn highest(&self) -> f32 {
        self.highest
    }

    /// The `n` rows of `allowed` with the highest scores above 0: best first, ties by the lower row.
    pub fn top(&self, n: usize, allowed: &RowSet) -> Vec<(Row, f32)> {
        let mut top = TopRows::new(n);
        for (row, &score) in (0..).zip(&self.by_row) {
            if score > 0.0 && top.admits(score) && allowed.contains(row) {
                top.push(row, score);
            }
        }
        top.into_sorted()
    }
}
