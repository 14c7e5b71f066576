//! What a person likes: several films are several interests, not one average.

use super::overlap::{Shared, Similarity, full_similarity};
use crate::film::FilmId;
use crate::query::{Part, PartName};
use crate::table::{FilmTable, Row, USUAL_RATING};
use crate::vectors::VectorStore;

/// Weights of what is not likeness. Chosen on the next liked film of people's rating histories (docs/relevance.md has the table).
struct Weights {
    /// Sharing directors and leading actors, within a likeness.
    people: f32,
    /// Being well known.
    popularity: f32,
    /// Release near the liked films'.
    years: f32,
    /// Years after which nearness has fallen to 1/e.
    years_decay: f32,
    /// Mean vote.
    rating: f32,
    /// By how much more a film is like a disliked film than like every liked one.
    dislike: f32,
}

/// For a person's taste: what people watch next is mostly well known and well liked.
const TASTE: Weights = Weights { people: 1.0, popularity: 1.0, years: 1.0, years_decay: 5.0, rating: 1.0, dislike: 1.0 };
/// For films similar to one film: likeness first.
const SIMILAR: Weights = Weights { people: 0.5, popularity: 0.15, years: 0.15, years_decay: 10.0, rating: 0.2, dislike: 1.0 };
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
    /// Parts of the score before they were summed.
    pub parts: TasteParts,
    /// Which of the liked films is the most alike.
    pub nearest: Option<usize>,
}

/// What speaks for a film and, below zero, against it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TasteParts {
    /// Being like the liked films.
    pub likeness: f32,
    /// Being well known.
    pub popularity: f32,
    /// Release near the liked films'.
    pub years: f32,
    /// Mean vote.
    pub rating: f32,
    /// Being like a disliked film.
    pub dislike: f32,
}

impl TasteParts {
    /// The parts by name.
    pub fn named(&self) -> [Part; 5] {
        [
            Part { part: PartName::Likeness, score: self.likeness },
            Part { part: PartName::Popularity, score: self.popularity },
            Part { part: PartName::Years, score: self.years },
            Part { part: PartName::Rating, score: self.rating },
            Part { part: PartName::Dislike, score: self.dislike },
        ]
    }

    fn sum(&self) -> f32 {
        self.named().iter().map(|part| part.score).sum()
    }
}

impl<'a> Taste<'a> {
    /// `liked` and `disliked` are rows of films.
    pub fn new(liked: &[Row], disliked: &[Row], table: &'a FilmTable, vectors: &'a VectorStore) -> Self {
        let weights = if liked.len() == 1 { SIMILAR } else { TASTE };
        let prepare = |rows: &[Row]| rows.iter().map(|&row| Similarity::to(row, weights.people, table, vectors)).collect::<Vec<_>>();
        Self { table, liked: prepare(liked), disliked: prepare(disliked), weights }
    }

    /// How much the person would like the film in `row`.
    pub fn judge(&self, row: Row) -> Suggested {
        let likenesses: Vec<f32> = self.liked.iter().map(|liked| liked.of(row)).collect();
        let nearest = (0..likenesses.len()).max_by(|&a, &b| likenesses[a].total_cmp(&likenesses[b]).then(b.cmp(&a)));
        let best = nearest.map_or(0.0, |at| likenesses[at]);
        let mean = mean(likenesses.iter().copied());
        let disliked = self.disliked.iter().map(|disliked| disliked.of(row)).fold(0.0, f32::max);
        let parts = TasteParts {
            likeness: BEST * best + (1.0 - BEST) * mean,
            popularity: self.weights.popularity * self.table.popularity_prior(row),
            years: self.weights.years * self.years(row),
            rating: self.weights.rating * self.rating(row),
            // What a film shares with liked and disliked films alike (a genre, say) is not what was disliked.
            dislike: -self.weights.dislike * (disliked - best).max(0.0),
        };
        Suggested { row, score: self.normalise(parts.sum()), parts, nearest }
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

    /// The most that can speak for a film of this catalogue: what none of its films has is left out.
    fn full(&self) -> f32 {
        let weight = |weight: f32, counts: bool| if counts { weight } else { 0.0 };
        weight(full_similarity(self.table, self.weights.people), !self.liked.is_empty())
            + weight(self.weights.popularity, self.table.has_votes())
            + weight(self.weights.years, self.liked.iter().any(|liked| self.table.year(liked.row()).is_some()))
            + weight(self.weights.rating, self.table.has_ratings())
    }

    /// How far a dislike can push below zero.
    fn least(&self) -> f32 {
        if self.disliked.is_empty() { 0.0 } else { self.weights.dislike * full_similarity(self.table, self.weights.people) }
    }

    fn rating(&self, row: Row) -> f32 {
        if self.table.has_ratings() { self.table.rating(row).unwrap_or(USUAL_RATING) / 10.0 } else { 0.0 }
    }

    fn years(&self, row: Row) -> f32 {
        let Some(year) = self.table.year(row) else { return 0.0 };
        let near = |liked: &Similarity<'_>| {
            let distance = self.table.year(liked.row()).map(|other| (other - year).abs() as f32);
            distance.map_or(0.0, |years| (-years / self.weights.years_decay).exp())
        };
        mean(self.liked.iter().map(near))
    }
}

