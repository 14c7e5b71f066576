//! Films in an order of their own, page by page.

use std::cmp::Ordering;

use crate::query::Page;
use crate::table::{FilmTable, Row, RowSet};

/// What films are listed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// TMDB's popularity figure.
    #[default]
    Popularity,
    /// Mean vote.
    Rating,
    /// Number of votes.
    Votes,
    /// Year of release.
    Year,
    /// Title, without regard to case, accents and punctuation.
    Title,
    /// TMDB id.
    Id,
}

/// The films of one page in order, films without the value last, equals by rising id. `rows.len()` is the total.
pub fn list(table: &FilmTable, rows: &RowSet, key: SortKey, descending: bool, page: &Page) -> Vec<Row> {
    let directed = |order: Ordering| if descending { order.reverse() } else { order };
    let compare = |&left: &Row, &right: &Row| {
        let order = match key {
            SortKey::Popularity => present_first(table.popularity(left), table.popularity(right), |l, r| directed(l.total_cmp(r))),
            SortKey::Rating => present_first(table.rating(left), table.rating(right), |l, r| directed(l.total_cmp(r))),
            SortKey::Votes => present_first(table.votes(left), table.votes(right), |l, r| directed(l.cmp(r))),
            SortKey::Year => present_first(table.year(left), table.year(right), |l, r| directed(l.cmp(r))),
            SortKey::Title => directed(table.title_key(left).cmp(table.title_key(right))),
            SortKey::Id => directed(table.id(left).cmp(&table.id(right))),
        };
        order.then_with(|| table.id(left).cmp(&table.id(right)))
    };
    let mut sorted: Vec<Row> = rows.iter().collect();
    let end = page.offset.saturating_add(page.limit);
    if end < sorted.len() {
        sorted.select_nth_unstable_by(end, compare);
        sorted.truncate(end);
    }
    sorted.sort_unstable_by(compare);
    sorted.split_off(page.offset.min(sorted.len()))
}

fn present_first<T>(left: Option<T>, right: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => compare(&left, &right),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}
