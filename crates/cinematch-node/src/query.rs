//! Questions and answers across the boundary.

use cinematch_core::engine::{FilmPage, ListRequest, Reference, Resolution, SortKey, Stats, Suggestion, UpsertReport};
use cinematch_core::query::{
    Answer, Explanation, Facets, Filters, Hit, Idea, Include, Page, Range, RecommendRequest, SearchMode, SearchRequest, TermFilter,
};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

use crate::film::{BindingFilm, decimal};

#[napi(object)]
#[derive(Default)]
pub struct BindingRange {
    pub min: Option<f64>,
    pub max: Option<f64>,
}

#[napi(object)]
#[derive(Default)]
pub struct BindingTermFilter {
    pub any: Option<Vec<String>>,
    pub all: Option<Vec<String>>,
    pub none: Option<Vec<String>>,
}

#[napi(object)]
#[derive(Default)]
pub struct BindingFilters {
    pub year: Option<BindingRange>,
    pub rating: Option<BindingRange>,
    pub votes: Option<BindingRange>,
    pub runtime: Option<BindingRange>,
    pub genres: Option<BindingTermFilter>,
    pub languages: Option<BindingTermFilter>,
    pub countries: Option<BindingTermFilter>,
    pub directors: Option<BindingTermFilter>,
    pub cast: Option<BindingTermFilter>,
    pub keywords: Option<BindingTermFilter>,
    pub exclude: Option<Vec<u32>>,
}

#[napi(object)]
#[derive(Default)]
pub struct BindingInclude {
    pub details: Option<bool>,
    pub explanation: Option<bool>,
    pub facets: Option<bool>,
}

#[napi(string_enum = "lowercase")]
pub enum BindingIdea {
    Meaning,
    Words,
    Synonyms,
    Names,
    Hints,
    Popularity,
    Cleaning,
}

#[napi(object)]
pub struct BindingSearchRequest {
    pub text: String,
    pub tags: Option<Vec<String>>,
    #[napi(ts_type = "'hybrid' | 'semantic' | 'lexical'")]
    pub mode: Option<String>,
    /// Leaves one idea out of a hybrid search, to measure what it brings.
    #[napi(ts_type = "'meaning' | 'words' | 'synonyms' | 'names' | 'hints' | 'popularity' | 'cleaning'")]
    pub without: Option<BindingIdea>,
    pub limit: u32,
    pub offset: Option<u32>,
    pub filters: Option<BindingFilters>,
    pub diversity: Option<f64>,
    pub include: Option<BindingInclude>,
}

#[napi(object)]
pub struct BindingRecommendRequest {
    pub liked: Vec<u32>,
    pub disliked: Option<Vec<u32>>,
    pub same_collection: Option<bool>,
    pub limit: u32,
    pub offset: Option<u32>,
    pub filters: Option<BindingFilters>,
    pub diversity: Option<f64>,
    pub include: Option<BindingInclude>,
}

#[napi(object)]
pub struct BindingListRequest {
    pub filters: Option<BindingFilters>,
    #[napi(ts_type = "'popularity' | 'rating' | 'votes' | 'year' | 'title' | 'id'")]
    pub sort: String,
    pub descending: bool,
    pub limit: u32,
    pub offset: u32,
    pub include: Option<BindingInclude>,
}

#[napi(object)]
pub struct BindingPart {
    pub part: String,
    pub score: f64,
}

#[napi(object, use_nullable = false)]
pub struct BindingExplanation {
    pub sentence: String,
    pub parts: Vec<BindingPart>,
    pub because_of: Option<u32>,
    pub matched_words: Vec<String>,
    pub shared_people: Vec<String>,
    pub shared_keywords: Vec<String>,
    pub shared_genres: Vec<String>,
}

#[napi(object, use_nullable = false)]
pub struct BindingHit {
    pub id: u32,
    pub title: String,
    pub score: f64,
    pub movie: Option<BindingFilm>,
    pub explanation: Option<BindingExplanation>,
}

#[napi(object)]
pub struct BindingFacetValue {
    pub value: String,
    pub count: u32,
}

#[napi(object)]
pub struct BindingFacet {
    pub field: String,
    pub values: Vec<BindingFacetValue>,
}

#[napi(object, use_nullable = false)]
pub struct BindingAnswer {
    pub hits: Vec<BindingHit>,
    pub total: u32,
    pub facets: Option<Vec<BindingFacet>>,
    pub intra_list_distance: Option<f64>,
}