fn mean(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = values.len();
    if count == 0 { 0.0 } else { values.sum::<f32>() / count as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;
    use crate::vectors::{VectorRow, in_halves};

    const UNIT: [[f32; 3]; 4] = [[1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.0, 0.6, 0.8], [0.0, 0.0, 1.0]];

    /// Four films of one year, each with a vector of [`UNIT`].
    fn films(votes: Option<u32>, rating: Option<f32>) -> (FilmTable, VectorStore) {
        let film = |id| Film { tmdb_id: id, year: Some(2000), vote_count: votes, vote_average: rating, ..Film::default() };
        let films: Vec<Film> = (1..=4).map(film).collect();
        let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
        let mut vectors = VectorStore::new(3);
        for (film, vector) in films.iter().zip(&UNIT) {
            vectors.append(&VectorRow { id: film.tmdb_id, vector: &in_halves(vector), generation: 1 }).expect("a unit vector");
        }
        (table, vectors)
    }

    fn scores(liked: &[Row], disliked: &[Row], (table, vectors): &(FilmTable, VectorStore)) -> Vec<f32> {
        let taste = Taste::new(liked, disliked, table, vectors);
        (0..4).map(|row| taste.judge(row).score).collect()
    }

    #[test]
    fn likeness_orders_films_that_are_equal_otherwise() {
        let scores = scores(&[0], &[], &films(Some(100), Some(7.0)));
        assert!(scores[1] > scores[2], "{scores:?}");
    }

    #[test]
    fn a_dislike_pushes_away() {
        let films = films(Some(100), Some(7.0));
        let with = scores(&[1], &[3], &films);
        assert!(with[0] > with[2], "{with:?}");
    }

    #[test]
    fn a_dislike_takes_nothing_from_what_is_nearer_to_a_liked_film() {
        let (table, vectors) = films(Some(100), Some(7.0));
        let taste = Taste::new(&[0, 1], &[3], &table, &vectors);
        let taken = |row| taste.judge(row).parts.dislike;
        assert_eq!((taken(0), taken(1)), (0.0, 0.0));
        let (disliked, liked) = (0.8, 0.36); // cosines of row 2 with row 3 and with row 1
        assert!((taken(2) + disliked - liked).abs() < 1e-2, "{}", taken(2));
    }

    #[test]
    fn a_dislike_changes_nothing_else_in_the_judgement() {
        let (table, vectors) = films(Some(100), Some(7.0));
        for liked in [&[1][..], &[0, 1]] {
            let (plain, with) = (Taste::new(liked, &[], &table, &vectors), Taste::new(liked, &[3], &table, &vectors));
            for row in 0..4 {
                let parts = TasteParts { dislike: 0.0, ..with.judge(row).parts };
                assert_eq!(plain.judge(row).parts, parts);
            }
        }
    }

    #[test]
    fn one_dislike_of_a_genre_does_not_outweigh_three_likes_of_it() {
        let horror = |id| Film { tmdb_id: id, genres: vec!["Horror".to_owned()], ..Film::default() };
        let comedy = |id| Film { genres: vec!["Comedy".to_owned()], ..horror(id) };
        let films = [horror(1), horror(2), horror(3), horror(4), horror(5), comedy(6)];
        let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
        let mut vectors = VectorStore::new(6);
        for (at, film) in films.iter().enumerate() {
            let mut vector = [0.0; 6];
            vector[at] = 1.0; // all plots are equally unlike
            vectors.append(&VectorRow { id: film.tmdb_id, vector: &in_halves(&vector), generation: 1 }).expect("a unit vector");
        }
        let taste = Taste::new(&[0, 1, 2], &[3], &table, &vectors);
        assert!(taste.judge(4).score > taste.judge(5).score);
    }

    #[test]
    fn dislikes_alone_prefer_what_is_unlike_them() {
        let scores = scores(&[], &[3], &films(Some(100), Some(7.0)));
        assert!(scores[0] > scores[2] && scores[2] > scores[3], "{scores:?}");
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{scores:?}");
    }

    #[test]
    fn what_no_film_of_the_catalogue_has_lowers_no_score() {
        let bare = scores(&[0], &[], &films(None, None));
        assert!((bare[0] - 1.0).abs() < 1e-2, "{bare:?}");
        let known = scores(&[0], &[], &films(Some(100), Some(5.0)));
        assert!(known[0] < 1.0 && bare[1] > bare[2], "{known:?} {bare:?}");
    }
}
