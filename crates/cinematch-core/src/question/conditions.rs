//! A question that is nothing but a condition: `movies from 1994`, `top rated comedies`, `films under 90 minutes`.

use super::Question;
use super::years::{Years, decade};
use crate::lexicon::{ORIGINS, Role, language_codes, plays, wished_genres};
use crate::query::Range;

/// Which of the films that meet the conditions come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merit {
    /// The known and liked.
    #[default]
    Both,
    /// The best known.
    Known,
    /// The best liked.
    Liked,
}

/// What films must be, and nothing of what happens in them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conditions {
    /// Years of release.
    pub years: Option<Years>,
    /// Minutes.
    pub runtime: Range<u32>,
    /// Genres, normalised; each of them.
    pub genres: Vec<&'static str>,
    /// Original languages; any of them, or of the countries.
    pub languages: Vec<&'static str>,
    /// Production countries, lower case.
    pub countries: Vec<&'static str>,
    /// Which come first.
    pub merit: Merit,
}

/// Years that films are from.
const YEARS: std::ops::RangeInclusive<i32> = 1870..=2100;
/// Words that add nothing to a condition.
const FILLERS: [&str; 38] = [
    "a",
    "all",
    "and",
    "any",
    "are",
    "by",
    "ever",
    "find",
    "for",
    "from",
    "give",
    "i",
    "in",
    "list",
    "made",
    "me",
    "my",
    "of",
    "or",
    "out",
    "please",
    "recommend",
    "released",
    "s",
    "short",
    "show",
    "some",
    "that",
    "the",
    "time",
    "to",
    "want",
    "watch",
    "were",
    "which",
    "with",
    "year",
    "came",
];
const LIKED: [&str; 10] = ["best", "rated", "greatest", "great", "good", "highest", "acclaimed", "finest", "favorite", "favourite"];
const KNOWN: [&str; 5] = ["popular", "famous", "known", "biggest", "watched"];
/// Words that go with those: `top rated`, `most popular`, `well known`.
const DEGREES: [&str; 4] = ["top", "most", "well", "highly"];
/// How far `90 minute movies` may be off.
const AROUND: u32 = 10;
const SMALL_NUMBERS: [&str; 5] = ["zero", "one", "two", "three", "four"];

