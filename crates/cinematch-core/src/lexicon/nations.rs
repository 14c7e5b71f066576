//! Nations: their English names, their adjectives and their codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/nations.tsv");

/// A row of the file.
pub(super) struct Nation {
    /// Codes of the country.
    pub countries: Vec<&'static str>,
    /// Normalised names and adjectives, and whether a question wishes for films of the nation by them.
    pub names: Vec<(&'static str, bool)>,
    /// Names of the languages of its films.
    pub languages: Vec<&'static str>,
    /// Codes of countries whose films a wish means as well.
    pub near: Vec<&'static str>,
}

pub(super) fn nations() -> impl Iterator<Item = Nation> {
    tsv::rows(FILE).map(|[countries, names, languages, near]| Nation {
        countries: tsv::list(countries, " ").collect(),
        names: tsv::list(names, ", ").map(|name| name.strip_suffix('*').map_or((name, false), |name| (name, true))).collect(),
        languages: tsv::list(languages, ", ").collect(),
        near: tsv::list(near, " ").collect(),
    })
}

static COUNTRIES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let named = |nation: Nation| nation.names.into_iter().map(move |(name, _)| (name, nation.countries.clone()));
    nations().flat_map(named).collect()
});

/// The codes of a country by its normalised English name or adjective; empty where it is not known.
pub(crate) fn country_codes(name: &str) -> &'static [&'static str] {
    COUNTRIES.get(name).map_or(&[], Vec::as_slice)
}
