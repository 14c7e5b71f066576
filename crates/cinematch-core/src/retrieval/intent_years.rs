//! Years and decades in a question.

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
/// Words after which a number is a year of release.
const YEAR_LEADS: [&str; 11] = ["in", "from", "of", "year", "released", "made", "circa", "around", "about", "film", "movie"];
/// Years of films.
const FIRST: i32 = 1890;
const LAST: i32 = 2040;

/// First and last year of release that the words name, all of them taken together (`late 80s or early 90s` is 1985 to 1994). When the story
/// takes place (`set in 1945`) and how old people are (`in his 40s`) does not count.
pub fn years_of(words: &[&str]) -> Option<(i32, i32)> {
    let spans = (0..words.len()).filter_map(|at| span_at(words, at));
    spans.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

fn span_at(words: &[&str], at: usize) -> Option<(i32, i32)> {
    if is_of_the_story(&words[..at]) {
        return None;
    }
    let before = |steps: usize| at.checked_sub(steps).map_or("", |place| words[place]);
    if let Some(decade) = decade(words[at]) {
        return Some(match before(1) {
            "early" => (decade, decade + 4),
            "mid" => (decade + 3, decade + 6),
            "late" => (decade + 5, decade + 9),
            _ => (decade, decade + 9),
        });
    }
    let year = year(words[at])?;
    match before(1) {
        "before" => Some((FIRST, year - 1)),
        "after" | "since" => Some((year, LAST)),
        "around" | "circa" | "about" => Some((year - 2, year + 2)),
        "and" | "to" | "or" if year_or_decade(before(2)) => Some((year, year)),
        "between" => Some((year, year)),
        lead if YEAR_LEADS.contains(&lead) => Some((year, year)),
        _ => None,
    }
}

/// Whether the words before a year say that it belongs to the story or to somebody's age.
fn is_of_the_story(before: &[&str]) -> bool {
    let near = &before[before.len().saturating_sub(5)..];
    let nearest = &before[before.len().saturating_sub(2)..];
    nearest.iter().any(|word| matches!(*word, "his" | "her" | "their" | "my" | "your" | "our"))
        || near.iter().any(|word| matches!(*word, "set" | "sets" | "place" | "depicting" | "takes"))
}

fn year_or_decade(word: &str) -> bool {
    year(word).is_some() || decade(word).is_some()
}

fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (FIRST..=LAST).contains(year))
}

fn decade(word: &str) -> Option<i32> {
    if let Some((_, decade)) = DECADE_WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*decade);
    }
    let number = word.strip_suffix('s')?;
    let value: i32 = number.parse().ok().filter(|value| value % 10 == 0)?;
    match (number.len(), value) {
        (4, 1900..=2030) => Some(value),
        (2, 0 | 10) => Some(2000 + value),
        (2, 30..=90) => Some(1900 + value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::titles::normalize::normalize;

    fn years(text: &str) -> Option<(i32, i32)> {
        let text = normalize(text);
        years_of(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn years_and_decades_are_read() {
        for (text, expected) in [
            ("an '80s slasher", (1980, 1989)),
            ("comedies of the 1980s", (1980, 1989)),
            ("saw it in 1999", (1999, 1999)),
            ("early 2000s romance", (2000, 2004)),
            ("mid-90s", (1993, 1996)),
            ("from the forties", (1940, 1949)),
            ("late 80s or early 90s", (1985, 1994)),
            ("between 1990 and 1995", (1990, 1995)),
            ("before 1970", (FIRST, 1969)),
            ("around 1985", (1983, 1987)),
            ("the 00s", (2000, 2009)),
        ] {
            assert_eq!(years(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn settings_ages_and_titles_are_not_years_of_release() {
        for text in [
            "set in the 1920s",
            "set in Paris in 1945",
            "a man in his 40s",
            "blade runner 2049",
            "she is in her late thirties",
            "9000s",
            "12 monkeys",
        ] {
            assert_eq!(years(text), None, "{text}");
        }
    }
}
