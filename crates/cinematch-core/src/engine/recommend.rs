//! Questions by example.

use super::Engine;
use super::hits::{self, Ranked};
use super::read::check_page;
use super::snapshot::Snapshot;
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};
use crate::query::{Answer, Explanation, LIMITS, Part, RecommendRequest};
use crate::recommend::{Shared, Suggested, Taste, taste_sentence};
use crate::selection::filter;
use crate::table::{Field, LEADS, Row, RowSet};
use crate::titles::series_of;

/// Up to so many films that pass the filters are all judged; of more, only those that something speaks for.
const JUDGE_ALL: usize = 2_000;
/// Nearest films of each example that are judged.
const NEAREST: usize = 300;
/// Best-known films that are judged whatever the examples.
const POPULAR: usize = 500;

impl Engine {
    /// Films for someone who likes and dislikes others; one liked film asks for films similar to it. The films named never come back.
    pub fn recommend(&self, request: &RecommendRequest) -> Result<Answer> {
        self.check_open()?;
        check(request)?;
        let snapshot = self.snapshot();
        snapshot.check_filled()?;
        let liked = snapshot.examples(&request.liked)?;
        let disliked = snapshot.examples(&request.disliked)?;
        let mut allowed = filter::compile(&request.filters, &snapshot.table)?;
        liked.iter().chain(&disliked).for_each(|&row| allowed.remove(row));
        snapshot.remove_series(&liked, request.same_collection, &mut allowed);
        let taste = Taste::new(&liked, &disliked, &snapshot.table, snapshot.vectors.store());
        let wanted = hits::wanted(request.page(), request.diversity);
        let ranked = snapshot.ranked_by(&taste, &liked, &disliked, &allowed, wanted)?;
        let shape = hits::Shape { page: request.page(), diversity: request.diversity, include: request.include };
        let explain = |ranked: &Ranked, _: &Film| snapshot.explain_taste(&taste, &taste.judge(ranked.row));
        hits::answer(&snapshot, self.catalog(), ranked, &allowed, &shape, explain)
    }
}

/// The films in the order of the taste.
fn judged(taste: &Taste<'_>, rows: impl Iterator<Item = Row>) -> Vec<Ranked> {
    let mut judged: Vec<_> = rows.map(|row| Ranked::plain(row, taste.judge(row).score)).collect();
    judged.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    judged
}

fn check(request: &RecommendRequest) -> Result<()> {
    check_page(request.page())?;
    hits::check_diversity(request.diversity)?;
    if request.liked.len() + request.disliked.len() == 0 {
        return Err(EngineError::invalid("liked", "name at least one film, liked or disliked"));
    }
    for (field, films) in [("liked", &request.liked), ("disliked", &request.disliked)] {
        if films.len() > LIMITS.examples {
            return Err(EngineError::invalid(field, format!("at most {} films", LIMITS.examples)));
        }
    }
    Ok(())
}

impl Snapshot {
    fn examples(&self, ids: &[FilmId]) -> Result<Vec<Row>> {
        let mut rows = Vec::with_capacity(ids.len());
        for &id in ids {
            let row = self.table.row_of(id).ok_or(EngineError::FilmNotFound(id))?;
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// A film's own series does not fill the list of films similar to it. Where the catalogue names no collection, a series is guessed from
    /// titles and people; by default for a single film only, for a person's next film is often a sequel of one that they liked.
    pub(super) fn remove_series(&self, liked: &[Row], same_collection: Option<bool>, allowed: &mut RowSet) {
        if same_collection == Some(true) {
            return;
        }
        let guess = liked.len() == 1 || same_collection == Some(false);
        for &row in liked {
            let members: Vec<Row> = match self.table.collection(row) {
                Some(collection) => self.table.dictionary(Field::Collections).rows(collection).iter().collect(),
                None if guess => series_of(row, &self.table),
                None => Vec::new(),
            };
            for row in members {
                allowed.remove(row);
            }
        }
    }

    /// Films in the order of the taste, at least `wanted` of them where so many are allowed.
    pub(super) fn ranked_by(
        &self,
        taste: &Taste<'_>,
        liked: &[Row],
        disliked: &[Row],
        allowed: &RowSet,
        wanted: usize,
    ) -> Result<Vec<Ranked>> {
        if allowed.len() <= JUDGE_ALL {
            return Ok(judged(taste, allowed.iter()));
        }
        let mut ranked = judged(taste, self.taste_candidates(liked, disliked, allowed)?.into_iter());
        if let (true, Some(&example)) = (wanted > ranked.len(), liked.first()) {
            // The order of the first candidates must not depend on how far a caller pages: the others follow them.
            let first: RowSet = RowSet::from_rows(ranked.iter().map(|film| film.row));
            let vector = self.vectors.store().vector(example);
            let deeper = self.nearest(&vector, LIMITS.reach, allowed)?.into_iter().map(|(row, _)| row);
            let mut ceiling = ranked.last().map_or(1.0, |last| last.score);
            ranked.extend(judged(taste, deeper.filter(|&row| !first.contains(row))).into_iter().map(|film| {
                ceiling = ceiling.min(film.score);
                Ranked { score: ceiling, ..film }
            }));
        }
        Ok(ranked)
    }

    /// Films near to an example, films that share its people, and the best-known ones.
    fn taste_candidates(&self, liked: &[Row], disliked: &[Row], allowed: &RowSet) -> Result<Vec<Row>> {
        let mut rows: Vec<Row> = self.popular().iter().copied().filter(|&row| allowed.contains(row)).take(POPULAR).collect();
        for &row in liked {
            let vector = self.vectors.store().vector(row);
            rows.extend(self.nearest(&vector, NEAREST, allowed)?.into_iter().map(|(row, _)| row));
            for field in [Field::Directors, Field::Cast] {
                for &person in self.table.terms(field, row).iter().take(LEADS) {
                    let theirs = self.table.dictionary(field).rows(person);
                    rows.extend(theirs.iter().filter(|&row| allowed.contains(row)));
                }
            }
        }
        if liked.is_empty() && rows.len() < JUDGE_ALL {
            rows.extend(allowed.iter().take(JUDGE_ALL + disliked.len()));
        }
        rows.sort_unstable();
        rows.dedup();
        Ok(rows)
    }

    fn explain_taste(&self, taste: &Taste<'_>, suggested: &Suggested) -> Explanation {
        let mut parts: Vec<Part> = suggested.parts.named().into_iter().filter(|part| part.score != 0.0).collect();
        for part in &mut parts {
            part.score = taste.share(part.score);
        }
        parts.sort_by(|a, b| b.score.total_cmp(&a.score));
        let (because_of, common) = taste.shared(suggested).map_or((None, Shared::default()), |(id, common)| (Some(id), common));
        let liked_title = because_of.and_then(|id| self.table.row_of(id)).map(|row| self.table.title(row));
        Explanation {
            sentence: taste_sentence(liked_title, &common),
            parts,
            because_of,
            matched_words: Vec::new(),
            shared_people: common.people,
            shared_keywords: common.keywords,
            shared_genres: common.genres,
        }
    }
}
