//! Counts over a set of films.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::filter::FILTERED;
use crate::query::{Facet, FacetValue};
use crate::table::{Field, FilmTable, Row, RowSet};

/// Values shown of the fields that have very many.
const TOP: usize = 20;

/// How many of the films in `rows` have each value of the fields that films are filtered by (of those with very many the 20 most frequent),
/// each decade (`1980s`) and each rating (`7-8` is 7 up to but not including 8; 10 belongs to `9-10`). `rows` are live rows.
pub fn facets(table: &FilmTable, rows: &RowSet) -> Vec<Facet> {
    let decade = |row: Row| table.year(row).map(|year| year.div_euclid(10));
    let rating = |row: Row| table.rating(row).map(|rating| (rating as i32).clamp(0, 9));
    let names = |of_many| {
        let limit = if of_many { TOP } else { usize::MAX };
        let fields = FILTERED.iter().filter(move |field| field.has_many_values() == of_many);
        fields.map(move |&field| Facet { field: field.name().to_owned(), values: count_names(table, rows, field, limit) })
    };
    let counted = |field: &str, values| std::iter::once(Facet { field: field.to_owned(), values });
    names(false)
        .chain(counted("decades", count_values(rows, decade, |decade| format!("{decade}0s"))))
        .chain(names(true))
        .chain(counted("ratings", count_values(rows, rating, |low| format!("{low}-{}", low + 1))))
        .collect()
}

fn count_names(table: &FilmTable, rows: &RowSet, field: Field, limit: usize) -> Vec<FacetValue> {
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
    ranked.into_iter().map(|(name, count)| FacetValue { value: name.to_owned(), count }).collect()
}

/// The smallest count above zero that can be among the `limit` largest.
fn least_of_top(counts: &[u32], limit: usize) -> u32 {
    let mut present: Vec<u32> = counts.iter().copied().filter(|&count| count > 0).collect();
    if present.len() <= limit { 1 } else { *present.select_nth_unstable_by_key(limit - 1, |&count| Reverse(count)).1 }
}

fn count_values(rows: &RowSet, value: impl Fn(Row) -> Option<i32>, label: impl Fn(i32) -> String) -> Vec<FacetValue> {
    let mut counts = BTreeMap::<i32, u32>::new();
    rows.iter().filter_map(value).for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    counts.into_iter().map(|(value, count)| FacetValue { value: label(value), count }).collect()
}