/// The conditions of a question that says nothing else; `None` where a word is left that they do not explain.
pub fn conditions(question: &Question) -> Option<Conditions> {
    let words = question.words();
    let mut reader = Reader::default();
    let mut at = 0;
    while at < words.len() {
        at += reader.step(&words, at)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    found: Conditions,
    films: bool,
    ranked: bool,
    dated: bool,
}

impl Reader {
    /// Number of words that the condition at a place takes; `None` where there is none.
    fn step(&mut self, words: &[&str], at: usize) -> Option<usize> {
        let word = words[at];
        self.runtime(words, at).or_else(|| self.years(words, at)).or_else(|| self.kind(words, at)).or_else(|| self.rank(word)).or_else(
            || {
                let films = plays(word, Role::Film);
                self.films |= films;
                (films || FILLERS.contains(&word)).then_some(1)
            },
        )
    }

    /// `under 90 minutes`, `longer than 3 hours`, `90 minute`.
    fn runtime(&mut self, words: &[&str], at: usize) -> Option<usize> {
        let (bound, count) = bound_at(words, at);
        let number = words.get(at + count)?;
        let number = number.parse().ok().or_else(|| SMALL_NUMBERS.iter().position(|known| known == number).map(|number| number as u32))?;
        let minutes = match *words.get(at + count + 1)? {
            "minute" | "minutes" | "min" | "mins" => number,
            "hour" | "hours" => 60 * number,
            _ => return None,
        };
        let range = &mut self.found.runtime;
        match bound {
            Some(Bound::Most) => range.max = Some(minutes),
            Some(Bound::Least) => range.min = Some(minutes),
            None => *range = Range { min: Some(minutes.saturating_sub(AROUND)), max: Some(minutes + AROUND) },
        }
        Some(count + 2 + usize::from(words.get(at + count + 2) == Some(&"long")))
    }

    /// `1994`, `the 80s`, `between 1975 and 1979`, `before 1940`, `after 2020`.
    fn years(&mut self, words: &[&str], at: usize) -> Option<usize> {
        let (years, count) = match words[at..] {
            ["between" | "from", first, "and" | "to" | "until" | "till", last, ..] => ((year(first)?, year(last)?), 4),
            ["before" | "pre" | "until", "the", word, ..] => ((*YEARS.start(), interval(word, None)?.0 - 1), 3),
            ["before" | "pre", word, ..] => ((*YEARS.start(), interval(word, None)?.0 - 1), 2),
            ["after", "the", word, ..] => ((interval(word, None)?.1 + 1, *YEARS.end()), 3),
            ["after" | "post", word, ..] => ((interval(word, None)?.1 + 1, *YEARS.end()), 2),
            ["since", word, ..] => ((interval(word, None)?.0, *YEARS.end()), 2),
            ["early", word, ..] => (decade(word, None).map(|first| (first, first + 4))?, 2),
            ["late", word, ..] => (decade(word, None).map(|first| (first + 6, first + 9))?, 2),
            [word, ref rest @ ..] => (interval(word, rest.first().copied())?, 1),
            [] => return None,
        };
        self.dated = true;
        self.found.years = Some(self.found.years.map_or(years, |(from, to)| (from.min(years.0), to.max(years.1))));
        Some(count)
    }

    /// A genre, an origin, a language.
    fn kind(&mut self, words: &[&str], at: usize) -> Option<usize> {
        let run = |count: usize| words.get(at..at + count).map(|run| run.join(" "));
        for count in [2, 1] {
            if let Some(genres) = run(count).and_then(|run| wished_genres(&run)) {
                self.found.genres.extend(genres);
                return Some(count);
            }
        }
        if let Some((count, origin)) = ORIGINS.longest_at(words, at) {
            self.found.languages.extend(&origin.languages);
            self.found.countries.extend(&origin.countries);
            self.found.genres.extend(&origin.genres);
            return Some(count);
        }
        let codes = language_codes(words[at]);
        let named = !codes.is_empty() && (words[..at].last() == Some(&"in") || words.get(at + 1) == Some(&"language"));
        self.found.languages.extend(named.then_some(codes).into_iter().flatten());
        named.then_some(1)
    }

    fn rank(&mut self, word: &str) -> Option<usize> {
        if LIKED.contains(&word) {
            self.found.merit = Merit::Liked;
        } else if KNOWN.contains(&word) {
            self.found.merit = Merit::Known;
        } else if word == "top" {
            self.found.merit = if self.ranked { self.found.merit } else { Merit::Liked };
        } else if !DEGREES.contains(&word) {
            return None;
        }
        self.ranked = true;
        Some(1)
    }

    /// A word for film or a genre must be there: `1994`, `french` and `good` may mean anything.
    fn finish(self) -> Option<Conditions> {
        (self.films || !self.found.genres.is_empty()).then_some(self.found)
    }
}

enum Bound {
    Most,
    Least,
}

fn bound_at(words: &[&str], at: usize) -> (Option<Bound>, usize) {
    match words[at..] {
        ["no", "longer" | "more", "than", ..] => (Some(Bound::Most), 3),
        ["less" | "shorter", "than", ..] | ["at", "most", ..] | ["up", "to", ..] => (Some(Bound::Most), 2),
        ["under" | "below", ..] => (Some(Bound::Most), 1),
        ["more" | "longer", "than", ..] | ["at", "least", ..] => (Some(Bound::Least), 2),
        ["over" | "above", ..] => (Some(Bound::Least), 1),
        _ => (None, 0),
    }
}

/// The years of a year or a decade.
fn interval(word: &str, next: Option<&str>) -> Option<Years> {
    decade(word, next).map(|first| (first, first + 9)).or_else(|| year(word).map(|year| (year, year)))
}

fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && YEARS.contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Conditions> {
        conditions(&Question::read(text))
    }

    #[test]
    fn years_alone_are_a_condition() {
        for (text, years) in [
            ("movies from 1994", (1994, 1994)),
            ("2007 movies", (2007, 2007)),
            ("films released between 1975 and 1979", (1975, 1979)),
            ("1920s films", (1920, 1929)),
            ("movies of the nineties", (1990, 1999)),
            ("80's movies", (1980, 1989)),
            ("movies before 1940", (1870, 1939)),
            ("films after 2020", (2021, 2100)),
            ("films since 2020", (2020, 2100)),
        ] {
            assert_eq!(read(text).and_then(|found| found.years), Some(years), "{text}");
        }
    }

    #[test]
    fn runtimes_alone_are_a_condition() {
        for (text, min, max) in [
            ("movies under 90 minutes", None, Some(90)),
            ("movies longer than three hours", Some(180), None),
            ("films of at least 150 min", Some(150), None),
            ("90 minute movies", Some(80), Some(100)),
        ] {
            assert_eq!(read(text).map(|found| found.runtime), Some(Range { min, max }), "{text}");
        }
    }

    #[test]
    fn kinds_and_merits_are_conditions() {
        let found = read("best japanese horror movies of the 1990s").expect("a condition");
        assert_eq!(
            (found.years, found.genres, found.languages, found.merit),
            (Some((1990, 1999)), vec!["horror"], vec!["ja"], Merit::Liked)
        );
        assert_eq!(
            read("most popular sci-fi films").map(|found| (found.genres, found.merit)),
            Some((vec!["science fiction"], Merit::Known))
        );
        assert_eq!(read("comedies").map(|found| found.genres), Some(vec!["comedy"]));
        assert_eq!(read("movies in french").map(|found| found.languages), Some(vec!["fr"]));
        assert_eq!(read("top rated movies").map(|found| found.merit), Some(Merit::Liked));
    }

    #[test]
    fn what_tells_of_a_film_is_no_condition() {
        for text in
            ["heist", "heist movies", "1994", "french", "a war film about a nurse", "90s movie with a shark", "good", "", "the time"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
