//! Unit vectors of all rows, in immutable chunks that snapshots share.
//!
//! Every vector is kept twice: in 8 bits with a scale of its own for the scan, in 16 bits for the score. Scanning 8 bits halves the
//! memory that is read and uses the processor's integer dot products; the best candidates are scored again with 16 bits.

use std::sync::Arc;

use numkong::{Dot, f16};

use crate::error::{EngineError, Result};
use crate::film::FilmId;
use crate::table::{Bits, Row, RowSet, TopRows};

/// Rows a chunk; a multiple of 64. An append copies one chunk at most (1.2 MB of 384-dimensional vectors).
const CHUNK_ROWS: usize = 1_024;

/// The scan passes on `SPARE_FACTOR * n + SPARE` candidates for n hits, so that rounding to 8 bits costs no hit.
const SPARE_FACTOR: usize = 2;
const SPARE: usize = 32;

/// One row to append.
#[derive(Debug, Clone, Copy)]
pub struct VectorRow<'a> {
    /// The film.
    pub id: FilmId,
    /// Its unit vector.
    pub vector: &'a [f32],
    /// The catalogue's generation at which the vector last changed.
    pub generation: u64,
}

#[derive(Debug, Clone, Default)]
struct Chunk {
    ids: Vec<FilmId>,
    generations: Vec<u64>,
    scales: Vec<f32>,
    bytes: Vec<i8>,
    halves: Vec<f16>,
}

/// The vectors of rows `0..len`. A clone shares all chunks.
#[derive(Debug, Clone)]
pub struct VectorStore {
    dimensions: usize,
    chunks: Vec<Arc<Chunk>>,
    len: usize,
}

/// A question in both precisions of the store.
pub struct QueryVector {
    bytes: Vec<i8>,
    scale: f32,
    halves: Vec<f16>,
}

impl VectorStore {
    /// An empty store of vectors of `dimensions` numbers.
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions, chunks: Vec::new(), len: 0 }
    }

    /// Numbers a vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many rows there are, dead ones included.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Appends a row; older clones do not see it.
    ///
    /// # Errors
    /// `invalid_argument` where the vector is not a unit vector of the store's dimensions.
    pub fn append(&mut self, row: &VectorRow<'_>) -> Result<Row> {
        self.check(row.vector)?;
        if self.len.is_multiple_of(CHUNK_ROWS) {
            self.chunks.push(Arc::default());
        }
        let number = Row::try_from(self.len)
            .map_err(|_| EngineError::IndexFailed { index: "vector", message: "there is no row number left; restart".to_owned() })?;
        if let Some(chunk) = self.chunks.last_mut() {
            let chunk = Arc::make_mut(chunk);
            let scale = append_bytes(row.vector, &mut chunk.bytes);
            chunk.scales.push(scale);
            chunk.halves.extend(row.vector.iter().map(|&value| f16::from_f32(value)));
            chunk.ids.push(row.id);
            chunk.generations.push(row.generation);
        }
        self.len += 1;
        Ok(number)
    }

    /// The question in the store's precisions.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn query(&self, vector: &[f32]) -> Result<QueryVector> {
        self.check(vector)?;
        let mut bytes = Vec::with_capacity(vector.len());
        let scale = append_bytes(vector, &mut bytes);
        Ok(QueryVector { bytes, scale, halves: vector.iter().map(|&value| f16::from_f32(value)).collect() })
    }

    fn check(&self, vector: &[f32]) -> Result<()> {
        let wrong = |message| Err(EngineError::InvalidArgument { field: "vector".to_owned(), message });
        if vector.len() != self.dimensions {
            return wrong(format!("has {} numbers; this catalogue's vectors have {}", vector.len(), self.dimensions));
        }
        let norm = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        // A NaN compares false, so it ends here too.
        if (norm - 1.0).abs() < 1e-2 { Ok(()) } else { wrong(format!("has the length {norm}; a unit vector has 1")) }
    }

    fn place(&self, row: Row) -> (&Chunk, usize) {
        (&self.chunks[row as usize / CHUNK_ROWS], row as usize % CHUNK_ROWS)
    }

    /// The film of a row.
    pub fn id(&self, row: Row) -> FilmId {
        let (chunk, at) = self.place(row);
        chunk.ids[at]
    }

    /// The generation at which the row's vector last changed.
    pub fn generation(&self, row: Row) -> u64 {
        let (chunk, at) = self.place(row);
        chunk.generations[at]
    }

    fn halves(&self, row: Row) -> &[f16] {
        let (chunk, at) = self.place(row);
        &chunk.halves[at * self.dimensions..][..self.dimensions]
    }

    /// The row's vector, to 16 bits.
    pub fn vector(&self, row: Row) -> Vec<f32> {
        self.halves(row).iter().map(|half| half.to_f32()).collect()
    }

    /// Cosine of the question and a row.
    pub fn cosine(&self, query: &QueryVector, row: Row) -> f32 {
        dot(&query.halves, self.halves(row))
    }

    /// Cosine of two rows.
    pub fn similarity(&self, left: Row, right: Row) -> f32 {
        dot(self.halves(left), self.halves(right))
    }

    /// The `n` rows of `allowed` nearest to the question, with their cosines; best first, ties by the lower row.
    pub fn scan(&self, query: &QueryVector, n: usize, allowed: &RowSet) -> Vec<(Row, f32)> {
        let mut candidates = TopRows::new(n * SPARE_FACTOR + SPARE);
        for (number, chunk) in self.chunks.iter().enumerate() {
            self.scan_chunk(query, chunk, number * CHUNK_ROWS, allowed, &mut candidates);
        }
        let mut top = TopRows::new(n);
        for (row, _) in candidates.into_unsorted() {
            top.push(row, self.cosine(query, row));
        }
        top.into_sorted()
    }

    fn scan_chunk(&self, query: &QueryVector, chunk: &Chunk, first: usize, allowed: &RowSet, candidates: &mut TopRows) {
        for block in (0..chunk.ids.len()).step_by(64) {
            for bit in Bits(allowed.word((first + block) / 64)) {
                let at = block + bit as usize;
                let Some(bytes) = chunk.bytes.get(at * self.dimensions..(at + 1) * self.dimensions) else { break };
                let product = i8::dot(&query.bytes, bytes).unwrap_or(0);
                candidates.push((first + at) as Row, product as f32 * (query.scale * chunk.scales[at]));
            }
        }
    }
}

/// Appends `vector` in 8 bits and returns the factor that turns them back into numbers.
fn append_bytes(vector: &[f32], to: &mut Vec<i8>) -> f32 {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
    to.extend(vector.iter().map(|value| (value / largest * 127.0).round() as i8));
    largest / 127.0
}

/// `numkong` returns `None` for different lengths only, which [`VectorStore::check`] excludes.
fn dot(left: &[f16], right: &[f16]) -> f32 {
    f16::dot(left, right).unwrap_or(f32::NEG_INFINITY)
}
