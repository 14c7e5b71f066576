//! The bounds of requests, said once: the engine checks them, and the generated types hand them to the service.

use serde::Serialize;

/// A closed interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// Smallest value that is allowed.
    pub min: f32,
    /// Largest value that is allowed.
    pub max: f32,
}

impl Bounds {
    /// Whether the value is allowed; what is not a number is not.
    pub fn contains(self, value: f32) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

/// How far requests may go.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Most hits of one answer.
    pub hits: usize,
    /// Longest list of hits, pages included: `offset + limit` is at most this.
    pub reach: usize,
    /// Most films liked, and most disliked.
    pub examples: usize,
    /// Longest question, in characters (Unicode code points).
    pub characters: usize,
    /// How much variety can be asked for.
    pub diversity: Bounds,
}

/// The limits in force.
pub const LIMITS: Limits = Limits { hits: 100, reach: 1_000, examples: 100, characters: 10_000, diversity: Bounds { min: 0.0, max: 1.0 } };
