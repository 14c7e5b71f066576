//! Questions in words.

use std::cell::LazyCell;

use super::Engine;
use super::hits::{self, Ranked};
use super::read::check_page;
use super::snapshot::Snapshot;
use super::understanding::Understanding;
use crate::error::{EngineError, Result};
use crate::film::Film;
use crate::query::{Answer, Explanation, Idea, LIMITS, Part, PartName, SearchMode, SearchRequest};
use crate::question::{Intent, Question, embedded_question, intent, is_asking, is_bare, plain_question};
use crate::ranking::{self, Candidate, MeaningScale, Tags, WEIGHTS};
use crate::selection::filter;
use crate::table::{Row, RowSet};
use crate::words::{LexicalQuery, LexicalScores};

/// Films that each index brings as candidates of the hybrid mode.
const CANDIDATES: usize = 300;
/// The same for pages far behind, whose films follow those found with [`CANDIDATES`].
const DEEP_CANDIDATES: usize = 2_000;

impl Engine {
    /// The films that fit the question best, in a stable order. Deterministic while the catalogue is unchanged.
    pub fn search(&self, request: &SearchRequest) -> Result<Answer> {
        self.search_without(request, None)
    }

    /// As [`search`](Self::search), the hybrid mode without one of its ideas: measures what the idea brings.
    pub fn search_without(&self, request: &SearchRequest, without: Option<Idea>) -> Result<Answer> {
        self.check_open()?;
        check(request)?;
        let snapshot = self.snapshot();
        snapshot.check_filled()?;
        let allowed = filter::compile(&request.filters, &snapshot.table)?;
        let (found, question) = match request.mode {
            SearchMode::Semantic => (snapshot.semantic(request, &allowed)?, Question::read(&request.text)),
            SearchMode::Hybrid => {
                let understood = snapshot.understand(request, without, &allowed);
                (snapshot.hybrid(request, &understood, without)?, understood.question)
            }
            SearchMode::Lexical => {
                let understood = snapshot.understand(request, without, &allowed);
                (snapshot.lexical(request, &understood)?, understood.question)
            }
        };
        let query = LazyCell::new(|| LexicalQuery::of(&question)); // only explanations need it
        let explain = |ranked: &Ranked, film: &Film| explanation(request.mode, &query, ranked, film);
        let shape = hits::Shape { page: request.page(), diversity: request.diversity, include: request.include };
        hits::answer(&snapshot, self.catalog(), found, &allowed, &shape, explain)
    }
}

fn check(request: &SearchRequest) -> Result<()> {
    check_page(request.page())?;
    hits::check_diversity(request.diversity)?;
    let invalid = |message: String| Err(EngineError::invalid("text", message));
    if request.text.trim().is_empty() {
        return invalid("must not be blank".to_owned());
    }
    let characters = request.text.chars().count();
    if characters > LIMITS.characters {
        return invalid(format!("has {characters} characters; at most {} are read", LIMITS.characters));
    }
    Ok(())
}

impl Snapshot {
    /// Refuses questions while there is nothing to find.
    pub fn check_filled(&self) -> Result<()> {
        if self.table.is_empty() { Err(EngineError::CatalogueEmpty) } else { Ok(()) }
    }

    /// The cosine alone, of the text as it was typed.
    fn semantic(&self, request: &SearchRequest, allowed: &RowSet) -> Result<Vec<Ranked>> {
        let vector = self.embedder.embed_query(&request.text)?;
        let wanted = hits::wanted(request.page(), request.diversity);
        let nearest = self.nearest(&vector, wanted, allowed)?;
        Ok(nearest.into_iter().map(|(row, cosine)| Ranked::plain(row, cosine)).collect())
    }

    /// The words alone.
    fn lexical(&self, request: &SearchRequest, understood: &Understanding) -> Result<Vec<Ranked>> {
        let asked = understood.asked;
        let query = LexicalQuery::of(&understood.question);
        let scores = self.words.scores(&query)?;
        let found = scores.top(hits::wanted(request.page(), request.diversity), &understood.rows);
        let share = |score| ranking::words_share(score, scores.highest()).clamp(0.0, 1.0);
        let others = found.into_iter().filter(|&(row, _)| Some(row) != asked).map(|(row, score)| Ranked::plain(row, share(score)));
        Ok(asked.map(|row| Ranked::plain(row, 1.0)).into_iter().chain(others).collect())
    }

    /// Meaning, words, names and hints together.
    fn hybrid(&self, request: &SearchRequest, understood: &Understanding, without: Option<Idea>) -> Result<Vec<Ranked>> {
        let allowed = &understood.rows;
        if let Some(alike) = &understood.alike {
            return self.alike(alike, allowed, hits::wanted(request.page(), request.diversity));
        }
        let signals = Signals::read(self, understood, without)?;
        let mut ranked = self.candidates(&signals, CANDIDATES, allowed)?;
        if hits::wanted(request.page(), request.diversity) > ranked.len() {
            // The order of the first candidates must not depend on how far a caller pages: the others follow them.
            let first: RowSet = RowSet::from_rows(ranked.iter().map(|candidate| candidate.row));
            let deeper = self.candidates(&signals, DEEP_CANDIDATES, allowed)?;
            ranked.extend(deeper.into_iter().filter(|candidate| !first.contains(candidate.row)));
        }
        if let Some(conditions) = &understood.conditions {
            ranked = meeting_first(ranking::meeting(conditions, &self.table, allowed, LIMITS.reach), ranked, understood.asked);
        }
        let scale = MeaningScale::of(self.embedder.spec());
        let mut ceiling = 1.0_f32;
        Ok(ranked
            .into_iter()
            .map(|candidate| {
                ceiling = ceiling.min(scale.relevance(candidate.sum()));
                Ranked { row: candidate.row, score: ceiling, candidate: Some(candidate) }
            })
            .collect())
    }