#[napi(object, use_nullable = false)]
pub struct BindingSuggestion {
    pub id: u32,
    pub title: String,
    pub year: Option<i32>,
}

#[napi(object, use_nullable = false)]
pub struct BindingResolution {
    pub movie: Option<BindingSuggestion>,
    pub suggestions: Vec<BindingSuggestion>,
}

#[napi(object, use_nullable = false)]
pub struct BindingMoviePage {
    pub movies: Vec<BindingFilm>,
    pub total: u32,
    pub facets: Option<Vec<BindingFacet>>,
}

#[napi(object)]
pub struct BindingUpsertReport {
    pub inserted: Vec<u32>,
    pub updated: Vec<u32>,
    pub touched: Vec<u32>,
    pub unchanged: Vec<u32>,
    pub deleted: Vec<u32>,
}

#[napi(object, use_nullable = false)]
pub struct BindingFetchTime {
    pub id: u32,
    pub fetched_at: Option<String>,
}

#[napi(object)]
pub struct BindingModel {
    pub name: String,
    pub fingerprint: String,
    pub dimensions: u32,
    pub precision: String,
}

#[napi(object)]
pub struct BindingVectorIndex {
    #[napi(ts_type = "'exact' | 'graph'")]
    pub kind: String,
    pub indexed: u32,
}

