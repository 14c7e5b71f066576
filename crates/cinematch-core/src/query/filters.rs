//! What films must satisfy to be hits.

use serde::{Deserialize, Serialize};

use super::is_default;
use crate::film::{FilmId, given};

/// The table of all filters, one line each; everything about them is made of it. A number is called like its column of the film table and has
/// the column's type; a term filter is followed by the field of names that it looks at.
macro_rules! for_each_filter {
    ($then:ident) => {
        $then! {
            numbers {
                /// Year of release.
                year: i32,
                /// Mean vote, 0 to 10.
                rating: f32,
                /// Number of votes.
                votes: u32,
                /// Minutes.
                runtime: u32,
            }
            terms {
                /// Genres.
                genres: Genres,
                /// Original languages (ISO 639-1).
                languages: Languages,
                /// Production countries (ISO 3166-1 alpha-2).
                countries: Countries,
                /// Directors.
                directors: Directors,
                /// Actors.
                cast: Cast,
                /// Keywords.
                keywords: Keywords,
            }
        }
    };
}
pub(crate) use for_each_filter;

/// A closed interval; a missing bound is open. A film that lacks the value fails any bounded range.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "NumberRange", concrete(T = f64)))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct Range<T> {
    /// Smallest value that passes.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub min: Option<T>,
    /// Largest value that passes.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub max: Option<T>,
}

/// Conditions on a set of names; names compare without case, accents and punctuation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TermFilter {
    /// At least one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// All of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// None of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
}

macro_rules! declare_filters {
    (
        numbers { $($(#[$number_doc:meta])* $number:ident: $type:ident,)+ }
        terms { $($(#[$term_doc:meta])* $term:ident: $field:ident,)+ }
    ) => {
        /// What a film must satisfy to be a hit. The default lets every film pass.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(deny_unknown_fields)]
        pub struct Filters {
            $(
                $(#[$number_doc])*
                #[serde(default, skip_serializing_if = "is_default")]
                pub $number: Range<$type>,
            )+
            $(
                $(#[$term_doc])*
                #[serde(default, skip_serializing_if = "is_default")]
                pub $term: TermFilter,
            )+
            /// Films that are never hits, by TMDB id.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub exclude: Vec<FilmId>,
        }

        #[cfg(test)]
        impl Filters {
            /// The filters by numbers.
            pub(crate) const NUMBERS: &'static [&'static str] = &[$(stringify!($number)),+];
            /// The filters by names.
            pub(crate) const TERMS: &'static [&'static str] = &[$(stringify!($term)),+];
        }
    };
}
for_each_filter!(declare_filters);
