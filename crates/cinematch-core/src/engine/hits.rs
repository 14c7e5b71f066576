//! From ranked rows to an answer: variety, pages, details, facets.

use super::snapshot::Snapshot;
use crate::catalog::Catalog;
use crate::error::{EngineError, Result};
use crate::film::Film;
use crate::query::{Answer, Bounds, Explanation, Hit, Include, LIMITS, Page};
use crate::ranking::{Candidate, POOL, diversify, intra_list_distance};
use crate::selection::facets;
use crate::table::{Row, RowSet};

/// A film in its place.
pub struct Ranked {
    /// The film's row.
    pub row: Row,
    /// Its score.
    pub score: f32,
    /// What the score is made of, in the hybrid mode.
    pub candidate: Option<Candidate>,
}

/// What the caller wants of a ranking.
pub struct Shape {
    /// Which part of it.
    pub page: Page,
    /// How much variety, 0 to 1.
    pub diversity: f32,
    /// What to add.
    pub include: Include,
}

impl Ranked {
    /// A film whose score has one part.
    pub fn plain(row: Row, score: f32) -> Self {
        Self { row, score, candidate: None }
    }
}

/// How many films must be ranked for a page.
pub fn wanted(page: Page, diversity: f32) -> usize {
    let end = page.offset + page.limit;
    if diversity > 0.0 { end.max(POOL) } else { end }
}

/// Refuses what is no share.
pub fn check_diversity(diversity: f32) -> Result<()> {
    let Bounds { min, max } = LIMITS.diversity;
    if LIMITS.diversity.contains(diversity) {
        return Ok(());
    }
    Err(EngineError::invalid("diversity", format!("must be from {min} to {max}")))
}

/// The page of `ranked` that the caller wants, with what it asked for beside the hits.
pub fn answer(
    snapshot: &Snapshot,
    catalog: &Catalog,
    mut ranked: Vec<Ranked>,
    allowed: &RowSet,
    shape: &Shape,
    explain: impl Fn(&Ranked, &Film) -> Explanation,
) -> Result<Answer> {
    let vectors = snapshot.vectors.store();
    if shape.diversity > 0.0 {
        ranked = diversified(ranked, shape.diversity, snapshot);
    }
    let page: Vec<Ranked> = ranked.into_iter().skip(shape.page.offset).take(shape.page.limit).collect();
    let rows: Vec<Row> = page.iter().map(|ranked| ranked.row).collect();
    let ids: Vec<_> = rows.iter().map(|&row| snapshot.table.id(row)).collect();
    let Include { details, explanation, .. } = shape.include;
    let films = if details || explanation { catalog.films(&ids)? } else { vec![None; ids.len()] };
    let hit = |(ranked, film): (Ranked, Option<Film>)| Hit {
        id: snapshot.table.id(ranked.row),
        title: snapshot.table.title(ranked.row).to_owned(),
        score: ranked.score,
        explanation: film.as_ref().filter(|_| explanation).map(|film| explain(&ranked, film)),
        movie: film.filter(|_| details),
    };
    Ok(Answer {
        hits: page.into_iter().zip(films).map(hit).collect(),
        total: allowed.len(),
        facets: shape.include.facets.then(|| facets(&snapshot.table, allowed)),
        intra_list_distance: (shape.diversity > 0.0).then(|| intra_list_distance(&rows, vectors)).flatten(),
    })
}

fn diversified(ranked: Vec<Ranked>, diversity: f32, snapshot: &Snapshot) -> Vec<Ranked> {
    let mut order: Vec<(Row, f32)> = ranked.iter().map(|ranked| (ranked.row, ranked.score)).collect();
    diversify(&mut order, diversity, snapshot.vectors.store());
    let mut by_row: std::collections::HashMap<Row, Ranked> = ranked.into_iter().map(|ranked| (ranked.row, ranked)).collect();
    order.into_iter().filter_map(|(row, _)| by_row.remove(&row)).collect()
}
