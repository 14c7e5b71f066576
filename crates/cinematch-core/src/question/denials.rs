//! What a question does not want: `not a comedy`, `without Tom Cruise`, `non-horror`, `-zombies`.

use std::ops::Range;

use super::Question;
use super::tokens::{Token, tokens};
use crate::lexicon::{Role, is_stop_word, plays, wished_genres};

/// Longer questions tell of a film ("it was not a horror film"); in them nothing is excluded.
const LONGEST: usize = 14;
/// Words of the longest thing that is denied.
const LONGEST_OBJECT: usize = 4;
const CUES: [&[&str]; 12] = [
    &["anything", "but"],
    &["other", "than"],
    &["without"],
    &["except"],
    &["excluding"],
    &["nothing"],
    &["no"],
    &["not"],
    &["isnt"],
    &["arent"],
    &["non"],
    &["minus"],
];
/// After `no` and `not` these make another sense: `no one`, `not only`.
const OTHER_SENSES: [&str; 10] = ["one", "longer", "more", "matter", "only", "just", "sure", "even", "yet", "much"];
/// What may stand between the cue and what is denied.
const FILLERS: [&str; 22] = [
    "a",
    "an",
    "the",
    "any",
    "in",
    "with",
    "by",
    "about",
    "of",
    "for",
    "from",
    "starring",
    "featuring",
    "directed",
    "made",
    "really",
    "too",
    "very",
    "another",
    "so",
    "all",
    "have",
];
/// What joins a denial to what stands before it: `that is not`, `but with no`.
const JOINTS: [&str; 15] = ["that", "which", "is", "was", "are", "but", "and", "with", "in", "its", "it", "one", "does", "do", "thats"];

/// Something that the question does not want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The words that follow, normalised; how many of them are meant only the catalogue knows.
    pub words: Vec<String>,
    /// Whether it is clearly a wish about films: it follows a word for film or a genre, or starts a clause.
    pub clear: bool,
    /// Whether nothing stands behind the words.
    pub last: bool,
    /// Whether "in" stands before them (`not in french`).
    pub after_in: bool,
    /// Bytes of the text from the cue to the end of each of the words.
    ends: Vec<usize>,
    start: usize,
}

impl Denial {
    /// The bytes of the text that the denial takes, where the first `count` of its words are what is denied.
    pub fn span(&self, count: usize) -> Range<usize> {
        self.start..count.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(self.start)
    }
}

/// What a question does not want.
pub fn denials(question: &Question) -> Vec<Denial> {
    let tokens = tokens(question.text());
    if tokens.len() > LONGEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(cue) = cue_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let mut first = at + cue;
        while tokens.get(first).is_some_and(|token| FILLERS.contains(&token.word.as_str()) && first + 1 < tokens.len()) {
            first += 1;
        }
        let object = object_at(&tokens, first);
        if !object.is_empty() {
            let joint = joint_before(&tokens, at);
            found.push(Denial {
                words: object.iter().map(|token| token.word.clone()).collect(),
                clear: tokens[at].minus || tokens[at].word == "non" || is_clear(&tokens, joint, at),
                after_in: first > at && tokens[first - 1].word == "in",
                last: first + object.len() == tokens.len(),
                ends: object.iter().map(|token| token.end).collect(),
                start: tokens[joint].start - usize::from(tokens[joint].minus),
            });
        }
        at = first.max(at + 1);
    }
    found
}

/// The question's text without some spans of it, and without the words for film that stand behind them.
pub fn without(question: &Question, spans: &[Range<usize>]) -> String {
    let tail = |word: &str| plays(word, Role::Film) || matches!(word, "please" | "in" | "it");
    let mut rest = String::with_capacity(question.text().len());
    let mut from = 0;
    for span in spans.iter().filter(|span| span.end > span.start) {
        rest.push_str(question.text().get(from..span.start.max(from)).unwrap_or(""));
        rest.push(' ');
        from = span.end.max(from);
        for token in tokens(&question.text()[from..]) {
            if !tail(&token.word) {
                break;
            }
            from = span.end + token.end;
        }
    }
    rest.push_str(question.text().get(from..).unwrap_or(""));
    rest.trim_matches(|mark: char| mark.is_whitespace() || ",;-–—".contains(mark)).to_owned()
}

