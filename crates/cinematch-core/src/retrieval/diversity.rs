//! Variety: maximal marginal relevance (Carbonell and Goldstein, 1998) over the best candidates.

use super::row_set::Row;
use super::vector_store::VectorStore;

/// Candidates that may be moved; the ones behind them stay where they are.
pub const POOL: usize = 200;

/// Orders the first [`POOL`] rows so that each next one is relevant and unlike those before it.
/// `diversity` 0 leaves the order as it is, 1 looks at likeness alone. `relevance` is in [0, 1] and falls along `rows`.
pub fn diversify(rows: &mut [(Row, f32)], diversity: f32, vectors: &VectorStore) {
    let pool = rows.len().min(POOL);
    let mut likeness = vec![0.0_f32; pool];
    for taken in 0..pool {
        let marginal = |at: usize, likeness: &[f32]| (1.0 - diversity) * rows[at].1 - diversity * likeness[at];
        let mut best = taken;
        for at in taken + 1..pool {
            if marginal(at, &likeness) > marginal(best, &likeness) {
                best = at;
            }
        }
        rows[taken..=best].rotate_right(1);
        likeness[taken..=best].rotate_right(1);
        let chosen = rows[taken].0;
        for at in taken + 1..pool {
            likeness[at] = likeness[at].max(vectors.similarity(chosen, rows[at].0));
        }
    }
}

/// Mean of `1 - cosine` over all pairs; `None` for fewer than two rows.
pub fn intra_list_distance(rows: &[Row], vectors: &VectorStore) -> Option<f32> {
    let pairs = rows.iter().enumerate().flat_map(|(at, &left)| rows[at + 1..].iter().map(move |&right| (left, right)));
    let distances: Vec<f32> = pairs.map(|(left, right)| 1.0 - vectors.similarity(left, right)).collect();
    (!distances.is_empty()).then(|| distances.iter().sum::<f32>() / distances.len() as f32)
}
