//! The text of a question that is embedded: what it says of the film, without how it asks.

use super::Question;
use crate::lexicon::{Role, is_asking_word, is_stop_word, plays};
use crate::text::fold_words;

/// From so many words on, a question is a story: its stop words go too, so that more of it fits into the model's window.
const LONG: usize = 40;

/// The question without markup and links, as a model reads it that was trained for questions.
pub fn plain_question(question: &Question) -> String {
    without_markup(question.text())
}

/// The question without markup, links and asking words (of a long text also without stop words); order and punctuation stay.
/// A text of nothing else is embedded as it is.
pub fn embedded_question(question: &Question) -> String {
    let plain = plain_question(question);
    let long = question.text().split_whitespace().count() > LONG;
    let dropped = |word: &str| {
        let key = fold_words(word).concat();
        !plays(&key, Role::Person) && (is_asking_word(&key) || (long && is_stop_word(&key)))
    };
    let mut kept = String::with_capacity(plain.len());
    for token in tokens(&plain) {
        if is_punctuation(token) {
            if kept.chars().next_back().is_some_and(char::is_alphanumeric) {
                kept.push_str(token);
            }
        } else if !dropped(token) {
            if !kept.is_empty() {
                kept.push(' ');
            }
            kept.push_str(token);
        }
    }
    let kept = kept.trim_end_matches([' ', '.', ',', '!', '?', ';']);
    if kept.is_empty() { plain } else { kept.to_owned() }
}

/// Links become their text, addresses and marks go, white space folds.
fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.replace("](", "] (").split_whitespace() {
        let is_address = word.contains("http://") || word.contains("https://");
        if is_address || (word.starts_with('&') && word.ends_with(';')) {
            continue;
        }
        let bare: String = word.chars().filter(|c| !"*_#>`~|[]".contains(*c)).collect();
        if !bare.is_empty() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.push_str(&bare);
        }
    }
    plain
}

fn is_punctuation(token: &str) -> bool {
    token.chars().all(|c| ".,!?;".contains(c))
}

/// Words (with inner apostrophes and hyphens) and single punctuation marks; everything else separates.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let in_word = |c: char| c.is_alphanumeric() || "'’-".contains(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !in_word(c) && !".,!?;".contains(c));
        let first = rest.chars().next()?;
        let end = if in_word(first) { rest.find(|c: char| !in_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded(text: &str) -> String {
        embedded_question(&Question::read(text))
    }

    #[test]
    fn asking_words_and_markup_go_and_the_rest_stays_in_order() {
        let asked = "I **remember** a movie where [a shark](https://example.org/x) eats a boat, what was it called?";
        assert_eq!(embedded(asked), "I a where a shark eats a boat, what was it");
    }

    #[test]
    fn a_text_of_asking_words_alone_is_embedded_as_it_is() {
        assert_eq!(embedded("movie"), "movie");
        assert_eq!(embedded("help me remember the film"), "me the");
    }

    #[test]
    fn of_a_long_question_the_stop_words_go_too() {
        let long = "the man and the woman were on a boat in the sea ".repeat(5);
        let cleaned = embedded(&long);
        assert!(cleaned.starts_with("man woman boat sea"), "{cleaned}");
    }
}
