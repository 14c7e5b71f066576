//! How alike two films are: what happens in them, who made them, what they are about.

use crate::table::{Field, FilmTable, LEADS, Row, TermId};
use crate::vectors::VectorStore;

/// Weights of the parts of a likeness; the cosine of the vectors has weight 1.
const KEYWORDS: f32 = 0.5;
const GENRES: f32 = 0.3;

/// The most that a likeness can be in this catalogue; `people` is the weight of shared people. What no film has cannot be shared.
pub fn full_similarity(table: &FilmTable, people: f32) -> f32 {
    let known = |fields: &[Field]| if fields.iter().any(|&field| !table.dictionary(field).is_empty()) { 1.0 } else { 0.0 };
    1.0 + KEYWORDS * known(&[Field::Keywords]) + people * known(&[Field::Directors, Field::Cast]) + GENRES * known(&[Field::Genres])
}

/// One film made ready to be compared with many.
pub struct Similarity<'a> {
    table: &'a FilmTable,
    vectors: &'a VectorStore,
    row: Row,
    keywords: Rare<'a>,
    people: Vec<(Field, Rare<'a>)>,
    people_weight: f32,
    genres: &'a [TermId],
}

/// What two films have in common, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// Directors and actors.
    pub people: Vec<String>,
    /// Keywords, the rarest first.
    pub keywords: Vec<String>,
    /// Genres.
    pub genres: Vec<String>,
}

/// Names of a film in a field, weighted by how rare they are: ln((1 + films) / films with the name).
struct Rare<'a> {
    terms: &'a [TermId],
    weights: Vec<f32>,
    norm: f32,
}

impl<'a> Similarity<'a> {
    /// Of the film in `row`; `people_weight` is what shared people count.
    pub fn to(row: Row, people_weight: f32, table: &'a FilmTable, vectors: &'a VectorStore) -> Self {
        let people = [Field::Directors, Field::Cast].map(|field| (field, Rare::new(table, field, row)));
        Self {
            keywords: Rare::new(table, Field::Keywords, row),
            people: people.into(),
            people_weight,
            genres: table.terms(Field::Genres, row),
            table,
            vectors,
            row,
        }
    }

    /// The film's row.
    pub fn row(&self) -> Row {
        self.row
    }

    /// How alike the film in `other` is, 0 to [`full_similarity`].
    pub fn of(&self, other: Row) -> f32 {
        let cosine = self.vectors.similarity(self.row, other).max(0.0);
        cosine
            + KEYWORDS * self.keywords.cosine(self.table, Field::Keywords, other)
            + self.people_weight * self.people(other)
            + GENRES * self.genres(other)
    }

    fn people(&self, other: Row) -> f32 {
        let (mut dot, mut own, mut others) = (0.0, 0.0, 0.0);
        for (field, rare) in &self.people {
            let (shared, norm) = rare.dot(self.table, *field, other);
            dot += shared;
            own += rare.norm * rare.norm;
            others += norm;
        }
        if dot > 0.0 { dot / (own * others).sqrt() } else { 0.0 }
    }

    fn genres(&self, other: Row) -> f32 {
        let others = self.table.terms(Field::Genres, other);
        let shared = self.genres.iter().filter(|genre| others.contains(genre)).count();
        if shared == 0 { 0.0 } else { shared as f32 / ((self.genres.len() * others.len()) as f32).sqrt() }
    }

    /// What the two films have in common.
    pub fn shared(&self, other: Row) -> Shared {
        let names = |field| -> Vec<String> {
            let others = self.table.terms(field, other);
            let mut terms: Vec<_> = self.table.terms(field, self.row).iter().filter(|term| others.contains(term)).copied().collect();
            terms.sort_by_key(|&term| self.table.dictionary(field).films(term));
            terms.into_iter().map(|term| self.table.dictionary(field).name(term).to_owned()).collect()
        };
        let mut people = names(Field::Directors);
        people.extend(names(Field::Cast).into_iter().filter(|name| !people.contains(name)).collect::<Vec<_>>());
        Shared { people, keywords: names(Field::Keywords), genres: names(Field::Genres) }
    }
}

impl<'a> Rare<'a> {
    fn new(table: &'a FilmTable, field: Field, row: Row) -> Self {
        let terms = counted(table, field, row);
        let weights: Vec<f32> = terms.iter().map(|&term| rarity(table, field, term)).collect();
        let norm = weights.iter().map(|w| w * w).sum::<f32>().sqrt();
        Self { terms, weights, norm }
    }

    /// Product with the names of another film, and the square of that film's norm.
    fn dot(&self, table: &FilmTable, field: Field, other: Row) -> (f32, f32) {
        let (mut dot, mut square) = (0.0, 0.0);
        for &term in counted(table, field, other) {
            let own = self.terms.iter().position(|&mine| mine == term);
            let weight = own.map_or_else(|| rarity(table, field, term), |at| self.weights[at]);
            square += weight * weight;
            if own.is_some() {
                dot += weight * weight;
            }
        }
        (dot, square)
    }

    fn cosine(&self, table: &FilmTable, field: Field, other: Row) -> f32 {
        if self.terms.is_empty() {
            return 0.0;
        }
        let (dot, square) = self.dot(table, field, other);
        if dot > 0.0 { dot / (self.norm * square.sqrt()) } else { 0.0 }
    }
}

fn counted(table: &FilmTable, field: Field, row: Row) -> &[TermId] {
    let terms = table.terms(field, row);
    if field == Field::Cast { &terms[..terms.len().min(LEADS)] } else { terms }
}

fn rarity(table: &FilmTable, field: Field, term: TermId) -> f32 {
    let films = table.dictionary(field).films(term).max(1);
    ((1 + table.len()) as f32 / films as f32).ln()
}
