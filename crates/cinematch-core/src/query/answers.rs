//! Answers.

use serde::{Deserialize, Serialize};

use super::Reference;
use crate::film::{Film, FilmId};

/// What a score is made of: of a search meaning, words, names, hints and popularity, of a recommendation likeness, popularity, years, rating
/// and dislike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// The text means what the question means.
    Meaning,
    /// Words of the question.
    Words,
    /// Titles and people named in the question.
    Names,
    /// Years, origin, genres and tags that the question asks for.
    Hints,
    /// Being well known.
    Popularity,
    /// Being like the liked films.
    Likeness,
    /// Release near the liked films'.
    Years,
    /// Mean vote.
    Rating,
    /// Being like a disliked film.
    Dislike,
}

/// What one part added to a score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Part {
    /// Which one.
    pub part: PartName,
    /// How much.
    pub score: f32,
}

/// Why a hit is there, after a search or a recommendation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Explanation {
    /// One sentence for a person.
    pub sentence: String,
    /// What each part added to the score, largest first.
    pub parts: Vec<Part>,
    /// The liked film that brought this hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because_of: Option<FilmId>,
    /// Words of the question found in the film.
    pub matched_words: Vec<String>,
    /// People shared with the question or with the liked films.
    pub shared_people: Vec<String>,
    /// Keywords shared.
    pub shared_keywords: Vec<String>,
    /// Genres shared.
    pub shared_genres: Vec<String>,
}

/// A film with a score, higher is better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Hit {
    /// TMDB id.
    pub id: FilmId,
    /// Its title.
    pub title: String,
    /// Cosine (semantic) or relevance in [0, 1].
    pub score: f32,
    /// On request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movie: Option<Film>,
    /// On request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// How many films have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Films that have it.
    pub count: u32,
}

/// Counts of one field over the films that pass the filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Facet {
    /// Name of the field.
    pub field: String,
    /// By falling count.
    pub values: Vec<FacetValue>,
}

/// Answer to a search or a recommendation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Answer {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Films that pass the filters.
    pub total: usize,
    /// On request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<Vec<Facet>>,
    /// Mean of `1 - cosine` over the pairs of hits; given where `diversity` was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intra_list_distance: Option<f32>,
}

/// A film in a list of titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Suggestion {
    /// TMDB id.
    pub id: FilmId,
    /// Its title.
    pub title: String,
    /// Year of release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Resolution {
    /// As it was given.
    pub reference: Reference,
    /// The film, where one fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movie: Option<Suggestion>,
    /// The nearest titles, where none fits.
    pub suggestions: Vec<Suggestion>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MoviePage {
    /// The films, whole.
    pub movies: Vec<Film>,
    /// How many pass the filters.
    pub total: usize,
    /// On request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<Vec<Facet>>,
}

/// What a change did, by TMDB id. Every film named here is stored durably.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UpsertReport {
    /// New films.
    pub inserted: Vec<FilmId>,
    /// Films whose text changed and was embedded again.
    pub updated: Vec<FilmId>,
    /// Films of which only other metadata changed.
    pub touched: Vec<FilmId>,
    /// Films that were the same.
    pub unchanged: Vec<FilmId>,
    /// Films deleted because the new catalogue does not have them.
    pub deleted: Vec<FilmId>,
}

/// When a film was fetched from its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FetchTime {
    /// TMDB id.
    pub id: FilmId,
    /// RFC 3339, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
}
