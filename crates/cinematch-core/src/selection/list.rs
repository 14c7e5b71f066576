//! Films in an order of their own, page by page.

use std::cmp::Ordering;

use crate::query::{Page, SortKey, for_each_sort_key};
use crate::table::{FilmTable, Row, RowSet};

macro_rules! list_by_sort_key {
    ($($(#[$attribute:meta])* $key:ident: $column:ident,)+) => {
        /// The films of one page in order, films without the value last, equals by rising id. `rows.len()` is the total.
        pub fn list(table: &FilmTable, rows: &RowSet, key: SortKey, descending: bool, page: Page) -> Vec<Row> {
            match key {
                $(SortKey::$key => list_by(table, rows, |row| table.$column(row), descending, page),)+
            }
        }
    };
}
for_each_sort_key!(list_by_sort_key);

fn list_by<T: Sortable>(table: &FilmTable, rows: &RowSet, value: impl Fn(Row) -> T, descending: bool, page: Page) -> Vec<Row> {
    let compare =
        |&left: &Row, &right: &Row| value(left).compare(&value(right), descending).then_with(|| table.id(left).cmp(&table.id(right)));
    let mut sorted: Vec<Row> = rows.iter().collect();
    let end = page.offset.saturating_add(page.limit);
    if end < sorted.len() {
        sorted.select_nth_unstable_by(end, compare);
        sorted.truncate(end);
    }
    sorted.sort_unstable_by(compare);
    sorted.split_off(page.offset.min(sorted.len()))
}

/// A value of a column, in the order of lists.
trait Sortable {
    fn compare(&self, other: &Self, descending: bool) -> Ordering;
}

macro_rules! sortable {
    ($($type:ty: $order:path,)+) => {
        $(impl Sortable for $type {
            fn compare(&self, other: &Self, descending: bool) -> Ordering {
                let order = $order(self, other);
                if descending { order.reverse() } else { order }
            }
        })+
    };
}
sortable! { i32: Ord::cmp, u32: Ord::cmp, f32: f32::total_cmp, &str: Ord::cmp, }

impl<T: Sortable> Sortable for Option<T> {
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        match (self, other) {
            (Some(left), Some(right)) => left.compare(right, descending),
            (left, right) => right.is_some().cmp(&left.is_some()),
        }
    }
}