    fn candidates(&self, signals: &Signals, count: usize, allowed: &RowSet) -> Result<Vec<Candidate>> {
        let by_meaning = self.nearest(&signals.vector, count, allowed)?;
        let by_words = signals.words.top(count, allowed);
        let named = signals.boosts.keys().copied().filter(|&row| allowed.contains(row));
        let mut rows: Vec<Row> = by_meaning.iter().chain(&by_words).map(|&(row, _)| row).chain(named).chain(signals.asked).collect();
        rows.sort_unstable();
        rows.dedup();
        let query = self.vectors.store().query(&signals.vector)?;
        let scale = MeaningScale::of(self.embedder.spec());
        let part = |idea, score: f32| if signals.without == Some(idea) { 0.0 } else { score };
        let judge = |&row: &Row| Candidate {
            row,
            meaning: part(Idea::Meaning, scale.part(self.vectors.store().cosine(&query, row))),
            words: part(Idea::Words, WEIGHTS.words * ranking::words_share(signals.words.of(row), signals.words.highest())),
            names: part(Idea::Names, signals.boosts.get(&row).copied().unwrap_or(0.0)),
            hints: part(Idea::Hints, ranking::hints(&signals.intent, &self.table, row) + signals.tags.score(row)),
            popularity: part(Idea::Popularity, ranking::popularity(signals.bare, &self.table, row)),
        };
        let mut candidates: Vec<_> = rows.iter().map(judge).collect();
        ranking::sort(&mut candidates);
        if let Some(row) = signals.asked {
            ranking::put_first(&mut candidates, row);
        }
        Ok(candidates)
    }

    /// The nearest allowed rows with their cosines.
    pub fn nearest(&self, vector: &[f32], count: usize, allowed: &RowSet) -> Result<Vec<(Row, f32)>> {
        self.vectors.search(vector, count, allowed, allowed.len(), |id| self.table.row_of(id))
    }
}

/// The film that is asked for by its title, then the films that meet the conditions, then the others.
fn meeting_first(mut meeting: Vec<Candidate>, mut others: Vec<Candidate>, asked: Option<Row>) -> Vec<Candidate> {
    meeting.retain(|candidate| Some(candidate.row) != asked);
    let first: RowSet = RowSet::from_rows(meeting.iter().map(|candidate| candidate.row));
    others.retain(|candidate| !first.contains(candidate.row));
    let titled = usize::from(others.first().is_some_and(|candidate| Some(candidate.row) == asked));
    others.splice(titled..titled, meeting);
    others
}

fn explanation(mode: SearchMode, query: &LexicalQuery, ranked: &Ranked, film: &Film) -> Explanation {
    let matched_words = query.matched_words(film);
    let parts = match (&ranked.candidate, mode) {
        (Some(candidate), _) => candidate.parts(ranked.score),
        (None, SearchMode::Lexical) => vec![Part { part: PartName::Words, score: ranked.score }],
        (None, SearchMode::Hybrid) => vec![Part { part: PartName::Likeness, score: ranked.score }],
        (None, SearchMode::Semantic) => vec![Part { part: PartName::Meaning, score: ranked.score }],
    };
    let sentence = ranking::sentence(&parts, &matched_words);
    Explanation { sentence, parts, matched_words, ..Explanation::default() }
}

/// What model, catalogue and words say of a question; all that a film is judged by.
struct Signals {
    vector: Vec<f32>,
    without: Option<Idea>,
    bare: bool,
    words: LexicalScores,
    intent: Intent,
    boosts: ranking::Boosts,
    /// The film that the whole question names.
    asked: Option<Row>,
    tags: Tags,
}

impl Signals {
    fn read(snapshot: &Snapshot, understood: &Understanding, without: Option<Idea>) -> Result<Self> {
        let question = &understood.question;
        let cleaned = is_asking(question) && !snapshot.embedder.spec().is_trained_for_questions() && without != Some(Idea::Cleaning);
        let text = if cleaned { embedded_question(question) } else { plain_question(question) };
        let words = LexicalQuery::of(question);
        let words = if without == Some(Idea::Synonyms) { words } else { words.with_synonyms() };
        Ok(Self {
            vector: snapshot.embedder.embed_query(&text)?,
            without,
            bare: is_bare(question),
            words: snapshot.words.scores(&words)?,
            intent: intent(question),
            boosts: ranking::boosts(question, &snapshot.titles, &snapshot.table),
            asked: understood.asked,
            tags: Tags::read(&understood.tags, &snapshot.table),
        })
    }
}
