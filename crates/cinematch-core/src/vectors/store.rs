//! Unit vectors of all rows, in columns whose chunks snapshots share.
//!
//! Every vector is kept twice: in 8 bits with a scale of its own for the scan, in 16 bits for the score. Scanning 8 bits halves the
//! memory that is read and uses the processor's integer dot products; the best candidates are scored again with 16 bits.

use numkong::{Dot, f16};

use super::scaling::{largest, scaled};
use crate::error::{EngineError, Result};
use crate::film::FilmId;
use crate::table::{Bits, CowRows, CowVec, Row, RowSet, TopRows};

/// Rows in a chunk are 2 to this power; 64 or more. An append copies one chunk at most (1.2 MB of 384-dimensional vectors).
const CHUNK_BITS: u32 = 10;

/// The scan passes on `SPARE_FACTOR * n + SPARE` candidates for n hits, so that rounding to 8 bits costs no hit.
const SPARE_FACTOR: usize = 2;
const SPARE: usize = 32;

/// One row to append.
#[derive(Debug, Clone, Copy)]
pub struct VectorRow<'a> {
    /// The film.
    pub id: FilmId,
    /// Its unit vector.
    pub vector: &'a [f16],
    /// The catalogue's generation at which the vector last changed.
    pub generation: u64,
}

/// The vectors of rows `0..len`. A clone shares all chunks.
#[derive(Debug, Clone)]
pub struct VectorStore {
    dimensions: usize,
    ids: CowVec<FilmId, CHUNK_BITS>,
    generations: CowVec<u64, CHUNK_BITS>,
    /// Factor that turns a row's bytes back into numbers.
    scales: CowVec<f32, CHUNK_BITS>,
    bytes: CowRows<i8, CHUNK_BITS>,
    halves: CowRows<f16, CHUNK_BITS>,
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
        Self {
            dimensions,
            ids: CowVec::default(),
            generations: CowVec::default(),
            scales: CowVec::default(),
            bytes: CowRows::new(dimensions),
            halves: CowRows::new(dimensions),
        }
    }

    /// Numbers of a vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many rows there are, dead ones included.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Appends a row; older clones do not see it.
    ///
    /// # Errors
    /// `invalid_argument` where the vector is not a unit vector of the store's dimensions.
    pub fn append(&mut self, row: &VectorRow<'_>) -> Result<Row> {
        let vector: Vec<f32> = row.vector.iter().map(|half| half.to_f32()).collect();
        self.check(&vector)?;
        let number = Row::try_from(self.len())
            .map_err(|_| EngineError::IndexFailed { index: "vector", message: "there is no row number left; restart".to_owned() })?;
        let (bytes, scale) = in_bytes(&vector);
        self.ids.push(row.id);
        self.generations.push(row.generation);
        self.scales.push(scale);
        self.bytes.push(&bytes);
        self.halves.push(row.vector);
        Ok(number)
    }

    /// The question in the store's precisions.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn query(&self, vector: &[f32]) -> Result<QueryVector> {
        self.check(vector)?;
        let (bytes, scale) = in_bytes(vector);
        Ok(QueryVector { bytes, scale, halves: in_halves(vector) })
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

    /// The film of a row.
    pub fn id(&self, row: Row) -> FilmId {
        *self.ids.get(row)
    }

    /// The generation at which the row's vector last changed.
    pub fn generation(&self, row: Row) -> u64 {
        *self.generations.get(row)
    }

    /// The row's vector as it is kept.
    pub fn halves(&self, row: Row) -> &[f16] {
        self.halves.get(row)
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
        for number in 0..self.bytes.chunk_count() {
            self.scan_chunk(query, number, allowed, &mut candidates);
        }
        let mut top = TopRows::new(n);
        for (row, _) in candidates.into_unsorted() {
            top.push(row, self.cosine(query, row));
        }
        top.into_sorted()
    }

    fn scan_chunk(&self, query: &QueryVector, number: usize, allowed: &RowSet, candidates: &mut TopRows) {
        let (first, rows, scales) = (number << CHUNK_BITS, self.bytes.chunk(number), self.scales.chunk(number));
        for block in (0..scales.len()).step_by(64) {
            for bit in Bits(allowed.word((first + block) / 64)) {
                let at = block + bit as usize;
                let Some(bytes) = rows.get(at * self.dimensions..(at + 1) * self.dimensions) else { break };
                let product = i8::dot(&query.bytes, bytes).unwrap_or(0);
                candidates.push((first + at) as Row, product as f32 * (query.scale * scales[at]));
            }
        }
    }
}

/// The vector in 8 bits, and the factor that turns them back into numbers.
fn in_bytes(vector: &[f32]) -> (Vec<i8>, f32) {
    let largest = largest(vector.iter().copied());
    (scaled(vector, 127.0 / largest), largest / 127.0)
}

/// The vector in the precision in which vectors are kept, in memory as on disk: scores are the same before and after a restart.
pub fn in_halves(vector: &[f32]) -> Vec<f16> {
    vector.iter().map(|&value| f16::from_f32(value)).collect()
}

/// `numkong` returns `None` for different lengths only, which [`VectorStore::check`] excludes.
fn dot(left: &[f16], right: &[f16]) -> f32 {
    f16::dot(left, right).unwrap_or(f32::NEG_INFINITY)
}
