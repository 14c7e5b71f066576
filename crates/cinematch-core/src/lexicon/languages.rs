//! English names of languages and their codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/languages.tsv");

static LANGUAGES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let named = |[codes, names]: [&'static str; 2]| {
        let codes: Vec<&str> = tsv::list(codes, " ").collect();
        tsv::list(names, ", ").map(move |name| (name, codes.clone()))
    };
    tsv::rows(FILE).flat_map(named).collect()
});

/// The codes of a language by its normalised English name; empty where it is not known.
pub(crate) fn language_codes(name: &str) -> &'static [&'static str] {
    LANGUAGES.get(name).map_or(&[], Vec::as_slice)
}
