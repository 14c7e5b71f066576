//! The weights of what makes a relevance. Each was chosen on people's own questions (docs/relevance.md has the table).

/// Weights of the parts of a relevance.
pub struct Weights {
    /// Cosine of a model of sentence similarity.
    pub meaning: f32,
    /// Cosine of a model trained for questions, whose cosines lie closer together.
    pub meaning_of_questions: f32,
    /// Words found, as a share of what the question's best film has.
    pub words: f32,
    /// A question whose best film scores less than this in words is not carried by its words.
    pub words_floor: f32,
    /// Release in the years that the question names.
    pub years: f32,
    /// Years after which nearness to those years has fallen to 1/e.
    pub years_decay: f32,
    /// Original language or country that the question names.
    pub origin: f32,
    /// Share of that for films whose language and countries are not known.
    pub origin_unknown: f32,
    /// Genres that the question names.
    pub genres: f32,
    /// Meeting the conditions that are the whole question.
    pub conditions: f32,
    /// Tags that are genres or keywords of the film.
    pub tags: f32,
    /// Being well known, where somebody asks for a film that they half remember: that can be any film.
    pub popularity: f32,
    /// Being well known and well rated, squared, for a bare description, which is mostly of a film that people think of first.
    pub popularity_of_bare: f32,
    /// The question is the film's title.
    pub title: f32,
    /// Added where the question has the article of the title, too.
    pub title_literal: f32,
    /// The question holds the title, times the square of the share of its content words that the title is.
    pub title_within: f32,
    /// The question holds the full name of a director or a leading actor, times that share.
    pub person: f32,
    /// The question is nothing but the name: the person's best-known films first.
    pub person_popularity: f32,
}

/// The weights in use.
pub const WEIGHTS: Weights = Weights {
    meaning: 1.0,
    meaning_of_questions: 2.0,
    words: 0.30,
    words_floor: 12.0,
    years: 0.2,
    years_decay: 6.0,
    origin: 0.065,
    origin_unknown: 0.3,
    genres: 0.08,
    conditions: 1.0,
    tags: 0.10,
    popularity: 0.08,
    popularity_of_bare: 0.55,
    title: 0.9,
    title_literal: 0.25,
    title_within: 0.63,
    person: 0.6,
    person_popularity: 0.5,
};
