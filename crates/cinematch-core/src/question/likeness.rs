//! `movies like Alien but funny`: a question by example, in words.

use super::Question;
use super::conditions::{Conditions, conditions};
use super::tokens::{Token, tokens};
use crate::lexicon::{Role, plays};

/// Words of the longest such question.
const LONGEST: usize = 16;
/// Words that may stand before `like` beside a word for film: `something like`, `more like`.
const SOMETHING: [&str; 5] = ["something", "anything", "more", "similar", "stuff"];
/// No titles after `like`: `a film like this`.
const POINTING: [&str; 7] = ["this", "that", "these", "those", "it", "him", "her"];
/// Where a wish may start behind the title.
const TURNS: [&str; 4] = ["but", "only", "with", "from"];

/// A way to read a question as one by example.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// What may be the title of the example.
    pub title: String,
    /// What films like it must be beside.
    pub conditions: Option<Conditions>,
}

/// The ways to read a question as one by example, the longest title first; whether a title is one only the catalogue knows. Only ways whose other words
/// are conditions.
pub fn likenesses(question: &Question) -> Vec<Likeness> {
    let text = question.text();
    let tokens = tokens(text);
    let Some((before, first)) = cue(&tokens).filter(|_| tokens.len() <= LONGEST) else { return Vec::new() };
    let Some(start) = tokens.get(first).filter(|token| !POINTING.contains(&token.word.as_str())).map(|token| token.start) else {
        return Vec::new();
    };
    let turns = (first + 1..tokens.len()).filter(|&at| TURNS.contains(&tokens[at].word.as_str()));
    let ways = std::iter::once(tokens.len()).chain(turns.rev());
    ways.filter_map(|end| {
        let title = &text[start..tokens[end - 1].end];
        let wish = tokens[..before].iter().chain(&tokens[end..]).map(|token| token.word.as_str());
        let wish: Vec<&str> = wish.filter(|word| !SOMETHING.contains(word) && !matches!(*word, "but" | "only")).collect();
        let conditions = if wish.iter().all(|word| plays(word, Role::Film)) {
            None
        } else {
            Some(conditions(&Question::read(&format!("{} films", wish.join(" "))))?)
        };
        Some(Likeness { title: title.to_owned(), conditions })
    })
    .collect()
}

/// How many words stand before `like` or `similar to`, and where the title starts.
fn cue(tokens: &[Token]) -> Option<(usize, usize)> {
    let word = |at: usize| tokens.get(at).map(|token| token.word.as_str());
    let asks = |at: usize| at == 0 || word(at - 1).is_some_and(|word| plays(word, Role::Film) || SOMETHING.contains(&word));
    (0..tokens.len()).find_map(|at| match (word(at)?, word(at + 1)?) {
        ("similar", "to") if asks(at) => Some((at, at + 2)),
        ("like", _) if at > 0 && asks(at) => Some((at, at + 1)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Vec<&'static str>)> {
        let genres = |likeness: &Likeness| likeness.conditions.iter().flat_map(|found| found.genres.clone()).collect();
        likenesses(&Question::read(text)).iter().map(|likeness| (likeness.title.clone(), genres(likeness))).collect()
    }

    #[test]
    fn an_example_stands_behind_like() {
        assert_eq!(read("movies like Inception"), [("Inception".to_owned(), vec![])]);
        assert_eq!(read("more movies like John Wick"), [("John Wick".to_owned(), vec![])]);
        assert_eq!(read("similar to Toy Story"), [("Toy Story".to_owned(), vec![])]);
        assert_eq!(read("movies like Alien but funny"), [("Alien but funny".to_owned(), vec![]), ("Alien".to_owned(), vec!["comedy"])]);
        assert_eq!(read("animated films like Up"), [("Up".to_owned(), vec!["animation"])]);
    }

    #[test]
    fn a_story_with_like_in_it_is_no_example() {
        for text in
            ["a man who looks like his brother", "a film like this", "people who live like kings", "like", "a shark movie like Jaws"]
        {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
