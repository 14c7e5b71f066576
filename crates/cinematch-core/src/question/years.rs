//! Years and decades in a question.

/// First and last year of release, both included.
pub type Years = (i32, i32);

const DECADE_WORDS: [(&str, i32); 8] = [
    ("twenties", 1920),
    ("thirties", 1930),
    ("forties", 1940),
    ("fifties", 1950),
    ("sixties", 1960),
    ("seventies", 1970),
    ("eighties", 1980),
    ("nineties", 1990),
];
/// Years that are read as such; an earlier number is mostly the year of a story.
const YEARS: std::ops::RangeInclusive<i32> = 1910..=2039;
/// How far an open wish reaches: "before 1990", "before the 90s", "after 1990".
const YEARS_BEFORE: i32 = 12;
const YEARS_BEFORE_DECADE: i32 = 25;
const YEARS_AFTER: i32 = 8;
/// People remember a film as somewhat newer than it is: they saw it after it came out.
const YEARS_EARLIER: i32 = 2;
const YEARS_LATER: i32 = 1;
/// What looks old.
const BLACK_AND_WHITE: Years = (1925, 1966);
const SILENT: Years = (1895, 1932);

/// The intervals of release that the normalised words name, each by itself: a film near any of them fits. How old people are
/// (`in his 40s`) does not count.
pub fn years_of(words: &[&str]) -> Vec<Years> {
    let named = (0..words.len()).filter_map(|at| decade_at(words, at).or_else(|| year_at(words, at)));
    let looks = [(is_black_and_white(words), BLACK_AND_WHITE), (is_silent(words), SILENT)];
    named.chain(looks.into_iter().filter_map(|(is, years)| is.then_some(years))).collect()
}

fn decade_at(words: &[&str], at: usize) -> Option<Years> {
    let decade = decade(words[at], words.get(at + 1).copied())?;
    let before = without_the(&words[..at]);
    if is_age(before) {
        return None;
    }
    if let [.., "pre" | "before"] = before {
        return Some((decade - YEARS_BEFORE_DECADE, decade));
    }
    let (from, to) = match part_of_decade(before) {
        Some("early") => (0, 4),
        Some("mid" | "middle") => (3, 7),
        Some("late") => (6, 10),
        _ => (0, 9),
    };
    Some((decade + from, decade + to))
}

/// `early`, `mid to late`, `late part of the`: the first word tells.
fn part_of_decade<'w>(before: &[&'w str]) -> Option<&'w str> {
    let is_part = |word: &str| matches!(word, "early" | "mid" | "middle" | "late");
    let before = before.strip_suffix(&["of"]).unwrap_or(before);
    match *before {
        [.., first, "to", second] if is_part(first) && is_part(second) => Some(first),
        [.., part] if is_part(part) => Some(part),
        _ => None,
    }
}

fn year_at(words: &[&str], at: usize) -> Option<Years> {
    let year: i32 = words[at].parse().ok().filter(|year| words[at].len() == 4 && YEARS.contains(year))?;
    if matches!(words.get(at + 1), Some(&("years" | "dollars" | "people" | "s"))) {
        return None;
    }
    Some(match without_the(&words[..at]) {
        [.., "pre" | "before"] | [.., "prior", "to"] | [.., "later", "than"] => (year - YEARS_BEFORE, year),
        [.., "after" | "since" | "post"] => (year, year + YEARS_AFTER),
        _ => (year - YEARS_EARLIER, year + YEARS_LATER),
    })
}

/// `1980s`, `80s`, `90 s` (which was `90's`), `eighties`. Not `20s`, which is mostly an age.
pub(super) fn decade(word: &str, next: Option<&str>) -> Option<i32> {
    if let Some((_, decade)) = DECADE_WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*decade);
    }
    let number = word.strip_suffix('s').or_else(|| (next == Some("s")).then_some(word))?;
    let value: i32 = number.parse().ok().filter(|value| value % 10 == 0)?;
    match (number.len(), value) {
        (4, 1900..=2090) => Some(value),
        (2, 0) => Some(2000),
        (2, 30..=90) => Some(1900 + value),
        _ => None,
    }
}

fn without_the<'a, 'w>(before: &'a [&'w str]) -> &'a [&'w str] {
    before.strip_suffix(&["the"]).unwrap_or(before)
}

/// `in his 40s`, `in her late thirties`.
fn is_age(before: &[&str]) -> bool {
    let near = &before[before.len().saturating_sub(2)..];
    near.iter().any(|word| matches!(*word, "his" | "her" | "their" | "my" | "your" | "our"))
}

fn is_black_and_white(words: &[&str]) -> bool {
    let shade = |run: &[&str]| matches!(run, ["black", "and" | "n", "white"] | ["b", "and", "w"]);
    words.windows(3).any(shade) || words.windows(2).any(|run| run == ["b", "w"])
}

fn is_silent(words: &[&str]) -> bool {
    let film = |run: &[&str]| matches!(run, ["silent", "film" | "films" | "movie" | "movies"] | ["old", "silent"]);
    words.windows(2).any(film) || words.last() == Some(&"silent")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;

    fn years(text: &str) -> Vec<Years> {
        let text = normalize(text);
        years_of(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn years_and_decades_are_read() {
        for (text, expected) in [
            ("an '80s slasher", (1980, 1989)),
            ("a movie from the 90's", (1990, 1999)),
            ("comedies of the 1980s", (1980, 1989)),
            ("saw it in 1999", (1997, 2000)),
            ("early 2000s romance", (2000, 2004)),
            ("mid-90s", (1993, 1997)),
            ("mid to late 90s", (1993, 1997)),
            ("the late part of the 90s", (1990, 1999)),
            ("from the forties", (1940, 1949)),
            ("pre-1970", (1958, 1970)),
            ("before the 80s", (1955, 1980)),
            ("after 1985", (1985, 1993)),
            ("the 00s", (2000, 2009)),
            ("an old b&w film", BLACK_AND_WHITE),
            ("a ghost story in black and white", BLACK_AND_WHITE),
            ("silent movie with a train", SILENT),
        ] {
            assert_eq!(years(text), [expected], "{text}");
        }
    }

    #[test]
    fn several_intervals_stay_apart() {
        assert_eq!(years("late 70s or early 90s"), [(1976, 1980), (1990, 1994)]);
    }

    #[test]
    fn ages_and_amounts_are_not_years_of_release() {
        for text in [
            "a man in his 40s",
            "she is in her late thirties",
            "9000s",
            "12 monkeys",
            "2000 years ago",
            "in their 20s",
            "a silent man waits",
            "",
        ] {
            assert_eq!(years(text), [], "{text}");
        }
    }
}
