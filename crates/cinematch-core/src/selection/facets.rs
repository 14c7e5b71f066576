//! Counts over a set of films.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::query::Facets;
use crate::table::{Field, FilmTable, Row, RowSet};

/// Values shown of the fields that have very many.
const TOP: usize = 20;

/// How many of the films in `rows` have each genre, language, country, decade (`1980s`), director, actor, keyword (the 20 most frequent) and
/// rating (`7-8` is 7 up to but not including 8; 10 belongs to `9-10`). `rows` are live rows.
pub fn facets(table: &FilmTable, rows: &RowSet) -> Facets {
    let names = |field, limit| (field_name(field), count_names(table, rows, field, limit));
    let decade = |row: Row| table.year(row).map(|year| year.div_euclid(10));
    let rating = |row: Row| table.rating(row).map(|rating| (rating as i32).clamp(0, 9));
    Facets {
        fields: vec![
            names(Field::Genres, usize::MAX),
            names(Field::Languages, usize::MAX),
            names(Field::Countries, usize::MAX),
            ("decades".to_owned(), count_values(rows, decade, |decade| format!("{decade}0s"))),
            names(Field::Directors, TOP),
            names(Field::Cast, TOP),
            names(Field::Keywords, TOP),
            ("ratings".to_owned(), count_values(rows, rating, |low| format!("{low}-{}", low + 1))),
        ],
    }
}

fn field_name(field: Field) -> String {
    field.name().to_owned()
}

fn count_names(table: &FilmTable, rows: &RowSet, field: Field, limit: usize) -> Vec<(String, u32)> {
    let dictionary = table.dictionary(field);
    let mut counts = vec![0_u32; dictionary.len()];
    if rows.len() == table.len() {
        counts.iter_mut().zip(0..).for_each(|(count, term)| *count = dictionary.films(term));
    } else {
        rows.iter().flat_map(|row| table.terms(field, row)).for_each(|&term| counts[term as usize] += 1);
    }
    let least = least_of_top(&counts, limit);
    let mut ranked: Vec<_> =
        (0..).zip(&counts).filter(|&(_, &count)| count >= least).map(|(term, &count)| (dictionary.name(term), count)).collect();
    ranked.sort_unstable_by_key(|&(name, count)| (Reverse(count), name));
    ranked.truncate(limit);
    ranked.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

/// The smallest count above zero that can be among the `limit` largest.
fn least_of_top(counts: &[u32], limit: usize) -> u32 {
    let mut present: Vec<u32> = counts.iter().copied().filter(|&count| count > 0).collect();
    if present.len() <= limit { 1 } else { *present.select_nth_unstable_by_key(limit - 1, |&count| Reverse(count)).1 }
}

fn count_values(rows: &RowSet, value: impl Fn(Row) -> Option<i32>, label: impl Fn(i32) -> String) -> Vec<(String, u32)> {
    let mut counts = BTreeMap::<i32, u32>::new();
    rows.iter().filter_map(value).for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    counts.into_iter().map(|(value, count)| (label(value), count)).collect()
}
