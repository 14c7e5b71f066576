//! Variety: maximal marginal relevance (Carbonell and Goldstein, 1998) over the best candidates.

use crate::table::Row;
use crate::vectors::VectorStore;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::{VectorRow, in_halves};

    /// Rows 0 and 1 are the same, 2 and 3 unlike them and each other.
    fn vectors() -> VectorStore {
        let mut store = VectorStore::new(3);
        for (id, vector) in [(1, [1.0, 0.0, 0.0]), (2, [1.0, 0.0, 0.0]), (3, [0.0, 1.0, 0.0]), (4, [0.0, 0.0, 1.0])] {
            store.append(&VectorRow { id, vector: &in_halves(&vector), generation: 1 }).expect("a unit vector");
        }
        store
    }

    fn order(diversity: f32) -> Vec<Row> {
        let mut rows = [(0, 0.9), (1, 0.89), (2, 0.7), (3, 0.3)];
        diversify(&mut rows, diversity, &vectors());
        rows.iter().map(|&(row, _)| row).collect()
    }

    #[test]
    fn a_double_goes_behind_what_is_new() {
        assert_eq!(order(0.0), [0, 1, 2, 3]);
        assert_eq!(order(0.3), [0, 2, 1, 3]);
        assert_eq!(order(1.0), [0, 2, 3, 1]);
    }

    #[test]
    fn variety_is_the_mean_distance_of_the_pairs() {
        let store = vectors();
        assert_eq!(intra_list_distance(&[0], &store), None);
        assert!(intra_list_distance(&[0, 1], &store).expect("a pair").abs() < 1e-3);
        assert!((intra_list_distance(&[0, 1, 2], &store).expect("pairs") - 2.0 / 3.0).abs() < 1e-3);
    }
}
