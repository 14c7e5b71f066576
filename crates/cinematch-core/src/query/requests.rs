//! Questions.

use serde::{Deserialize, Serialize};

use super::{Filters, SortKey, is_default};
use crate::film::FilmId;

/// How the films of a search are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SearchMode {
    /// Meaning and words together; the score is the fused relevance in [0, 1].
    #[default]
    Hybrid,
    /// Meaning alone; the score is the cosine.
    Semantic,
    /// Words alone; the score is the lexical relevance in [0, 1].
    Lexical,
}

#[cfg(test)]
impl SearchMode {
    /// Every mode.
    pub(crate) const ALL: &'static [Self] = &[Self::Hybrid, Self::Semantic, Self::Lexical];
}

/// An idea of the hybrid search, each of which can be left out to measure what it brings. No part of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many hits.
    pub limit: usize,
    /// How many hits to leave out at the front.
    pub offset: usize,
}

/// Optional parts of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Include {
    /// The whole film with every hit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub details: bool,
    /// Why every hit is there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub explanation: bool,
    /// Counts of years, genres, … over the films that pass the filters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub facets: bool,
}

/// A question in words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    /// The words, not all blank; how many characters, `LIMITS` says.
    pub text: String,
    /// Words of the text that the caller knows to be genres or keywords (the tags of a vibe).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How to search; hybrid by default.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: SearchMode,
    /// How many hits, 1 to 100.
    pub limit: usize,
    /// How many hits to leave out at the front; `offset + limit` is at most 1,000.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: usize,
    /// What hits must satisfy.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filters: Filters,
    /// 0 (none) to 1: trade relevance for variety (maximal marginal relevance).
    #[serde(default, skip_serializing_if = "is_default")]
    pub diversity: f32,
    /// What to add.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Include,
}

/// A question by example: films liked and disliked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RecommendRequest {
    /// Films liked, by TMDB id, oldest first. One film here asks for films similar to it.
    pub liked: Vec<FilmId>,
    /// Films disliked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disliked: Vec<FilmId>,
    /// Whether films of the liked films' series may be hits. Where this is not said, collections may not, and of series that the catalogue
    /// does not name, only that of a single liked film may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_collection: Option<bool>,
    /// How many hits, 1 to 100.
    pub limit: usize,
    /// How many hits to leave out at the front; `offset + limit` is at most 1,000.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: usize,
    /// What hits must satisfy.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filters: Filters,
    /// 0 (none) to 1: trade relevance for variety (maximal marginal relevance).
    #[serde(default, skip_serializing_if = "is_default")]
    pub diversity: f32,
    /// What to add.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Include,
}

/// A list of films.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ListRequest {
    /// Which films.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filters: Filters,
    /// In which order.
    pub sort: SortKey,
    /// Largest first.
    pub descending: bool,
    /// How many films.
    pub limit: usize,
    /// How many films to leave out at the front.
    pub offset: usize,
    /// Whether to count values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub facets: bool,
}

/// A film as people name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "MovieReference"))]
#[serde(untagged, expecting = "must be a title or a TMDB id")]
pub enum Reference {
    /// A title as it was typed.
    Title(String),
    /// A TMDB id.
    Id(FilmId),
}

impl SearchRequest {
    /// Which part of the list is wanted.
    pub fn page(&self) -> Page {
        Page { limit: self.limit, offset: self.offset }
    }
}

impl RecommendRequest {
    /// Which part of the list is wanted.
    pub fn page(&self) -> Page {
        Page { limit: self.limit, offset: self.offset }
    }
}

impl ListRequest {
    /// Which part of the list is wanted.
    pub fn page(&self) -> Page {
        Page { limit: self.limit, offset: self.offset }
    }
}
