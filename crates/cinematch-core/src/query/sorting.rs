//! What films are listed by.

use serde::{Deserialize, Serialize};

/// The table of all sort keys, one line each: the key, and the column of the film table.
macro_rules! for_each_sort_key {
    ($then:ident) => {
        $then! {
            /// TMDB's popularity figure.
            #[default]
            Popularity: popularity,
            /// Mean vote.
            Rating: rating,
            /// Number of votes.
            Votes: votes,
            /// Year of release.
            Year: year,
            /// Title, without regard to case, accents and punctuation.
            Title: title_key,
            /// TMDB id.
            Id: id,
        }
    };
}
pub(crate) use for_each_sort_key;

macro_rules! declare_sort_keys {
    ($($(#[$attribute:meta])* $key:ident: $column:ident,)+) => {
        /// What films are listed by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum SortKey {
            $($(#[$attribute])* $key,)+
        }

        #[cfg(test)]
        impl SortKey {
            /// Every key.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$key),+];
        }
    };
}
for_each_sort_key!(declare_sort_keys);
