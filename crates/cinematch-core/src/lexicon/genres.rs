//! Genres as people call them.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/genres.tsv");

/// What the words for a genre mean.
pub(crate) struct Genre {
    /// TMDB's names, normalised.
    pub genres: Vec<&'static str>,
    /// Whether the words mean the genre wherever they stand; `war` does so only before a word for film.
    pub clear: bool,
    /// Whether the words are another name of the genre, which may stand for it in a filter: `sci fi` is one, `pixar` is not.
    alias: bool,
}

/// Genres that questions, tags and filters name.
pub(crate) static GENRES: LazyLock<Phrases<Genre>> = LazyLock::new(|| {
    let genre = |[words, genres, stands, alias]: [&'static str; 4]| {
        (words, Genre { genres: tsv::list(genres, ", ").collect(), clear: stands == "always", alias: alias == "alias" })
    };
    tsv::rows(FILE).map(genre).collect()
});

/// The genres that a normalised name means otherwise than TMDB calls them, all of them together (`romcom`); none for other names.
pub(crate) fn genres_of_alias(name: &str) -> &'static [&'static str] {
    GENRES.get(name).filter(|genre| genre.alias).map_or(&[], |genre| &genre.genres)
}

/// The genres, all of them together, that normalised words mean in a wish for a whole genre: its name or another name, in the singular or the
/// plural, or how people call such films (`scary`). `None` for words that mean a part of a genre (`slasher`) or something else.
pub(crate) fn wished_genres(words: &str) -> Option<&'static [&'static str]> {
    let named = |words: &str| {
        let genre = GENRES.get(words)?;
        let whole = genre.alias || genre.genres == [words] || matches!(words, "funny" | "scary");
        whole.then_some(genre.genres.as_slice())
    };
    let singular = || words.strip_suffix("ies").map(|stem| format!("{stem}y")).or_else(|| words.strip_suffix('s').map(str::to_owned));
    named(words).or_else(|| named(&singular()?))
}
