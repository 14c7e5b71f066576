//! Filters: exact sets of rows.

use crate::error::{EngineError, Result};
use crate::lexicon::{country_codes, genres_of_alias, language_codes};
use crate::query::{Filters, Range, TermFilter, for_each_filter};
use crate::table::{Field, FilmTable, Row, RowSet};
use crate::text::key_of;

macro_rules! compile_filters {
    (
        numbers { $($(#[$number_doc:meta])* $number:ident: $type:ident,)+ }
        terms { $($(#[$term_doc:meta])* $term:ident: $field:ident,)+ }
    ) => {
        /// The fields that films are filtered by.
        pub const FILTERED: &[Field] = &[$(Field::$field),+];

        /// The rows of the films that pass. `invalid_argument` where a range is empty, `unknown_value` where no film has a name that is asked for.
        pub fn compile(filters: &Filters, table: &FilmTable) -> Result<RowSet> {
            let mut rows = table.live().clone();
            $(keep_named(&mut rows, table, Field::$field, &filters.$term)?;)+
            $(keep_within(&mut rows, stringify!($number), filters.$number, |row| table.$number(row))?;)+
            filters.exclude.iter().filter_map(|&id| table.row_of(id)).for_each(|row| rows.remove(row));
            Ok(rows)
        }
    };
}
for_each_filter!(compile_filters);

fn keep_within<T: PartialOrd + Copy + std::fmt::Display>(
    rows: &mut RowSet,
    filter: &str,
    range: Range<T>,
    value: impl Fn(Row) -> Option<T>,
) -> Result<()> {
    match (range.min, range.max) {
        (None, None) => return Ok(()),
        (Some(min), Some(max)) if min > max => {
            return Err(EngineError::invalid(format!("filters.{filter}"), format!("min {min} is above max {max}; no film can pass")));
        }
        _ => {}
    }
    rows.retain(|row| value(row).is_some_and(|value| range.min.is_none_or(|min| value >= min) && range.max.is_none_or(|max| value <= max)));
    Ok(())
}

fn keep_named(rows: &mut RowSet, table: &FilmTable, field: Field, filter: &TermFilter) -> Result<()> {
    if !filter.any.is_empty() {
        rows.and(&having_any(table, field, &filter.any)?);
    }
    for name in &filter.all {
        rows.and(&having_any(table, field, std::slice::from_ref(name))?);
    }
    if !filter.none.is_empty() {
        rows.and_not(&having_any(table, field, &filter.none)?);
    }
    Ok(())
}

fn having_any(table: &FilmTable, field: Field, names: &[String]) -> Result<RowSet> {
    let mut rows = RowSet::new();
    for name in names {
        let called = rows_called(table, field, name).ok_or_else(|| EngineError::UnknownValue {
            field: format!("filters.{}", field.name()),
            value: name.clone(),
            known: table.dictionary(field).known(name),
        })?;
        rows.or(&called);
    }
    Ok(rows)
}

/// The rows of films that have what `name` means in a field: the name itself, the codes of a language or country given by its English name,
/// the genres that people call so. Rows that are no longer live may be among them. `None` where no film has it.
pub fn rows_called(table: &FilmTable, field: Field, name: &str) -> Option<RowSet> {
    let key = key_of(name);
    let codes = match field {
        Field::Languages => language_codes(&key),
        Field::Countries => country_codes(&key),
        _ => &[],
    };
    let dictionary = table.dictionary(field);
    let rows_of = |key: &str| dictionary.id_of(key).filter(|&term| dictionary.films(term) > 0).map(|term| dictionary.rows(term));
    let any_of = std::iter::once(key.as_str()).chain(codes.iter().copied()).filter_map(rows_of).reduce(|mut rows, more| {
        rows.or(&more);
        rows
    });
    if any_of.is_some() || field != Field::Genres {
        return any_of;
    }
    let all_of: Option<Vec<RowSet>> = genres_of_alias(&key).iter().copied().map(rows_of).collect();
    all_of?.into_iter().reduce(|mut rows, more| {
        rows.and(&more);
        rows
    })
}
