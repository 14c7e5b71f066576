//! Films across the boundary, under the names of the public import format.

use cinematch_core::film::Film;
use napi_derive::napi;

/// A film; a missing field means "not known".
#[napi(object, use_nullable = false)]
pub struct BindingFilm {
    #[napi(js_name = "tmdb_id")]
    pub tmdb_id: u32,
    #[napi(js_name = "imdb_id")]
    pub imdb_id: Option<String>,
    pub title: String,
    #[napi(js_name = "original_title")]
    pub original_title: Option<String>,
    #[napi(js_name = "alternative_titles")]
    pub alternative_titles: Option<Vec<String>>,
    #[napi(js_name = "release_date")]
    pub release_date: Option<String>,
    pub year: Option<i32>,
    pub overview: String,
    pub tagline: Option<String>,
    pub genres: Vec<String>,
    pub directors: Vec<String>,
    pub cast: Vec<String>,
    pub keywords: Vec<String>,
    pub runtime: Option<u32>,
    #[napi(js_name = "vote_average")]
    pub vote_average: Option<f64>,
    #[napi(js_name = "vote_count")]
    pub vote_count: Option<u32>,
    pub popularity: Option<f64>,
    #[napi(js_name = "original_language")]
    pub original_language: Option<String>,
    pub countries: Option<Vec<String>>,
    pub collection: Option<String>,
    #[napi(js_name = "poster_path")]
    pub poster_path: Option<String>,
    #[napi(js_name = "backdrop_path")]
    pub backdrop_path: Option<String>,
    #[napi(js_name = "fetched_at")]
    pub fetched_at: Option<String>,
}

impl From<BindingFilm> for Film {
    fn from(film: BindingFilm) -> Self {
        Self {
            tmdb_id: film.tmdb_id,
            imdb_id: film.imdb_id,
            title: film.title,
            original_title: film.original_title,
            alternative_titles: film.alternative_titles.unwrap_or_default(),
            release_date: film.release_date,
            year: film.year,
            overview: film.overview,
            tagline: film.tagline,
            genres: film.genres,
            directors: film.directors,
            cast: film.cast,
            keywords: film.keywords,
            runtime: film.runtime,
            vote_average: film.vote_average.map(|x| x as f32),
            vote_count: film.vote_count,
            popularity: film.popularity.map(|x| x as f32),
            original_language: film.original_language,
            countries: film.countries.unwrap_or_default(),
            collection: film.collection,
            poster_path: film.poster_path,
            backdrop_path: film.backdrop_path,
            fetched_at: film.fetched_at,
        }
    }
}

impl From<Film> for BindingFilm {
    fn from(film: Film) -> Self {
        Self {
            tmdb_id: film.tmdb_id,
            imdb_id: film.imdb_id,
            title: film.title,
            original_title: film.original_title,
            alternative_titles: some_if_any(film.alternative_titles),
            release_date: film.release_date,
            year: film.year,
            overview: film.overview,
            tagline: film.tagline,
            genres: film.genres,
            directors: film.directors,
            cast: film.cast,
            keywords: film.keywords,
            runtime: film.runtime,
            vote_average: film.vote_average.map(decimal),
            vote_count: film.vote_count,
            popularity: film.popularity.map(decimal),
            original_language: film.original_language,
            countries: some_if_any(film.countries),
            collection: film.collection,
            poster_path: film.poster_path,
            backdrop_path: film.backdrop_path,
            fetched_at: film.fetched_at,
        }
    }
}

fn some_if_any(list: Vec<String>) -> Option<Vec<String>> {
    (!list.is_empty()).then_some(list)
}

/// The shortest decimal that means this f32, as a double: 8.4 stays 8.4 and does not become 8.399999618530273.
pub fn decimal(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}
