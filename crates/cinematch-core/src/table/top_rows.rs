//! The best rows of a stream of scored rows.

use std::cmp::Ordering;

use super::row_set::Row;

/// Order of hits: falling score, equal scores by rising row.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that the sorting functions ask for")]
pub(crate) fn best_first(left: &(Row, f32), right: &(Row, f32)) -> Ordering {
    right.1.total_cmp(&left.1).then(left.0.cmp(&right.0))
}

/// Keeps the `limit` best of the rows pushed, in time linear in the pushes.
pub(crate) struct TopRows {
    limit: usize,
    threshold: f32,
    kept: Vec<(Row, f32)>,
}

impl TopRows {
    pub fn new(limit: usize) -> Self {
        Self { limit, threshold: f32::NEG_INFINITY, kept: Vec::new() }
    }

    /// Whether a row with this score may be among the best; a NaN never is.
    #[inline]
    pub fn admits(&self, score: f32) -> bool {
        score >= self.threshold
    }

    /// Offers a row.
    #[inline]
    pub fn push(&mut self, row: Row, score: f32) {
        if self.admits(score) {
            self.kept.push((row, score));
            if self.kept.len() >= 2 * self.limit + 64 {
                self.prune();
            }
        }
    }

    fn prune(&mut self) {
        if self.limit == 0 {
            self.kept.clear();
        } else if self.kept.len() > self.limit {
            self.kept.select_nth_unstable_by(self.limit - 1, best_first);
            self.kept.truncate(self.limit);
            self.threshold = self.kept[self.limit - 1].1;
        }
    }

    /// The kept rows in no order.
    pub fn into_unsorted(mut self) -> Vec<(Row, f32)> {
        self.prune();
        self.kept
    }

    /// The kept rows, best first.
    pub fn into_sorted(self) -> Vec<(Row, f32)> {
        let mut kept = self.into_unsorted();
        kept.sort_unstable_by(best_first);
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_a_full_sort_with_ties_by_row() {
        let scored: Vec<(Row, f32)> = (0..5_000u32).rev().map(|row| (row, (row * 7_919 % 211) as f32)).collect();
        let mut sorted = scored.clone();
        sorted.sort_by(best_first);
        for limit in [0, 1, 10, 333, 5_000, 9_000] {
            let mut top = TopRows::new(limit);
            for &(row, score) in &scored {
                top.push(row, score);
            }
            assert_eq!(top.into_sorted(), sorted[..limit.min(sorted.len())]);
        }
    }
}
