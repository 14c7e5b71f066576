//! What can be asked of the engine, and what it answers. Plain data; the decisions are in the rooms that `engine` calls.

use crate::film::{Film, FilmId};

/// How the films of a search are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchMode {
    /// Meaning and words together; the score is the fused relevance in [0, 1].
    #[default]
    Hybrid,
    /// Meaning alone; the score is the cosine.
    Semantic,
    /// Words alone; the score is the lexical relevance in [0, 1].
    Lexical,
}

/// An idea of the hybrid search, each of which can be left out to measure what it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idea {
    /// The cosine of question and film.
    Meaning,
    /// BM25.
    Words,
    /// Words that stand for the question's.
    Synonyms,
    /// Titles and people named in the question.
    Names,
    /// Years, origin and genres that the question asks for.
    Hints,
    /// How well known and liked a film is.
    Popularity,
    /// Words of asking are not embedded.
    Cleaning,
}

/// A closed interval; a missing bound is open. A film that lacks the value fails any bounded range.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Range<T> {
    /// Smallest value that passes.
    pub min: Option<T>,
    /// Largest value that passes.
    pub max: Option<T>,
}

/// Conditions on a set of names; names compare without case, accents and punctuation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TermFilter {
    /// At least one of these.
    pub any: Vec<String>,
    /// All of these.
    pub all: Vec<String>,
    /// None of these.
    pub none: Vec<String>,
}

/// What a film must satisfy to be a hit. The default lets every film pass.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// Year of release.
    pub year: Range<i32>,
    /// Mean vote.
    pub rating: Range<f32>,
    /// Number of votes.
    pub votes: Range<u32>,
    /// Minutes.
    pub runtime: Range<u32>,
    /// Genres.
    pub genres: TermFilter,
    /// Original languages (ISO 639-1).
    pub languages: TermFilter,
    /// Production countries (ISO 3166-1 alpha-2).
    pub countries: TermFilter,
    /// Directors.
    pub directors: TermFilter,
    /// Actors.
    pub cast: TermFilter,
    /// Keywords.
    pub keywords: TermFilter,
    /// Films that are never hits.
    pub exclude: Vec<FilmId>,
}

/// What every question has in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How many hits, 1 to 100.
    pub limit: usize,
    /// How many hits to leave out at the front; `offset + limit` is at most 1,000.
    pub offset: usize,
}

/// Optional parts of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Include {
    /// The whole film with every hit.
    pub details: bool,
    /// Why every hit is there.
    pub explanation: bool,
    /// Counts of years, genres, … over the films that pass the filters.
    pub facets: bool,
}

/// A question in words.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// The words, 1 to 2,000 characters that are not all blank.
    pub text: String,
    /// Words of the text that the caller knows to be genres or keywords (the tags of a vibe).
    pub tags: Vec<String>,
    /// How to search.
    pub mode: SearchMode,
    /// What a hybrid search does without; nothing, except to measure it.
    pub without: Option<Idea>,
    /// What hits must satisfy.
    pub filters: Filters,
    /// Which part of the list.
    pub page: Page,
    /// 0 (none) to 1: trade relevance for variety (maximal marginal relevance).
    pub diversity: f32,
    /// What to add.
    pub include: Include,
}

/// A question by example: films liked and disliked.
#[derive(Debug, Clone, PartialEq)]
pub struct RecommendRequest {
    /// Films liked, oldest first. One film here asks for films similar to it.
    pub liked: Vec<FilmId>,
    /// Films disliked.
    pub disliked: Vec<FilmId>,
    /// What hits must satisfy.
    pub filters: Filters,
    /// Which part of the list.
    pub page: Page,
    /// As in [`SearchRequest`].
    pub diversity: f32,
    /// Whether the collections of the liked films may fill the list.
    pub same_collection: bool,
    /// What to add.
    pub include: Include,
}

/// Which of two recommenders a hit or an answer comes from is part of the explanation; this is its data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// One sentence for a person.
    pub sentence: String,
    /// What each part added to the score, largest first. Of a search: `meaning`, `words`, `names` (titles and people), `hints` (years, origin,
    /// genres, tags), `popularity`; of a recommendation: `likeness`, `popularity`, `years`, `rating`, `dislike`.
    pub parts: Vec<(String, f32)>,
    /// The liked film that brought this hit.
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
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The film.
    pub id: FilmId,
    /// Its title.
    pub title: String,
    /// Cosine (semantic) or relevance in [0, 1].
    pub score: f32,
    /// On request.
    pub film: Option<Film>,
    /// On request.
    pub explanation: Option<Explanation>,
}

/// Counts over the films that pass the filters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facets {
    /// (name of the facet, [(value, films)]), values by falling count.
    pub fields: Vec<(String, Vec<(String, u32)>)>,
}

/// Answer to a search or a recommendation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Films that pass the filters.
    pub total: usize,
    /// On request.
    pub facets: Option<Facets>,
    /// Mean of `1 - cosine` over the pairs of hits; given where `diversity` was asked for.
    pub intra_list_distance: Option<f32>,
}
