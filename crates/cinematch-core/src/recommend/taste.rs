//! What a person likes: several films are several interests, not one average.

use super::overlap::{FULL_SIMILARITY, Shared, Similarity};
use crate::film::FilmId;
use crate::retrieval::film_table::FilmTable;
use crate::retrieval::row_set::Row;
use crate::retrieval::vector_store::VectorStore;

/// Weights of what is not likeness. Chosen on the next liked film of people's rating histories (docs/relevance.md has the table).
struct Weights {
    /// Being well known.
    popularity: f32,
    /// Release near the liked films'.
    years: f32,
    /// Mean vote.
    rating: f32,
    /// Likeness to a disliked film.
    dislike: f32,
}

/// For a person's taste: what people watch next is mostly well known and well liked.
const TASTE: Weights = Weights { popularity: 1.0, years: 1.0, rating: 1.0, dislike: 1.0 };
/// For films similar to one film: likeness first.
const SIMILAR: Weights = Weights { popularity: 0.15, years: 0.1, rating: 0.1, dislike: 1.0 };
/// Years after which nearness has fallen to 1/e.
const YEARS_DECAY: f32 = 5.0;
/// Share of the best likeness in the mixture of best and mean: the best keeps interests apart, the mean finds what joins them.
const BEST: f32 = 0.5;

/// Films liked and disliked, ready to judge others.
pub struct Taste<'a> {
    table: &'a FilmTable,
    liked: Vec<Similarity<'a>>,
    disliked: Vec<Similarity<'a>>,
    weights: Weights,
}

/// The judgement of a film.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    /// The film's row.
    pub row: Row,
    /// Higher is better, 0 to 1.
    pub score: f32,
    /// Parts of the score before they were summed: likeness, popularity, years, rating, dislike.
    pub parts: [f32; 5],
    /// Which of the liked films is the most alike.
    pub nearest: Option<usize>,
}

impl<'a> Taste<'a> {
    /// `liked` and `disliked` are rows of films.
    pub fn new(liked: &[Row], disliked: &[Row], table: &'a FilmTable, vectors: &'a VectorStore) -> Self {
        let prepare = |rows: &[Row]| rows.iter().map(|&row| Similarity::to(row, table, vectors)).collect::<Vec<_>>();
        let weights = if liked.len() == 1 && disliked.is_empty() { SIMILAR } else { TASTE };
        Self { table, liked: prepare(liked), disliked: prepare(disliked), weights }
    }

    /// How much the person would like the film in `row`.
    pub fn judge(&self, row: Row) -> Suggested {
        let likenesses: Vec<f32> = self.liked.iter().map(|liked| liked.of(row)).collect();
        let nearest = (0..likenesses.len()).max_by(|&a, &b| likenesses[a].total_cmp(&likenesses[b]).then(b.cmp(&a)));
        let best = nearest.map_or(0.0, |at| likenesses[at]);
        let mean = mean(likenesses.iter().copied());
        let dislike = self.disliked.iter().map(|disliked| disliked.of(row)).fold(0.0, f32::max);
        let parts = [
            BEST * best + (1.0 - BEST) * mean,
            self.weights.popularity * self.table.popularity_prior(row),
            self.weights.years * self.years(row),
            self.weights.rating * self.table.rating(row).unwrap_or(0.0) / 10.0,
            -self.weights.dislike * dislike,
        ];
        Suggested { row, score: self.normalise(parts.iter().sum()), parts, nearest }
    }

    /// What a film shares with the liked film that it is most like.
    pub fn shared(&self, suggested: &Suggested) -> Option<(FilmId, Shared)> {
        let liked = &self.liked[suggested.nearest?];
        Some((self.table.id(liked.row()), liked.shared(suggested.row)))
    }

    /// A part of a sum as a share of the score.
    pub fn share(&self, part: f32) -> f32 {
        part / self.full()
    }

    fn normalise(&self, sum: f32) -> f32 {
        ((sum + self.least()) / (self.full() + self.least())).clamp(0.0, 1.0)
    }

    fn full(&self) -> f32 {
        let likeness = if self.liked.is_empty() { 0.0 } else { FULL_SIMILARITY };
        likeness + self.weights.popularity + self.weights.years + self.weights.rating
    }

    /// How far a dislike can push below zero.
    fn least(&self) -> f32 {
        if self.disliked.is_empty() { 0.0 } else { self.weights.dislike * FULL_SIMILARITY }
    }

    fn years(&self, row: Row) -> f32 {
        let Some(year) = self.table.year(row) else { return 0.0 };
        let near = |liked: &Similarity<'_>| {
            let distance = self.table.year(liked.row()).map(|other| (other - year).abs() as f32);
            distance.map_or(0.0, |years| (-years / YEARS_DECAY).exp())
        };
        mean(self.liked.iter().map(near))
    }
}

fn mean(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = values.len();
    if count == 0 { 0.0 } else { values.sum::<f32>() / count as f32 }
}
