//! The sentence that explains a hit.

use crate::query::{Part, PartName};

/// Why a question found a film, in one sentence.
pub fn sentence(parts: &[Part], matched_words: &[String]) -> String {
    let words = if matched_words.is_empty() { String::new() } else { format!(" (“{}”)", matched_words.join("”, “")) };
    match parts.first().map(|part| part.part) {
        Some(PartName::Names) => "The question names its title or the people who made it.".to_owned(),
        Some(PartName::Words) if matched_words.is_empty() => "It has words that stand for those of the question.".to_owned(),
        Some(PartName::Words) => format!("It has the words of the question{words}."),
        Some(PartName::Hints) => "It is of the kind and time that the question asks for.".to_owned(),
        Some(PartName::Likeness) => "It is like the film that the question names.".to_owned(),
        _ if matched_words.is_empty() => "Its story is near to the question in meaning.".to_owned(),
        _ => format!("Its story is near to the question in meaning, and it has words of it{words}."),
    }
}
