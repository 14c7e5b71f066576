//! A film as the catalogue keeps it. The field names are those of the public import format (JSONL).

use serde::{Deserialize, Serialize};

/// TMDB's number of a film, the key of the catalogue.
pub type FilmId = u32;

/// One film with all its metadata. Empty lists and `None` mean "not known".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Film {
    /// TMDB id.
    pub tmdb_id: FilmId,
    /// `IMDb` id (`tt0120338`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imdb_id: Option<String>,
    /// Title in the catalogue's language.
    pub title: String,
    /// Title in the film's own language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_title: Option<String>,
    /// Other titles under which the film is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternative_titles: Vec<String>,
    /// First release, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_date: Option<String>,
    /// Year of the first release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Plot in a few sentences.
    pub overview: String,
    /// Advertising line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tagline: Option<String>,
    /// Genres (`Science Fiction`).
    pub genres: Vec<String>,
    /// Directors.
    pub directors: Vec<String>,
    /// Actors in billing order.
    pub cast: Vec<String>,
    /// Themes and facts (`time travel`).
    pub keywords: Vec<String>,
    /// Minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime: Option<u32>,
    /// Mean vote, 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vote_average: Option<f32>,
    /// Number of votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vote_count: Option<u32>,
    /// TMDB's popularity figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub popularity: Option<f32>,
    /// ISO 639-1 code of the original language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_language: Option<String>,
    /// ISO 3166-1 alpha-2 codes of the production countries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// The series of films that this one belongs to (`The Matrix Collection`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// Path of the poster at TMDB's image server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster_path: Option<String>,
    /// Path of the backdrop at TMDB's image server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backdrop_path: Option<String>,
    /// When the film was fetched from its source, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
}
