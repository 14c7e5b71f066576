//! A film as the catalogue keeps it. The field names are those of the public import format (JSONL).

use serde::{Deserialize, Deserializer, Serialize};

/// TMDB's number of a film, the key of the catalogue.
pub type FilmId = u32;

/// One film with all its metadata. Empty lists and `None` mean "not known".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Movie"))]
pub struct Film {
    /// TMDB id.
    pub tmdb_id: FilmId,
    /// `IMDb` id (`tt0120338`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imdb_id: Option<String>,
    /// Title in the catalogue's language.
    pub title: String,
    /// Title in the film's own language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_title: Option<String>,
    /// Other titles under which the film is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternative_titles: Vec<String>,
    /// First release, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_date: Option<String>,
    /// Year of the first release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Plot in a few sentences.
    #[serde(default)]
    pub overview: String,
    /// Advertising line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tagline: Option<String>,
    /// Genres (`Science Fiction`).
    #[serde(default)]
    pub genres: Vec<String>,
    /// Directors.
    #[serde(default)]
    pub directors: Vec<String>,
    /// Actors in billing order.
    #[serde(default)]
    pub cast: Vec<String>,
    /// Themes and facts (`time travel`).
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime: Option<u32>,
    /// Mean vote, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub vote_average: Option<f32>,
    /// Number of votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote_count: Option<u32>,
    /// TMDB's popularity figure.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub popularity: Option<f32>,
    /// ISO 639-1 code of the original language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_language: Option<String>,
    /// ISO 3166-1 alpha-2 codes of the production countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// The series of films that this one belongs to (`The Matrix Collection`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// Path of the poster at TMDB's image server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster_path: Option<String>,
    /// Path of the backdrop at TMDB's image server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backdrop_path: Option<String>,
    /// When the film was fetched from its source, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
}

/// For `deserialize_with`: a number that is there is one. JSON writes what is no number as `null`, which must not pass for "not given".
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
