//! Words by which a question wishes for films of an origin.

use std::sync::LazyLock;

use super::languages::language_codes;
use super::nations::{Nation, nations};
use super::phrases::Phrases;
use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/origins.tsv");

/// What a word of origin means.
pub(crate) struct Origin {
    /// Codes of the languages of its films.
    pub languages: Vec<&'static str>,
    /// Codes of the countries of its films.
    pub countries: Vec<&'static str>,
    /// Genres that the word means as well.
    pub genres: Vec<&'static str>,
    /// Whether the word means films wherever it stands (`bollywood`).
    pub always: bool,
}

/// Origins that questions name: nations, and what is none.
pub(crate) static ORIGINS: LazyLock<Phrases<Origin>> = LazyLock::new(|| {
    let others = tsv::rows(FILE).map(|[words, languages, countries, genres, stands]| {
        let origin = Origin {
            languages: codes(tsv::list(languages, ", ")),
            countries: tsv::list(countries, " ").collect(),
            genres: tsv::list(genres, ", ").collect(),
            always: stands == "always",
        };
        (words, origin)
    });
    nations().flat_map(wishes).chain(others).collect()
});

fn wishes(nation: Nation) -> impl Iterator<Item = (&'static str, Origin)> {
    let Nation { countries, names, languages, near } = nation;
    names.into_iter().filter(|(_, wished)| *wished).map(move |(name, _)| {
        let origin = Origin {
            languages: codes(languages.iter().copied()),
            countries: countries.iter().chain(&near).copied().collect(),
            genres: Vec::new(),
            always: false,
        };
        (name, origin)
    })
}

fn codes(languages: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    languages.flat_map(language_codes).copied().collect()
}
