//! Numbers as titles write them, from 0 to 20.

use std::sync::LazyLock;

use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/numbers.tsv");

/// English word and Roman numeral of each number; zero has no numeral.
static NUMBERS: LazyLock<Vec<[&str; 2]>> = LazyLock::new(|| tsv::rows(FILE).collect());

/// The number that an English word means.
pub(crate) fn number_of_word(word: &str) -> Option<usize> {
    NUMBERS.iter().position(|[known, _]| *known == word)
}

/// The number that a Roman numeral in lower case means.
pub(crate) fn number_of_roman(numeral: &str) -> Option<usize> {
    NUMBERS.iter().position(|[_, known]| *known == numeral)
}