#[napi(object)]
pub struct BindingStatus {
    pub movies: u32,
    pub generation: i64,
    pub model: BindingModel,
    pub pending_reembedding: u32,
    pub vector_index: BindingVectorIndex,
    pub query_threads: u32,
    pub bulk_threads: u32,
    pub data_dir: String,
    pub sqlite_version: String,
    pub runtime_version: String,
    pub notices: Vec<String>,
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn range<T>(range: Option<BindingRange>, convert: fn(f64) -> T) -> Range<T> {
    let range = range.unwrap_or_default();
    Range { min: range.min.map(convert), max: range.max.map(convert) }
}

fn terms(filter: Option<BindingTermFilter>) -> TermFilter {
    let filter = filter.unwrap_or_default();
    TermFilter { any: filter.any.unwrap_or_default(), all: filter.all.unwrap_or_default(), none: filter.none.unwrap_or_default() }
}

fn filters(filters: Option<BindingFilters>) -> Filters {
    let filters = filters.unwrap_or_default();
    Filters {
        year: range(filters.year, |x| x as i32),
        rating: range(filters.rating, |x| x as f32),
        votes: range(filters.votes, |x| x as u32),
        runtime: range(filters.runtime, |x| x as u32),
        genres: terms(filters.genres),
        languages: terms(filters.languages),
        countries: terms(filters.countries),
        directors: terms(filters.directors),
        cast: terms(filters.cast),
        keywords: terms(filters.keywords),
        exclude: filters.exclude.unwrap_or_default(),
    }
}

fn include(include: Option<BindingInclude>) -> Include {
    let include = include.unwrap_or_default();
    Include {
        details: include.details.unwrap_or(false),
        explanation: include.explanation.unwrap_or(false),
        facets: include.facets.unwrap_or(false),
    }
}

fn page(limit: u32, offset: Option<u32>) -> Page {
    Page { limit: limit as usize, offset: offset.unwrap_or(0) as usize }
}

impl From<BindingSearchRequest> for SearchRequest {
    fn from(request: BindingSearchRequest) -> Self {
        Self {
            text: request.text,
            tags: request.tags.unwrap_or_default(),
            mode: match request.mode.as_deref() {
                Some("semantic") => SearchMode::Semantic,
                Some("lexical") => SearchMode::Lexical,
                _ => SearchMode::Hybrid,
            },
            without: request.without.map(|idea| match idea {
                BindingIdea::Meaning => Idea::Meaning,
                BindingIdea::Words => Idea::Words,
                BindingIdea::Synonyms => Idea::Synonyms,
                BindingIdea::Names => Idea::Names,
                BindingIdea::Hints => Idea::Hints,
                BindingIdea::Popularity => Idea::Popularity,
                BindingIdea::Cleaning => Idea::Cleaning,
            }),
            filters: filters(request.filters),
            page: page(request.limit, request.offset),
            diversity: request.diversity.unwrap_or(0.0) as f32,
            include: include(request.include),
        }
    }
}

impl From<BindingRecommendRequest> for RecommendRequest {
    fn from(request: BindingRecommendRequest) -> Self {
        Self {
            liked: request.liked,
            disliked: request.disliked.unwrap_or_default(),
            filters: filters(request.filters),
            page: page(request.limit, request.offset),
            diversity: request.diversity.unwrap_or(0.0) as f32,
            same_collection: request.same_collection.unwrap_or(false),
            include: include(request.include),
        }
    }
}

impl From<BindingListRequest> for ListRequest {
    fn from(request: BindingListRequest) -> Self {
        Self {
            filters: filters(request.filters),
            sort: match request.sort.as_str() {
                "rating" => SortKey::Rating,
                "votes" => SortKey::Votes,
                "year" => SortKey::Year,
                "title" => SortKey::Title,
                "id" => SortKey::Id,
                _ => SortKey::Popularity,
            },
            descending: request.descending,
            page: page(request.limit, Some(request.offset)),
            facets: include(request.include).facets,
        }
    }
}

/// A reference to a film: a title as typed, or an id.
pub fn reference(reference: Either<String, u32>) -> Reference {
    match reference {
        Either::A(title) => Reference::Title(title),
        Either::B(id) => Reference::Id(id),
    }
}

impl From<Explanation> for BindingExplanation {
    fn from(explanation: Explanation) -> Self {
        let part = |(part, score)| BindingPart { part, score: decimal(score) };
        Self {
            sentence: explanation.sentence,
            parts: explanation.parts.into_iter().map(part).collect(),
            because_of: explanation.because_of,
            matched_words: explanation.matched_words,
            shared_people: explanation.shared_people,
            shared_keywords: explanation.shared_keywords,
            shared_genres: explanation.shared_genres,
        }
    }
}

impl From<Hit> for BindingHit {
    fn from(hit: Hit) -> Self {
        Self {
            id: hit.id,
            title: hit.title,
            score: decimal(hit.score),
            movie: hit.film.map(BindingFilm::from),
            explanation: hit.explanation.map(BindingExplanation::from),
        }
    }
}

fn facets(facets: Facets) -> Vec<BindingFacet> {
    let value = |(value, count)| BindingFacetValue { value, count };
    let field = |(field, values): (String, Vec<_>)| BindingFacet { field, values: values.into_iter().map(value).collect() };
    facets.fields.into_iter().map(field).collect()
}

impl From<Answer> for BindingAnswer {
    fn from(answer: Answer) -> Self {
        Self {
            hits: answer.hits.into_iter().map(BindingHit::from).collect(),
            total: count(answer.total),
            facets: answer.facets.map(facets),
            intra_list_distance: answer.intra_list_distance.map(decimal),
        }
    }
}

impl From<Suggestion> for BindingSuggestion {
    fn from(suggestion: Suggestion) -> Self {
        Self { id: suggestion.id, title: suggestion.title, year: suggestion.year }
    }
}

impl From<Resolution> for BindingResolution {
    fn from(resolution: Resolution) -> Self {
        Self {
            movie: resolution.film.map(BindingSuggestion::from),
            suggestions: resolution.suggestions.into_iter().map(BindingSuggestion::from).collect(),
        }
    }
}

impl From<FilmPage> for BindingMoviePage {
    fn from(page: FilmPage) -> Self {
        Self { movies: page.films.into_iter().map(BindingFilm::from).collect(), total: count(page.total), facets: page.facets.map(facets) }
    }
}

impl From<UpsertReport> for BindingUpsertReport {
    fn from(report: UpsertReport) -> Self {
        Self {
            inserted: report.inserted,
            updated: report.updated,
            touched: report.touched,
            unchanged: report.unchanged,
            deleted: report.deleted,
        }
    }
}

impl From<Stats> for BindingStatus {
    fn from(stats: Stats) -> Self {
        Self {
            movies: count(stats.films),
            generation: i64::try_from(stats.generation).unwrap_or(i64::MAX),
            model: BindingModel {
                name: stats.model_name,
                fingerprint: stats.model_fingerprint,
                dimensions: count(stats.dimensions),
                precision: stats.precision,
            },
            pending_reembedding: count(stats.pending_reembedding),
            vector_index: BindingVectorIndex {
                kind: if stats.graph_films.is_some() { "graph" } else { "exact" }.to_owned(),
                indexed: count(stats.graph_films.unwrap_or(stats.films)),
            },
            query_threads: count(stats.query_threads),
            bulk_threads: count(stats.bulk_threads),
            data_dir: stats.data_dir.display().to_string(),
            sqlite_version: stats.sqlite_version,
            runtime_version: stats.runtime_version,
            notices: stats.notices,
        }
    }
}