/// Words of the cue at a place; 0 of a minus.
fn cue_at(tokens: &[Token], at: usize) -> Option<usize> {
    if tokens[at].minus {
        return Some(0);
    }
    let stands =
        |cue: &&&[&str]| cue.iter().enumerate().all(|(offset, word)| tokens.get(at + offset).is_some_and(|token| token.word == *word));
    let cue = CUES.iter().find(stands)?;
    let next = tokens.get(at + cue.len())?;
    (!OTHER_SENSES.contains(&next.word.as_str())).then_some(cue.len())
}

/// The words from a place to the end of the clause.
fn object_at(tokens: &[Token], first: usize) -> &[Token] {
    let rest = tokens.get(first..).unwrap_or(&[]);
    let ends = |(place, token): (usize, &Token)| place > 0 && (token.starts_clause || token.minus || is_stop_word(&token.word));
    let end = rest.iter().enumerate().position(ends).unwrap_or(rest.len());
    &rest[..end.min(LONGEST_OBJECT)]
}

fn joint_before(tokens: &[Token], at: usize) -> usize {
    let mut joint = at;
    while joint > 0 && !tokens[joint].starts_clause && JOINTS.contains(&tokens[joint - 1].word.as_str()) {
        joint -= 1;
    }
    joint
}

fn is_clear(tokens: &[Token], joint: usize, at: usize) -> bool {
    let names_kind = |token: &Token| plays(&token.word, Role::Film) || wished_genres(&token.word).is_some();
    joint == 0 || tokens[joint].starts_clause || tokens[joint..at].iter().any(|token| token.word == "but") || names_kind(&tokens[joint - 1])
}

/// Whether a text speaks of films or a genre at all.
pub fn speaks_of_films(question: &Question) -> bool {
    let words = question.words();
    words.iter().any(|word| plays(word, Role::Film) || wished_genres(word).is_some())
        || words.windows(2).any(|run| wished_genres(&run.join(" ")).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        denials(&Question::read(text)).into_iter().map(|denial| (denial.words.join(" "), denial.clear)).collect()
    }

    fn rest(text: &str, count: usize) -> String {
        let question = Question::read(text);
        let spans: Vec<_> = denials(&question).iter().map(|denial| denial.span(count)).collect();
        without(&question, &spans)
    }

    #[test]
    fn what_is_not_wanted_follows_its_cue() {
        for (text, denied) in [
            ("romantic movie that is not a comedy", "comedy"),
            ("non-horror vampire movie", "horror vampire movie"),
            ("horror movie -zombies", "zombies"),
            ("movies not starring Tom Cruise", "tom cruise"),
            ("sci-fi but nothing with robots", "robots"),
            ("family film that isn’t a comedy", "comedy"),
            ("ghost film but no horror please", "horror please"),
            ("anything but a comedy", "comedy"),
            ("not scary", "scary"),
        ] {
            assert_eq!(read(text), [(denied.to_owned(), true)], "{text}");
        }
    }

    #[test]
    fn stories_wish_for_nothing_clearly() {
        assert_eq!(read("no one believes her"), []);
        assert_eq!(read("a man without memory tattoos his body"), [("memory tattoos".to_owned(), false)]);
        assert!(read("a man who is not afraid of the dark").iter().all(|(_, clear)| !clear));
        assert_eq!(read(&format!("it is not a horror film {}", "and so on ".repeat(5))), []);
    }

    #[test]
    fn the_rest_is_what_is_wanted() {
        assert_eq!(rest("romantic movie that is not a comedy", 1), "romantic movie");
        assert_eq!(rest("non-horror vampire movie", 1), "vampire movie");
        assert_eq!(rest("horror movie -zombies", 1), "horror movie");
        assert_eq!(rest("spy movie, no action movie please", 1), "spy movie");
        assert_eq!(rest("not scary not scary, a cosy evening", 1), "a cosy evening");
    }
}
